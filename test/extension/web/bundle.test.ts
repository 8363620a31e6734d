// What a browser loads: no module of Node's, light at activation, and all that the manifest promises.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "../../..");
const WORKERS = ["compiler", "examine", "model"].map((name) => `dist/web/${name}.js`);
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as { readonly browser: string };

/** What a bundle asks its host for. */
function required(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(/\brequire\("([^"]+)"\)/g), ([, name]) => name));
}

test("the entry asks for vscode and nothing else, and the workers for nothing", () => {
  assert.equal(manifest.browser, "dist/web/extension.js");
  assert.deepEqual([...required(read(manifest.browser))], ["vscode"]);
  for (const file of WORKERS) assert.deepEqual([...required(read(file))], [], file);
});

test("no bundle names a module of Node's in an import", () => {
  const names = builtinModules.map((name) => name.replace(/^node:/, "")).join("|");
  const imports = new RegExp(`(?:\\bfrom|\\bimport\\()\\s*["'](?:node:[\\w/]+|${names})["']`);
  for (const file of [manifest.browser, ...WORKERS]) {
    // Programs in comments and messages are no imports of ours: they do not begin a line of code.
    const lines = read(file).split("\n");
    const found = lines.filter(
      (line) => /^\s*(?:import|export)\b/.test(line) && imports.test(line),
    );
    assert.deepEqual(found, [], file);
  }
});

test("TypeScript is in the compiler's worker alone: activation stays light", () => {
  const isThere = (file: string) => read(file).includes("createLanguageServiceSourceFile");
  assert.equal(isThere("dist/web/compiler.js"), true);
  for (const file of [manifest.browser, "dist/web/model.js", "dist/web/examine.js"]) {
    assert.equal(isThere(file), false, file);
  }
  assert.ok(statSync(path.join(root, manifest.browser)).size < 700_000);
});

test("the compiler's library has every declaration that a desktop has", () => {
  const library = JSON.parse(read("dist/web/library.json")) as Record<string, string>;
  assert.equal(library["std.d.ts"], read("dist/types/std.d.ts"));
  assert.equal(library["lib.esnext.d.ts"], read("dist/lib/lib.esnext.d.ts"));
});
