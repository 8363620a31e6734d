/** npm packages of threads of modelled runs, where one worker makes one run after the other. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import type { ThreadId } from "../../../../src/base/brand.ts";
import { NodeModelHost } from "../../../../src/engine/native/modelled/node-host.ts";
import { leaveRealm } from "../../../../src/engine/native/modelled/package-realm.ts";
import type { CompiledModule, CompiledProgram } from "../../../../src/protocol/program.ts";

const folder = mkdtempSync(path.join(tmpdir(), "threadloom-packages-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const FILES = {
  "modern/package.json": `{ "name": "modern", "type": "module", "exports": "./index.js" }`,
  "modern/index.js": `import { readFileSync } from "node:fs"; let n = 0; export const next = () => ++n; export { readFileSync };
    export const here = new URL("./index.js", import.meta.url).pathname;`,
  "old/package.json": `{ "name": "old", "main": "index.js" }`,
  "old/index.js": `const modern = require("modern"); let n = 0; exports.next = () => [++n, modern.next()];`,
  "waits/package.json": `{ "name": "waits", "type": "module", "exports": "./index.js" }`,
  "waits/index.js": `await null; let n = 0; export const next = () => ++n;`,
  "data/package.json": `{ "name": "data", "version": "1.2.3" }`,
};
for (const [name, text] of Object.entries(FILES)) {
  const file = path.join(folder, "node_modules", name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

type Counting = { readonly next: () => unknown };

const specifiers = ["modern", "old", "waits", "data/package.json"];
const module: CompiledModule = {
  ...{ id: path.join(folder, "program.ts"), code: "", map: "" },
  externals: specifiers.map((specifier) => ({ specifier, inBodies: true })),
  ...{ imports: [], exports: [], requests: [] },
};

async function host(): Promise<NodeModelHost> {
  const made = new NodeModelHost();
  await made.load({ entry: module.id, modules: [module] } as unknown as CompiledProgram, true);
  return made;
}

/** What a thread is given in a new run. */
function given(from: NodeModelHost, thread: number): Record<string, unknown>[] {
  const packages = from.packagesOf(thread as ThreadId);
  const all = specifiers.map((_, index) => packages.external(module, index));
  leaveRealm();
  return all;
}

test("each run of each thread has packages as nobody has used them yet", async () => {
  const made = await host();
  for (let run = 0; run < 3; run++) {
    for (const thread of [0, 1, 2]) {
      const [modern, old] = given(made, thread) as unknown as Counting[];
      assert.deepEqual([modern.next(), modern.next()], [1, 2], `run ${run}, thread ${thread}`);
      assert.deepEqual(old.next(), [1, 3], "one instance serves `import` and `require`");
    }
  }
});

test("what a package of ES modules exports is what `import` gives, Node's own modules included", async () => {
  const made = await host();
  const [first, second] = [given(made, 0)[0], given(made, 1)[0]];
  assert.deepEqual(Object.keys(second), Object.keys(first));
  assert.equal(second["readFileSync"], first["readFileSync"]);
  assert.equal(second["here"], first["here"]);
  assert.notEqual(second["next"], first["next"]);
});

test("a package that can only be loaded by waiting is shared", async () => {
  const made = await host();
  assert.equal(given(made, 1)[2], given(made, 0)[2]);
});

test("JSON has its content as the default export alone", async () => {
  const made = await host();
  const [first, second] = [given(made, 0)[3], given(made, 1)[3]];
  assert.deepEqual({ ...second }, { default: { name: "data", version: "1.2.3" } });
  assert.deepEqual({ ...first }, { ...second });
});
