/** Every program in our own pages does what a reader would see who copied it: it runs on real threads, and ends well. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { createCompilerClient } from "../../src/compiler/client.ts";
import type { CompilerClient } from "../../src/compiler/client.ts";
import { RunnerHost } from "../../src/engine/native/host.ts";
import { samples } from "./samples.ts";

const root = path.join(import.meta.dirname, "../..");
const all = samples();

// One compiler and one runner for all: that is what they are kept warm for.
let compiler: CompilerClient;
let runner: RunnerHost;
before(() => {
  compiler = createCompilerClient();
  runner = new RunnerHost({ runnerPath: path.join(root, "dist/runner.mjs") });
});
after(async () => {
  runner.dispose();
  await compiler.dispose();
});

test("there are samples to run", () => {
  assert.ok(all.length > 25, `only ${all.length} samples were found`);
});

for (const { place, text } of all) {
  test(`the sample at ${place} compiles and runs`, async () => {
    const entry = path.join(root, "docs", `${place.replace(/\W/g, "-")}.ts`);
    const compilation = await compiler.compile(entry, { [entry]: text });
    const errors = compilation.diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(errors, []);
    assert.ok(compilation.ok);
    const { ended } = runner.run(compilation.program, {
      timeLimitMs: 60_000,
      memoryLimitBytes: 512 << 20,
      outputLimitLines: 1000,
      argv: [],
      cwd: root,
    });
    const { ending, findings } = await ended;
    // A lost update may happen or not: such a sample is there to be looked at.
    const byChance = /@shared/.test(text) ? ["assertion"] : [];
    const found = findings.filter(({ kind }) => !byChance.includes(kind));
    assert.deepEqual({ ending, found }, { ending: { kind: "finished" }, found: [] });
  });
}
