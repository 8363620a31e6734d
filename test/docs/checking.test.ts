/** What docs/checking.md says of its programs holds: each is explored, and comes to what its head expects. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, test } from "node:test";
import { createCompilerClient } from "../../src/compiler/client.ts";
import { ExplorerHost } from "../../src/engine/native/explored/host.ts";
import { isExpected } from "../../src/explore/expectation.ts";
import { samples } from "./samples.ts";

const root = path.join(import.meta.dirname, "../..");
const ours = samples().filter(({ place }) => place.startsWith("docs/checking.md"));
const compiler = createCompilerClient();
const host = new ExplorerHost({ runnerPath: path.join(root, "dist/runner.mjs") });
after(async () => {
  host.dispose();
  await compiler.dispose();
});

test("there is a program that fails and one that is proved", () => {
  const heads = ours.map(({ text }) => /@expect (\S+)/.exec(text)?.[1] ?? "ok");
  assert.deepEqual(heads.sort(), ["assertion", "ok"]);
});

for (const { place, text } of ours) {
  test(`the program at ${place} comes to what it says`, async () => {
    const entry = path.join(root, "docs", `${place.replace(/\W/g, "-")}.ts`);
    const compilation = await compiler.compile(entry, { [entry]: text }, undefined, "model");
    assert.ok(compilation.ok);
    const { program } = compilation;
    const { expect = "ok" } = program.options;
    const exploring = host.explore({ program, options: { strategy: "auto", seed: 0 } });
    const result = await exploring.ended;
    assert.ok(isExpected(result.verdict, result.findings, expect), result.verdict);
    if (expect !== "ok") return;
    assert.deepEqual([result.complete, result.executions], [true, 2], "two orders, both met");
  });
}
