/** Examples that have few enough orders are explored: proved, or broken as their heads say. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, test } from "node:test";
import { createCompilerClient } from "../../src/compiler/client.ts";
import { ExplorerHost } from "../../src/engine/native/explored/host.ts";
import { isExpected } from "../../src/explore/expectation.ts";
import { EXAMPLES } from "./expected/all.ts";
import { exampleFile } from "./programs.ts";

const root = path.join(import.meta.dirname, "../..");
const compiler = createCompilerClient();
const host = new ExplorerHost({ runnerPath: path.join(root, "dist/runner.mjs") });
after(async () => {
  host.dispose();
  await compiler.dispose();
});

for (const [name, { explored }] of Object.entries(EXAMPLES)) {
  if (explored === undefined) continue;
  const { verdict, executions } = explored;
  const comesTo = executions === undefined ? verdict : `${verdict} after ${executions} executions`;
  test(`exploring ${name} comes to ${comesTo}, as its head says`, async () => {
    const compilation = await compiler.compile(exampleFile(name), {}, undefined, "model");
    assert.ok(compilation.ok);
    const { program } = compilation;
    const result = await host.explore({ program, options: { strategy: "auto", seed: 0 } }).ended;
    assert.equal(result.verdict, verdict);
    assert.ok(isExpected(result.verdict, result.findings, program.options.expect ?? "ok"));
    const proved = executions === undefined ? [false] : [true, executions];
    assert.deepEqual([result.complete, result.executions].slice(0, proved.length), proved);
  });
}
