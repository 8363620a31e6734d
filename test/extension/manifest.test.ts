import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { derived, type Json } from "../../scripts/manifest-parts.ts";
import { COMMANDS, THREAD_COLOURS } from "../../src/extension/contributions.ts";
import { THREAD_COLOURS as TIMELINE_THREAD_COLOURS } from "../../webview/model/style.ts";

const root = path.resolve(import.meta.dirname, "../..");
const text = (name: string) => readFileSync(path.join(root, name), "utf8");
const manifest = JSON.parse(text("package.json")) as Json;
const words = JSON.parse(text("package.nls.json")) as Record<string, string>;

for (const [name, change] of Object.entries(derived)) {
  test(`${name} says what the code says (else: node scripts/manifest.ts)`, () => {
    const before = JSON.parse(text(name)) as Json;
    const after = change(before);
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    const same = (key: string) => JSON.stringify(before[key]) === JSON.stringify(after[key]);
    assert.deepEqual(
      [...keys].filter((key) => !same(key)),
      [],
      "these differ",
    );
  });
}

test("every key of package.nls.json is used, and every key used is there", () => {
  const used = new Set(
    Array.from(text("package.json").matchAll(/"%([^%"]+)%"/g), ([, key]) => key),
  );
  assert.deepEqual([...used].sort(), Object.keys(words).sort());
});

test("translations have no key that the English words lack", () => {
  for (const file of globSync("package.nls.*.json", { cwd: root })) {
    const unknown = Object.keys(JSON.parse(text(file)) as Json).filter((key) => !(key in words));
    assert.deepEqual(unknown, [], file);
  }
});

test("every title in the palette is what its command is called in code", () => {
  for (const [name, facts] of Object.entries(COMMANDS)) {
    assert.equal(words[`command.${name}.title`], facts.title);
  }
});

test("every file that the manifest names is there", () => {
  const files = text("package.json").matchAll(/"(?:\.\/)?((?:media|syntaxes|l10n)(?:\/[^"]+)?)"/g);
  for (const [, file] of files) assert.ok(existsSync(path.join(root, file)), file);
});

test("every link in the walkthrough leads to a command of ours", () => {
  const links = Object.entries(words)
    .filter(([key]) => key.startsWith("walkthrough."))
    .flatMap(([, value]) =>
      Array.from(value.matchAll(/\(command:threadloom\.(\w+)/g), ([, id]) => id),
    );
  assert.ok(links.length > 0);
  for (const link of links) assert.ok(link in COMMANDS, link);
});

test("the editor and the timeline tell threads apart by the same colours", () => {
  assert.equal(THREAD_COLOURS, TIMELINE_THREAD_COLOURS);
});

test("nothing that the extension says escapes translation", () => {
  // What VS Code shows as it is: a first argument that is a literal.
  const shown = /\b(?:show(?:Information|Warning|Error)Message|setStatusBarMessage)\(\s*["'`]/;
  for (const file of globSync("src/extension/*.ts", { cwd: root })) {
    assert.doesNotMatch(text(file), shown, file);
  }
  assert.ok(manifest.l10n);
});
