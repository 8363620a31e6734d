/** Wake-ups without a reason: when they are tried, what is said of them, and that what they break is had again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExploreOptions, ExploreResult } from "../../src/protocol/explore.ts";
import { Explored } from "./node/programs.ts";

const explored = new Explored();

/** Right only where nobody wakes without a reason. */
const TRUSTING = `
const flag = new std.AtomicBool(false);
const parked = std.spawn(() => { std.park(); return flag.load(); });
flag.store(true);
parked.thread.unpark();
std.assert(parked.join());
`;

/** Looks again, so it is right anyhow. */
const CAREFUL = `
const flag = new std.AtomicBool(false);
const parked = std.spawn(() => { while (!flag.load()) std.park(); return flag.load(); });
flag.store(true);
parked.thread.unpark();
std.assert(parked.join());
`;

/** Takes two of them. */
const TWICE = `
const flag = new std.AtomicBool(false);
const parked = [1, 2].map(() => std.spawn(() => { std.park(); return flag.load(); }));
flag.store(true);
for (const one of parked) one.thread.unpark();
const seen = parked.map((one) => one.join());
std.assert(seen[0] || seen[1]);
`;

async function explore(text: string, options: Partial<ExploreOptions>): Promise<ExploreResult> {
  const exploring = await explored.start(text, { strategy: "auto", seed: 0, ...options });
  return exploring.ended;
}

const phasesOf = ({ phases }: ExploreResult): string[] =>
  phases.map(({ strategy, bound = "", spurious = 0 }) => `${strategy} ${bound} ${spurious}`);

test("auto tries none first, then one, and ends with the proof without any", async () => {
  const result = await explore(CAREFUL, {});
  assert.deepEqual([result.verdict, result.complete], ["ok", true]);
  assert.deepEqual(phasesOf(result), [
    ...["bounded 0 0", "bounded 1 0", "bounded 2 0", "bounded 3 0"],
    ...["bounded 0 1", "bounded 1 1", "bounded 2 1", "bounded 3 1"],
    "dpor  0",
  ]);
  assert.match(result.unmodelled.join("\n"), /tried with at most 1 wake-up an execution, and only/);
});

test("where nobody waits so, none is tried and nothing is said of them", async () => {
  const result = await explore(`new std.Mutex(0).lock().unlock();`, {});
  assert.deepEqual(
    [phasesOf(result).some((phase) => !phase.endsWith(" 0")), result.unmodelled],
    [false, []],
  );
});

test("dpor has none, whatever is allowed, and says so", async () => {
  const plain = await explore(TRUSTING, { strategy: "dpor" });
  const allowed = await explore(TRUSTING, { strategy: "dpor", spurious: 1 });
  for (const { verdict, executions } of [plain, allowed]) {
    assert.deepEqual([verdict, executions], ["ok", plain.executions]);
  }
  assert.match(plain.unmodelled.join(), /were not tried\.$/);
  assert.match(allowed.unmodelled.join(), /were not tried, though 1 may happen/);
});

test("a budget of 0 keeps auto from them", async () => {
  const result = await explore(TRUSTING, { spurious: 0 });
  assert.deepEqual([result.verdict, result.complete], ["ok", true]);
});

test("the story says that nobody has woken whoever wakes", async () => {
  const { verdict, findings, phases } = await explore(TRUSTING, {});
  assert.deepEqual([verdict, phases.at(-1)?.spurious], ["assertion", 1]);
  const [{ story = [], schedule = "" }] = findings;
  assert.ok(
    story.some(({ text }) => text.includes("worker-1 wakes without being unparked (spuriously)")),
  );
  assert.match(schedule, /^worker-1: wakes without a reason$/m);
});

test("a kept schedule has as many as it names, and is tried first", async () => {
  const { findings } = await explore(TRUSTING, {});
  const options = { strategy: "dpor", schedules: [findings[0].schedule!] } as const;
  const { verdict, executions } = await explore(TRUSTING, options);
  assert.deepEqual([verdict, executions], ["assertion", 1]);
});

for (const strategy of ["bounded", "random", "pos", "pct"] as const) {
  test(`${strategy} has as many as it is allowed`, async () => {
    const once = await explore(TWICE, { strategy, spurious: 1 });
    const twice = await explore(TWICE, { strategy, spurious: 2 });
    assert.deepEqual([once.verdict, twice.verdict], ["ok", "assertion"]);
  });
}
