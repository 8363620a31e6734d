/** Real workers, one baton: the scheduler's order is the run's order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Control } from "../../../src/protocol/run.ts";
import type { CompiledProgram } from "../../../src/protocol/program.ts";
import { EventKind } from "../../../src/trace/event.ts";
import { Programs, type Ran } from "./fixture.ts";

const programs = new Programs();

const LOST_UPDATE = `
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;

/** Everything of a run but its times: what each thread did, in the order of the objects. */
function deeds({ trace, output, kinds }: Ran): unknown {
  const { count, kind, thread, object, version, site } = trace.events;
  const rows = Array.from({ length: count }, (_, index) =>
    [thread[index], kind[index], object[index], version[index], site[index]].join(" "),
  );
  return { rows: rows.sort(), output, kinds };
}

/** For each object, by where it was made: who did what to it, in order. */
function ordersOfObjects({ trace }: Ran): unknown {
  const { count, kind, thread, object, version, argument, site } = trace.events;
  const orders = new Map<string, string[]>();
  const made = new Map<number, string>();
  for (let index = 0; index < count; index++) {
    if (kind[index] === EventKind.create) made.set(object[index], `made at ${site[index]}`);
  }
  for (let index = 0; index < count; index++) {
    if (version[index] === 0 || kind[index] === EventKind.create || kind[index] === EventKind.block)
      continue;
    const name = made.get(object[index]) ?? `thread or console ${object[index]}`;
    const order = orders.get(name) ?? [];
    orders.set(name, order);
    order[version[index]] = `${thread[index]} ${kind[index]} ${argument[index]} ${site[index]}`;
  }
  return orders;
}

function under(program: CompiledProgram, control: Control): Promise<Ran> {
  return programs.start(program, { control, timeLimitMs: 20_000 }).ran;
}

test("a schedule loses an update, the same way each time", async () => {
  const program = await programs.compile(LOST_UPDATE);
  const text = [
    "threadloom schedule 1",
    "main: 3 steps, then waits",
    'alice: 2 steps, then before "counter++" (write, program-1.ts:4)',
    "bob: 4 steps, then ends",
    "alice: 2 steps, then ends",
  ].join("\n");
  for (let round = 0; round < 3; round++) {
    const ran = await under(program, { kind: "schedule", text });
    assert.deepEqual(ran.kinds, ["assertion"], ran.schedule);
  }
  const onward = await under(program, { kind: "onward" });
  assert.deepEqual(onward.kinds, []);
  assert.deepEqual(onward.ending, { kind: "finished" });
});

const MANY: Record<string, string> = {
  "locks and output": `
    const m = new std.Mutex(0);
    const handles = [1, 2, 3].map((i) => std.spawn(() => { using g = m.lock(); g.value += i; console.log(i, g.value); }));
    for (const handle of handles) handle.join();`,
  "a rendezvous": `
    const [tx, rx] = std.syncChannel<number>(0); const other = tx.clone();
    std.spawn(() => { tx.send(1); tx.send(2); });
    std.spawn(() => { other.send(3); console.log(other.trySend(4)); });
    for (const value of rx) console.log(value);`,
  "conditions, with a choice of whom to wake": `
    const m = new std.Mutex({ tickets: 0 }), c = new std.Condvar();
    const waiting = ["a", "b", "c"].map((name) => std.spawn(() => {
      using g = m.lock(); c.waitWhile(g, (v) => v.tickets === 0); g.value.tickets--; console.log(name);
    }));
    for (let i = 0; i < 3; i++) { { using g = m.lock(); g.value.tickets++; } c.notifyOne(); std.yieldNow(); }
    for (const one of waiting) one.join();`,
  "patience that ends": `
    const m = new std.Mutex(0); const [tx, rx] = std.channel<number>();
    const a = std.spawn(() => { const g = m.lock(); std.sleep(50); g.unlock(); });
    const b = std.spawn(() => console.log(m.lockFor(20) === undefined, rx.recvFor(10).kind));
    a.join(); b.join(); tx.drop();`,
  "atomics that wait": `
    const flag = new std.AtomicI32(0);
    const a = std.spawn(() => console.log(flag.wait(0), flag.load()));
    const b = std.spawn(() => console.log(flag.wait(0, 5)));
    flag.store(1); flag.notify(2); a.join(); b.join();`,
};

