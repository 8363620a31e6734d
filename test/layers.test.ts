// The check of the check: a forbidden import, planted in a copy of the rooms, fails `npm run layers`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { cruise } from "dependency-cruiser";
import rules from "../.dependency-cruiser.mjs";

const root = path.resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(path.join(tmpdir(), "layers-"));
after(() => rmSync(scratch, { recursive: true }));

/** A project of these files under the project's own rules. */
function plant(files: Record<string, string>): { folder: string; rooms: string[] } {
  const folder = mkdtempSync(path.join(scratch, "project-"));
  for (const name of [
    "package.json",
    "tsconfig.json",
    "tsconfig.base.json",
    ".dependency-cruiser.mjs",
  ]) {
    cpSync(path.join(root, name), path.join(folder, name));
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return { folder, rooms: [...new Set(Object.keys(files).map((name) => name.split("/")[0]))] };
}

/** The names of the rules that `files` break. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  const { folder, rooms } = plant(files);
  const { options, ...ruleSet } = rules;
  const { output } = await cruise(rooms, { ...options, baseDir: folder, validate: true, ruleSet });
  assert.ok(typeof output === "object");
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))].sort();
}

const leaf = "export const value = 1;\n";
const importing = (what: string) => `import * as other from "${what}";\nexport const x = other;\n`;

const TABLE: [what: string, files: Record<string, string>, broken: string[]][] = [
  [
    "an arrow that is drawn",
    { "src/engine/a.ts": importing("../objects/b.ts"), "src/objects/b.ts": leaf },
    [],
  ],
  [
    "an arrow over several rooms",
    { "src/cli/a.ts": importing("../base/b.ts"), "src/base/b.ts": leaf },
    [],
  ],
  [
    "an arrow backwards",
    { "src/base/a.ts": importing("../codec/b.ts"), "src/codec/b.ts": leaf },
    ["base-arrows"],
  ],
  [
    "objects and std",
    { "src/objects/a.ts": importing("../std/b.ts"), "src/std/b.ts": leaf },
    ["objects-arrows"],
  ],
  [
    "engine and compiler",
    { "src/engine/a.ts": importing("../compiler/b.ts"), "src/compiler/b.ts": leaf },
    ["engine-arrows"],
  ],
  [
    "an arrow backwards, of a type only",
    {
      "src/trace/a.ts": 'import type { B } from "../protocol/b.ts";\nexport type A = B;\n',
      "src/protocol/b.ts": "export type B = 1;\n",
    },
    ["trace-arrows"],
  ],
  [
    "one face and another",
    { "src/cli/a.ts": importing("../extension/b.ts"), "src/extension/b.ts": leaf },
    ["cli-arrows"],
  ],
  [
    "the view and an analysis",
    { "webview/a.ts": importing("../src/analysis/b.ts"), "src/analysis/b.ts": leaf },
    [],
  ],
  [
    "the view and an engine",
    { "webview/a.ts": importing("../src/engine/b.ts"), "src/engine/b.ts": leaf },
    ["webview-arrows"],
  ],
  [
    "a room that is not on the plan",
    { "src/helpers/a.ts": importing("./b.ts"), "src/helpers/b.ts": leaf },
    ["known-rooms"],
  ],
  ["vscode in the extension", { "src/extension/a.ts": importing("vscode") }, []],
  ["vscode elsewhere", { "src/language/a.ts": importing("vscode") }, ["vscode-only-in-extension"]],
  ["typescript in the compiler", { "src/compiler/a.ts": importing("typescript") }, []],
  [
    "typescript elsewhere",
    { "src/cli/a.ts": importing("typescript") },
    ["typescript-only-in-compiler-and-language"],
  ],
  [
    "a node module where exploring meets Node",
    { "src/explore/node/a.ts": importing("node:fs") },
    [],
  ],
  ["a node module in the native engine", { "src/engine/native/a.ts": importing("node:fs") }, []],
  [
    "a node module in the model engine",
    { "src/engine/model/a.ts": importing("node:fs") },
    ["node-only-where-it-runs"],
  ],
  [
    "a node module in the compiler's worker alone",
    {
      "src/compiler/service-worker.ts": importing("node:fs"),
      "src/compiler/a.ts": importing("fs"),
    },
    ["node-only-where-it-runs"],
  ],
  [
    "a node module in a feature of the extension",
    { "src/extension/a.ts": importing("node:path"), "src/extension/desktop/b.ts": importing("fs") },
    ["node-only-where-it-runs"],
  ],
  [
    "the browser and, by a detour, what is made for Node",
    {
      "src/extension/web/a.ts": importing("../b.ts"),
      "src/extension/b.ts": importing("./desktop/c.ts"),
      "src/extension/desktop/c.ts": importing("node:fs"),
    },
    ["nothing-of-node-in-the-browser"],
  ],
  [
    "drawing outside the view",
    { "src/analysis/a.ts": importing("d3") },
    ["drawing-only-in-webview"],
  ],
  [
    "a cycle",
    { "src/base/a.ts": importing("./b.ts"), "src/base/b.ts": importing("./a.ts") },
    ["no-cycles"],
  ],
  ["an import that leads nowhere", { "src/base/a.ts": importing("./gone.ts") }, ["resolvable"]],
];

for (const [what, files, broken] of TABLE) {
  test(`layers: ${what}`, async () => assert.deepEqual(await brokenRules(files), broken));
}

test("layers: the command fails where a rule is broken", () => {
  const { folder, rooms } = plant({ "src/base/a.ts": importing("node:fs") });
  const command = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const { status, stdout } = spawnSync(
    process.execPath,
    [command, "--config", ".dependency-cruiser.mjs", ...rooms],
    { cwd: folder, encoding: "utf8" },
  );
  assert.match(stdout, /error node-only-where-it-runs: src\/base\/a\.ts/);
  assert.notEqual(status, 0);
});
