// The annotations' grammar, run by VS Code's own tokenizer over VS Code's own grammar of TypeScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { before, test } from "node:test";
import { setUpVSCode } from "./setup.ts";

interface Token {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: string[];
}
interface Grammar {
  tokenizeLine(line: string, state: unknown): { tokens: Token[]; ruleStack: unknown };
}

let grammar: Grammar;

before(async () => {
  const { serverEntry } = await setUpVSCode();
  const vscode = path.resolve(path.dirname(serverEntry), "../../lib/vscode");
  const require = createRequire(path.join(vscode, "package.json"));
  const module = (name: string): unknown => require(`vscode-${name}`); // VS Code's own copies
  const oniguruma = module("oniguruma") as {
    loadWASM(bytes: Uint8Array): Promise<void>;
    OnigScanner: new (patterns: string[]) => unknown;
    OnigString: new (text: string) => unknown;
  };
  const textmate = module("textmate") as {
    parseRawGrammar(text: string, file: string): unknown;
    Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar> };
  };
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const typescript = path.join(vscode, "extensions/typescript-basics/syntaxes");
  const files: Record<string, string> = {
    "source.ts": path.join(typescript, "TypeScript.tmLanguage.json"),
    "documentation.injection.ts": path.join(typescript, "jsdoc.ts.injection.tmLanguage.json"),
    "threadloom.annotations": path.resolve("syntaxes/threadloom.annotations.tmLanguage.json"),
  };
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope: string) => {
      const file = files[scope];
      return file ? textmate.parseRawGrammar(readFileSync(file, "utf8"), file) : null;
    },
    getInjections: (scope: string) =>
      scope === "source.ts" ? ["threadloom.annotations", "documentation.injection.ts"] : undefined,
  });
  grammar = await registry.loadGrammar("source.ts");
});

/** The pieces that the annotations' grammar colours, each with its scope's first word and last. */
function coloured(text: string): string[] {
  let state: unknown = null;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes }) => {
      const scope = scopes.at(-1)!;
      const ours = /^(.*)\.threadloom$/.exec(scope)?.[1];
      const piece = line.slice(startIndex, endIndex);
      if (ours && !ours.startsWith("meta.")) return [`${piece}: ${ours}`];
      const inside = scopes.includes("meta.embedded.expression.threadloom");
      return inside && piece.trim() !== "" ? [`${piece.trim()}: ${scope}`] : [];
    });
  });
}

const AT = "@: punctuation.definition.annotation";
const annotation = (name: string) => [AT, `${name}: storage.type.annotation`];

test("the head's options are told from their values", () => {
  assert.deepEqual(coloured("// @threadloom model=timesliced cores=2 colour=red"), [
    ...annotation("threadloom"),
    "model: variable.parameter",
    "=: keyword.operator.assignment",
    "timesliced: constant.language",
    "cores: variable.parameter",
    "=: keyword.operator.assignment",
    "2: constant.numeric",
  ]);
});

test("a condition's expression is coloured as TypeScript", () => {
  assert.deepEqual(coloured("// @final counter === 2\nlet a;"), [
    ...annotation("final"),
    "counter: variable.other.readwrite.ts",
    "===: keyword.operator.comparison.ts",
    "2: constant.numeric.decimal.ts",
  ]);
  assert.deepEqual(coloured("// @invariant a").slice(0, 2), annotation("invariant"));
});

test("annotations of declarations are coloured in documentation comments", () => {
  assert.deepEqual(coloured("/** @shared */ let a = 0;"), annotation("shared"));
  assert.deepEqual(coloured("/** @thread alice x3 */ function f() {}"), [
    ...annotation("thread"),
    "alice: entity.name.function",
    "x3: constant.numeric",
  ]);
  assert.deepEqual(coloured("/** @thread x2 */ function f() {}"), [
    ...annotation("thread"),
    "x2: constant.numeric",
  ]);
  assert.deepEqual(coloured("/**\n * Counts.\n * @guardedBy m\n */"), [
    ...annotation("guardedBy"),
    "m: variable.other.readwrite",
  ]);
});

test("an expectation and a label are coloured to their end", () => {
  assert.deepEqual(coloured("// @expect lost-wakeup"), [
    ...annotation("expect"),
    "lost-wakeup: constant.language",
  ]);
  assert.deepEqual(coloured("f(); // @label both hold a lock"), [
    ...annotation("label"),
    "both hold a lock: string.unquoted",
  ]);
});

test("the sign and the word of an annotation have one colour", () => {
  const { tokens } = grammar.tokenizeLine("// @final a", null);
  const sign = tokens.find(({ scopes }) =>
    scopes.at(-1)?.startsWith("punctuation.definition.annot"),
  );
  assert.ok(sign?.scopes.includes("storage.type.annotation.threadloom"));
});

test("what only looks like an annotation stays a comment", () => {
  for (const text of [
    "// see @final in the manual",
    "// @finally",
    "/** @threads */",
    "/** @param thread a name */",
    '"// @threadloom"',
    "// @shared",
    "/* @threadloom */",
  ]) {
    assert.deepEqual(coloured(text), [], text);
  }
});

test("code after an annotation is coloured as before", () => {
  const line = "/** @thread */ function alice() { counter++; }";
  const scopes = (text: string) =>
    grammar.tokenizeLine(text, null).tokens.map(({ scopes }) => scopes.at(-1));
  assert.deepEqual(scopes(line).slice(-8), scopes(line.replace("@thread", "@thrice")).slice(-8));
});
