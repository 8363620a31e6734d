import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExploredFinding } from "../../src/protocol/explore.ts";
import { savedScheduleName, savedScheduleText } from "../../src/explore/saved-schedule.ts";
import { formatSchedule, parseSchedule } from "../../src/trace/schedule.ts";

const SCHEDULE = "threadloom schedule 1\nmain: 3 steps, then waits\nalice: 2 steps, then ends\n";
const FINDING: ExploredFinding = {
  ...({ kind: "assertion", code: "TL2154", severity: "error", sites: [] } as const),
  message: "`@final counter === 2` does not hold.\nOne increment was lost.",
};

test("a schedule lies beside its program, under its name", () => {
  assert.equal(savedScheduleName("bank.ts"), "bank.schedule");
  assert.equal(savedScheduleName("bank.test.ts"), "bank.test.schedule");
  assert.equal(savedScheduleName(".ts"), ".ts.schedule");
});

test("what is kept says what it shows, and is the same schedule", () => {
  const kept = savedScheduleText("bank.ts", FINDING, SCHEDULE);
  assert.match(kept, /^threadloom schedule 1\n# bank\.ts: assertion \(TL2154\)\n# `@final/);
  assert.match(kept, /\n# One increment was lost\.\n/);
  const { schedule, problems } = parseSchedule(kept);
  assert.deepEqual(problems, []);
  assert.equal(formatSchedule(schedule), SCHEDULE);
});
