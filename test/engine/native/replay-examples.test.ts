/** Every example, run free, is had again by its trace: same results, same output, same findings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ORDERED_FILES } from "../../examples/programs.ts";
import { Programs } from "./fixture.ts";

const programs = new Programs();

for (const [name, file] of ORDERED_FILES) {
  test(`${name} is replayed as it was`, async () => {
    const program = await programs.compileFile(file);
    const started = programs.start(program, { timeLimitMs: 60_000 });
    const ran = await started.ran;
    const control = { kind: "trace", path: started.tracePath } as const;
    const again = await programs.start(program, { control, timeLimitMs: 60_000 }).ran;
    assert.deepEqual(again.scheduleProblems, [], again.schedule);
    assert.deepEqual(again.output, ran.output);
    assert.deepEqual(again.kinds, ran.kinds);
    assert.deepEqual(again.ending, ran.ending);
    assert.equal(again.threads, ran.threads);
  });
}