for (const [name, text] of Object.entries(MANY)) {
  test(`a run in random order is had again by its schedule: ${name}`, async () => {
    const program = await programs.compile(text);
    const outputs = new Set<string>();
    for (let seed = 1; seed <= 6; seed++) {
      const ran = await under(program, { kind: "random", seed });
      assert.deepEqual(ran.scheduleProblems, []);
      const again = await under(program, { kind: "schedule", text: ran.schedule! });
      assert.deepEqual(again.scheduleProblems, [], ran.schedule);
      assert.deepEqual(deeds(again), deeds(ran), ran.schedule);
      assert.equal(again.schedule, ran.schedule);
      outputs.add(ran.output.join());
    }
    if (name === "locks and output") assert.ok(outputs.size > 1, "six seeds, one order");
  });
}

for (const [name, text] of Object.entries({ "@shared variables": LOST_UPDATE, ...MANY })) {
  test(`what free threads did is had again by their trace: ${name}`, async () => {
    const program = await programs.compile(text);
    for (let round = 0; round < 3; round++) {
      const started = programs.start(program, { timeLimitMs: 20_000 });
      const ran = await started.ran;
      const again = await under(program, { kind: "trace", path: started.tracePath });
      assert.deepEqual(again.scheduleProblems, [], again.schedule);
      assert.deepEqual(again.output, ran.output);
      assert.deepEqual(again.kinds, ran.kinds);
      assert.deepEqual(ordersOfObjects(again), ordersOfObjects(ran), again.schedule);
    }
  });
}

test("time is virtual: an hour of sleep takes none", async () => {
  const program = await programs.compile(`
    const late = std.spawn(() => { std.sleep(3_600_000); console.log("late"); });
    const early = std.spawn(() => { std.sleep(1000); console.log("early"); });
    late.join(); early.join();`);
  const ran = await under(program, { kind: "onward" });
  assert.deepEqual(ran.output, ["early", "late"]);
});

test("a deadlock is found by some order, told as on free threads, and found again by its schedule", async () => {
  const program = await programs.compile(`
    const a = new std.Mutex(0), b = new std.Mutex(0);
    const one = std.spawn(() => { using x = a.lock(); using y = b.lock(); }, { name: "one" });
    const two = std.spawn(() => { using y = b.lock(); using x = a.lock(); }, { name: "two" });
    one.join(); two.join();`);
  for (let seed = 1; seed < 50; seed++) {
    const ran = await under(program, { kind: "random", seed });
    if (ran.ending.kind !== "stuck") continue;
    const again = await under(program, { kind: "schedule", text: ran.schedule! });
    assert.deepEqual(again.kinds, ["deadlock"]);
    assert.equal(again.findings[0].message, ran.findings[0].message);
    assert.match(again.findings[0].message, /one waits for `b`.*held by two/);
    return;
  }
  assert.fail("no order of fifty deadlocks");
});

test("a loop of setImmediate that waits for a timer ends under a scheduler, and where a free run of it is replayed", async () => {
  const text = `let done = false;
    let turns = 0;
    const look = (): void => { turns++; if (done) console.log("ended", turns > 1); else setImmediate(look); };
    setTimeout(() => { done = true; }, 5);
    look();`;
  const program = await programs.compile(text);
  for (const control of [{ kind: "onward" }, { kind: "random", seed: 3 }] as const)
    assert.deepEqual((await under(program, control)).output, ["ended true"]);
  const started = programs.start(program);
  assert.deepEqual((await started.ran).output, ["ended true"]);
  const replayed: Control = { kind: "trace", path: started.tracePath };
  const again = await under(await programs.compileAs(text, "model"), replayed);
  assert.deepEqual([again.scheduleProblems, again.output], [[], ["ended true"]]);
});

test("a schedule that does not fit is told, and the run goes on", async () => {
  const program = await programs.compile(LOST_UPDATE);
  const text = "threadloom schedule 1\ncarol: 2 steps, then ends\nnonsense\n";
  const ran = await under(program, { kind: "schedule", text });
  assert.deepEqual(ran.ending, { kind: "finished" });
  assert.deepEqual(ran.scheduleProblems?.map(({ code }) => code).sort(), [
    "TL4102",
    "TL4103",
    "TL4104",
  ]);
});

test("limits, exits and cancelling end a controlled run as they end a free one", async () => {
  const endless = await programs.compile("std.spawn(() => { for (;;); }).join();");
  const control: Control = { kind: "onward" };
  const limited = await programs.start(endless, { control, timeLimitMs: 300 }).ran;
  assert.equal(limited.ending.kind, "time-limit");
  const exits = await programs.compile("std.spawn(() => process.exit(3)).join();");
  assert.deepEqual((await under(exits, control)).ending, { kind: "exited", code: 3 });
  const cancelled = programs.start(endless, { control });
  setTimeout(() => cancelled.run.cancel(), 200);
  assert.deepEqual((await cancelled.ran).ending, { kind: "cancelled" });
});
