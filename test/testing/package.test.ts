/** What the package says that it has for tests is there, and is what the code has. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { declaredModules } from "../../scripts/testing-files.mjs";
import { STD } from "../../src/std/index.ts";
import * as testing from "../../src/testing/index.ts";
import type * as declared from "../../src/testing/types/testing.d.ts";
import threadloom from "../../src/testing/vite.ts";
import { projectWith } from "./project.ts";
import type * as declaredVite from "../../src/testing/types/vite.d.ts";

const root = path.join(import.meta.dirname, "../..");

type Entry = string | { readonly [condition: string]: Entry };
const { exports, types, bin } = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
) as { exports: Record<string, Entry>; types: string; bin: Record<string, string> };

function files(entry: Entry): string[] {
  return typeof entry === "string" ? [entry] : Object.values(entry).flatMap(files);
}

test("every file that the package exports is built", () => {
  const named = [...Object.values(exports).flatMap(files), types, ...Object.values(bin)];
  for (const file of named) {
    const one = path.join(root, file.replace("*", "std"));
    assert.ok(existsSync(one), one);
  }
});

test("both kinds of modules, and the types, have the same names", () => {
  const require = createRequire(import.meta.url);
  const required = require("../../dist/testing.cjs") as object;
  const names = Object.keys(testing).sort();
  assert.deepEqual(Object.keys(required).sort(), names);
  const text = readFileSync(path.join(root, "dist/testing.d.mts"), "utf8");
  const values = [...text.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(values.sort(), names);
});

test("the code is what the types say", () => {
  // The type checker holds these: `npm run types`.
  const explore: typeof declared.explore = testing.explore;
  const plugin: typeof declaredVite.default = threadloom;
  const shape = (error: testing.ExplorationError): declared.ExplorationError => error;
  assert.deepEqual([explore.length, plugin().name, shape.length], [1, "threadloom", 1]);
});

test("what tests may import of threadloom:std has the names that programs find there", () => {
  const names = declaredModules(root).get("std") ?? [];
  assert.deepEqual(names, Object.keys(STD).sort());
});

test("a person's project has the types, of both kinds of modules, and the plugin is one for Vitest", async () => {
  const compilerOptions = {
    ...{ module: "nodenext", strict: true, noEmit: true, lib: ["esnext"] },
    types: ["node", "threadloom"],
  };
  using project = projectWith({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*.ts", "*.cts"] }),
    "a.ts": `import { ExplorationError, explore } from "threadloom/testing";
import { Mutex, spawn } from "threadloom:std";
const { executions } = explore(() => { const m = new Mutex(1); spawn(() => m.lock()); }, { strategy: "dpor" });
try { explore(new URL("./x.ts", import.meta.url), { seed: executions }); }
catch (error) { if (error instanceof ExplorationError) console.log(error.schedule?.length, error.findings[0]?.story); }
// @ts-expect-error: no program
explore(1);
`,
    "b.cts":
      'import { explore } from "threadloom/testing";\nexplore("file:///a.ts", { maxSeconds: 1 });\n',
    "vitest.config.ts": `import threadloom from "threadloom/vite";
import { defineConfig } from "vitest/config";
export default defineConfig({ plugins: [threadloom()] });
`,
  });
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { status, output } = await project.run([tsc, "-p", "tsconfig.json"]);
  assert.deepEqual({ status, output }, { status: 0, output: "" });
});
