/**
 * Every example runs on real threads and on the model, through the command line, and ends as it says. Nothing here depends on
 * timing.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { FindingKind } from "../../src/trace/finding.ts";
import { isExpected } from "../../src/explore/expectation.ts";
import type { RunJson } from "../../src/analysis/run-json.ts";
import { root, threadloom } from "../cli/command.ts";
import { EXAMPLES } from "./expected/all.ts";
import { EXAMPLE_FILES, exampleFile } from "./programs.ts";

/** What comes and goes with the timing, and changes no verdict. */
const BY_CHANCE: readonly FindingKind[] = ["contention", "starvation", "nothing-concurrent"];

test("every example is listed here and in its README", () => {
  assert.deepEqual([...EXAMPLE_FILES.keys()].sort(), Object.keys(EXAMPLES).sort());
  const folder = path.join(root, "examples");
  const readme = readFileSync(path.join(folder, "README.md"), "utf8");
  for (const file of EXAMPLE_FILES.values()) {
    const link = path.relative(folder, file).replaceAll("\\", "/");
    assert.ok(readme.includes(`](${link})`), link);
  }
});

const RUNS = Object.entries(EXAMPLES).flatMap(([name, expected]) =>
  (["native", "model"] as const).map((engine) => ({ name, expected, engine })),
);

for (const { name, expected, engine } of RUNS) {
  test(`${name}.ts, ${engine}`, async () => {
    const file = exampleFile(name);
    const asked = ["trace", file, "--json", "--engine", engine];
    const { status, stdout, stderr } = await threadloom(asked);
    const run = JSON.parse(stdout) as RunJson;
    assert.equal(run.engine, engine);
    const verdicts = [expected.verdict].flat();
    assert.ok(verdicts.includes(run.verdict), `${run.verdict}: ${stdout.slice(0, 2000)}`);
    const asExpected = isExpected(run.verdict, run.findings, run.expected ?? "ok");
    assert.deepEqual([status, stderr], [asExpected ? 0 : 1, ""]);
    assert.deepEqual(
      run.diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    const names = run.threads.map((thread) => thread.name);
    assert.deepEqual(names.slice(0, expected.threads.length), expected.threads);
    for (const [kind, wanted] of Object.entries(expected.objects)) {
      const there = run.objects.filter((one) => one.kind === kind).map((one) => one.name);
      assert.deepEqual(there.toSorted(), wanted.toSorted(), kind);
    }
    const isTelling = (kind: FindingKind): boolean =>
      !BY_CHANCE.includes(kind) || expected.findings?.includes(kind) === true;
    const found = run.findings.map(({ kind }) => kind).filter(isTelling);
    if (run.verdict === [expected.verdict].flat()[0] && run.verdict !== "assertion")
      assert.deepEqual(found.toSorted(), (expected.findings ?? []).toSorted());
    expected.output?.(run.output.map(({ text }) => text));
    expected.run?.(run);
  });
}
