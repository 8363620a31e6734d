/**
 * The two engines agree: every example, run free on real threads, is had again on the model by its trace, with the same output,
 * findings, ending and last values; what the model decides is had again on controlled native, by its schedule and by its trace.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ORDERED_FILES } from "../../examples/programs.ts";
import { Programs } from "../native/fixture.ts";
import { outcomeOf } from "../outcome.ts";

const programs = new Programs();
const LIMIT = { timeLimitMs: 60_000 };

for (const [name, entry] of ORDERED_FILES) {
  const compiled = async () => ({
    native: await programs.compileFile(entry, "native"),
    model: await programs.compileFile(entry, "model"),
  });

  test(`${name}: what real threads did, the model does again`, async () => {
    const { native, model } = await compiled();
    const started = programs.start(native, LIMIT);
    const { outcome } = outcomeOf(await started.ran);
    const control = { kind: "trace", path: started.tracePath } as const;
    const again = await programs.start(model, { ...LIMIT, control }).ran;
    assert.deepEqual(outcomeOf(again).outcome, outcome, again.schedule);
  });

  test(`${name}: what the model decides at random, controlled native does again`, async () => {
    const { native, model } = await compiled();
    const random = { kind: "random", seed: 11 } as const;
    const started = programs.start(model, { ...LIMIT, control: random });
    const ran = await started.ran;
    const { outcome } = outcomeOf(ran);
    const schedule = { kind: "schedule", text: ran.schedule! } as const;
    const scheduled = await programs.start(native, { ...LIMIT, control: schedule }).ran;
    assert.deepEqual(outcomeOf(scheduled).outcome, outcome);
    const control = { kind: "trace", path: started.tracePath } as const;
    const followed = await programs.start(native, { ...LIMIT, control }).ran;
    assert.deepEqual(outcomeOf(followed).outcome, outcome);
  });

  test(`${name}: what the model does under its execution model, controlled native does again`, async () => {
    const { native, model } = await compiled();
    const started = programs.start(model, LIMIT);
    const { outcome } = outcomeOf(await started.ran);
    const control = { kind: "trace", path: started.tracePath } as const;
    const followed = await programs.start(native, { ...LIMIT, control }).ran;
    assert.deepEqual(outcomeOf(followed).outcome, outcome);
  });
}
