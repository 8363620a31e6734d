/** What a check can be asked for, and what it says of what it was given. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExploreOptions, ExploreResult } from "../../../src/protocol/explore.ts";
import { Explored } from "../node/programs.ts";

const explored = new Explored();

async function check(text: string, options: Partial<ExploreOptions> = {}): Promise<ExploreResult> {
  const program = `import { linearizable } from "threadloom:check";\n${text}`;
  return (await explored.start(program, { strategy: "auto", seed: 0, ...options })).ended;
}

const COUNTER = (increment: string, more = ""): string => `linearizable({
  create: () => new std.AtomicI32(0),
  operations: { increment: (counter) => ${increment}, read: (counter) => counter.load() },
  ${more}
});
`;
const RIGHT = COUNTER("counter.fetchAdd(1)");
const WRONG = COUNTER("counter.store(counter.load() + 1)");

test("the same seed makes the same scenarios, another seed others", async () => {
  const longer = COUNTER("counter.fetchAdd(1)", "operationsPerThread: 3");
  const options = { strategy: "bounded", preemptions: 0 } as const;
  const [one, same, other] = [
    await check(longer, options),
    await check(longer, options),
    await check(longer, { ...options, seed: 1 }),
  ];
  const told = ({ executions, steps, linearizability }: ExploreResult) =>
    JSON.stringify([executions, steps, linearizability]);
  assert.equal(told(one), told(same));
  assert.notEqual(told(one), told(other));
});

test("shards have each scenario once, and their traces are those of the whole", async () => {
  const whole = await check(RIGHT, { shard: { index: 1, of: 1 } });
  const parts = await Promise.all(
    [1, 2, 3].map((index) => check(RIGHT, { shard: { index, of: 3 } })),
  );
  const scenarios = parts.map(({ linearizability }) => linearizability!.scenarios);
  assert.equal(
    scenarios.reduce((sum, count) => sum + count),
    whole.linearizability!.scenarios,
  );
  const traces = parts.flatMap((part) => part.traces!);
  assert.equal(traces.length, whole.executions, "no trace is explored twice");
  assert.deepEqual(traces.toSorted(), whole.traces);
});

test("a search that is cut short is no pass", async () => {
  const { verdict, complete, stopped } = await check(RIGHT, { maxExecutions: 20 });
  assert.deepEqual([verdict, complete], ["limit", false]);
  assert.match(stopped!, /^20 executions/);
});

test("each check of a program is made, and a failure leads to its own", async () => {
  const { verdict, findings } = await check(RIGHT + WRONG);
  assert.equal(verdict, "assertion");
  assert.deepEqual(findings[0].sites[0].line, 9);
  const { linearizability } = await check(RIGHT + RIGHT);
  const one = await check(RIGHT);
  assert.equal(linearizability!.scenarios, 2 * one.linearizability!.scenarios);
});

test("what only three threads show is found by three", async () => {
  const text = (threads: number): string => `
    class Gate {
      readonly inside = new std.AtomicI32(0);
      pass() { const before = this.inside.fetchAdd(1); this.inside.fetchSub(1); return before < 2; }
    }
    linearizable({ create: () => new Gate(), operations: { pass: (gate) => gate.pass() }, threads: ${threads} });`;
  const two = await check(text(2));
  assert.equal(two.verdict, "ok");
  const { verdict, findings } = await check(text(3));
  assert.equal(verdict, "assertion");
  const outcomes = findings[0].history!.calls.map(({ outcome }) => outcome);
  assert.deepEqual(outcomes.toSorted(), ["false", "true", "true"]);
});

test("a structure that is wrong in turn already is shown by one call and the model", async () => {
  const { verdict, findings } = await check(`
    linearizable({
      create: () => new std.AtomicI32(7),
      model: () => ({ load: () => 0 }) as never,
      operations: { read: (counter) => counter.load() },
    });`);
  assert.equal(verdict, "assertion");
  const { calls, why } = findings[0].history!;
  assert.deepEqual([calls.length, calls[0].outcome], [1, "7"]);
  assert.equal(why, "At first, caller-2's `read()` would be 0, not 7.");
});

test("what else goes wrong in a program is found all the same", async () => {
  const races = `/** @shared */ let raced = 0;
    linearizable({ create: () => new std.AtomicI32(0), operations: { touch: () => { raced++; } } });`;
  assert.equal((await check(races)).verdict, "race");
  const panics = `${RIGHT} throw new Error("afterwards");`;
  assert.equal((await check(panics)).verdict, "panic");
});

test("a program that comes to no check is explored as any other", async () => {
  const { verdict, linearizability } = await check(`
    const counter = new std.AtomicI32(0);
    const thread = std.spawn(() => { counter.fetchAdd(1); });
    if (counter.load() > 5) ${RIGHT}
    counter.fetchAdd(1);
    thread.join();`);
  assert.deepEqual([verdict, linearizability], ["ok", undefined]);
});

const REFUSED: Readonly<Record<string, readonly [text: string, code: string]>> = {
  "no operations": ["linearizable({ create: () => 0, operations: {} })", "TL8231"],
  "an operation that is none": [
    "linearizable({ create: () => 0, operations: { get: 1 as never } })",
    "TL8232",
  ],
  "too many operations": [
    `const all = Object.fromEntries(Array.from({ length: 70 }, (_, n) => ["get" + n, () => n]));
     linearizable({ create: () => 0, operations: all })`,
    "TL8233",
  ],
};

for (const [name, [text, code]] of Object.entries(REFUSED)) {
  test(`${name}: refused in words`, async () => {
    const { verdict, findings } = await check(text);
    assert.equal(verdict, "panic");
    assert.match(findings[0].message, new RegExp(code));
  });
}
