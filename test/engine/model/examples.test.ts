/**
 * The two engines agree: every example, run free on real threads, is had again on the model by its trace, with the same
 * output and the same findings; and what the model decides is had again on controlled native by its schedule.
 */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Programs } from "../native/fixture.ts";

const programs = new Programs();
const EXAMPLES = path.resolve(import.meta.dirname, "../../../examples");
/** Asks how many cores there are, which the model answers the same on every machine. */
const ASKS_THE_MACHINE = "parallel-sum.ts";
const LIMIT = { timeLimitMs: 60_000 };

for (const file of globSync("*.ts", { cwd: EXAMPLES }).sort()) {
  const entry = path.join(EXAMPLES, file);
  if (file === ASKS_THE_MACHINE) continue;
  if (!/^\s*\/\/ @threadloom/m.test(readFileSync(entry, "utf8"))) continue;

  test(`${file}: what real threads did, the model does again`, async () => {
    const [native, model] = [
      await programs.compileFile(entry, "native"),
      await programs.compileFile(entry, "model"),
    ];
    const started = programs.start(native, LIMIT);
    const ran = await started.ran;
    const control = { kind: "trace", path: started.tracePath } as const;
    const again = await programs.start(model, { ...LIMIT, control }).ran;
    assert.deepEqual(again.scheduleProblems, [], again.schedule);
    assert.deepEqual(again.output, ran.output);
    assert.deepEqual(again.kinds, ran.kinds);
    assert.deepEqual([again.ending, again.threads], [ran.ending, ran.threads]);
  });

  test(`${file}: what the model decides at random, controlled native does again`, async () => {
    const [native, model] = [
      await programs.compileFile(entry, "native"),
      await programs.compileFile(entry, "model"),
    ];
    const control = { kind: "random", seed: 11 } as const;
    const ran = await programs.start(model, { ...LIMIT, control }).ran;
    const schedule = { kind: "schedule", text: ran.schedule! } as const;
    const again = await programs.start(native, { ...LIMIT, control: schedule }).ran;
    assert.deepEqual(again.scheduleProblems, []);
    assert.deepEqual(again.output, ran.output);
    assert.deepEqual(again.kinds, ran.kinds);
  });
}
