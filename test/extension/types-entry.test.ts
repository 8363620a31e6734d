import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { withTypes } from "../../src/extension/types-entry.ts";

const edited = (text: string, installed: string[] = []) => {
  const result = withTypes(text, installed);
  assert.ok(result.ok, result.ok ? "" : result.reason);
  return result.text;
};

/** What TypeScript itself reads in it. */
function types(text: string): unknown {
  const parsed = ts.parseConfigFileTextToJson("tsconfig.json", text);
  assert.equal(parsed.error, undefined, text);
  return (parsed.config as { compilerOptions: { types: unknown } }).compilerOptions.types;
}

test("the entry is added, wherever types and options are or are not", () => {
  assert.deepEqual(types(edited("")), ["threadloom"]);
  assert.deepEqual(types(edited("{}")), ["threadloom"]);
  assert.deepEqual(types(edited('{ "compilerOptions": {} }')), ["threadloom"]);
  assert.deepEqual(types(edited('{"compilerOptions":{"strict":true}}')), ["threadloom"]);
  assert.deepEqual(types(edited('{"compilerOptions":{"types":[]}}')), ["threadloom"]);
  assert.deepEqual(types(edited('{"compilerOptions":{"types":["node"]}}')), ["threadloom", "node"]);
});

test("a new list keeps the packages that TypeScript 5 took up by itself", () => {
  assert.deepEqual(types(edited("{}", ["node", "jest"])), ["node", "jest", "threadloom"]);
  assert.deepEqual(types(edited('{"compilerOptions":{"types":["a"]}}', ["node"])), [
    "threadloom",
    "a",
  ]);
});

test("comments, trailing commas, indentation and line ends stay as they are", () => {
  const text =
    '{\r\n\t// kept\r\n\t"compilerOptions": {\r\n\t\t"strict": true, /* kept */\r\n\t},\r\n}\r\n';
  assert.equal(
    edited(text),
    '{\r\n\t// kept\r\n\t"compilerOptions": {\r\n\t\t"types": ["threadloom"],\r\n\t\t"strict": true, /* kept */\r\n\t},\r\n}\r\n',
  );
});

test("adding it again changes nothing", () => {
  for (const text of ["", "{}", '{\n  "compilerOptions": {\n    "types": ["node"]\n  }\n}\n']) {
    const once = edited(text);
    assert.equal(edited(once), once);
  }
});

test("what is not surely understood is left alone, with a reason", () => {
  for (const text of [
    "{",
    "[]",
    '{"compilerOptions":1}',
    '{"compilerOptions":{"types":{}}}',
    "{} x",
    "{a:1}",
  ]) {
    assert.equal(withTypes(text, []).ok, false, text);
  }
});
