/** SEMANTICS, Primitives: `choose`, `random`, and `park` between real threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventKind } from "../../../src/trace/event.ts";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

const ROLLS = `const rolls = [1, 2].map(() => std.spawn(() => Array.from({ length: 20 }, () => std.choose(6))));
  console.log(rolls.map((one) => one.join().join("")).join(" "), std.random());`;

test("choose gives each of its numbers, and random is at least 0 and below 1", () =>
  prints(
    `const seen = new Set(Array.from({ length: 200 }, () => std.choose(3)));
     const numbers = Array.from({ length: 100 }, () => std.random());
     console.log([...seen].sort().join(), numbers.every((n) => n >= 0 && n < 1), new Set(numbers).size > 90, std.choose(1));`,
    ["0,1,2 true true 0"],
  ));

test("choose wants a whole number from 1", () =>
  prints(
    `for (const n of [0, -1, 1.5, NaN, 2 ** 31]) try { std.choose(n); } catch (error: any) { console.log(error.name, error.message.includes("TL2019")); }`,
    Array.from({ length: 5 }, () => "RangeError true"),
  ));

test("what was chosen is recorded, and had again from the trace and from the schedule", async () => {
  const program = await programs.compile(ROLLS);
  const first = programs.start(program);
  const { output, trace } = await first.ran;
  const { kind, argument, count } = trace.events;
  const recorded = Array.from({ length: count }, (_, row) => row).filter(
    (row) => kind[row] === EventKind.choice,
  );
  assert.equal(recorded.length, 41);
  assert.ok(recorded.some((row) => argument[row] > 0));
  const again = { kind: "trace", path: first.tracePath } as const;
  for (const form of ["native", "model"] as const) {
    const other = await programs.compileAs(ROLLS, form, program.entry.split("/").pop());
    assert.deepEqual((await programs.start(other, { control: again }).ran).output, output, form);
  }
  const decided = await programs.start(program, { control: { kind: "random", seed: 7 } }).ran;
  const schedule = { kind: "schedule", text: decided.schedule! } as const;
  const pasted = await programs.start(program, { control: schedule }).ran;
  assert.deepEqual(pasted.output, decided.output);
  assert.notDeepEqual(decided.output, output, "another order, other choices");
});

test("park returns at once where unpark came first, and one token is kept", () =>
  prints(
    `std.current().unpark(); std.current().unpark();
     std.park();
     const began = performance.now();
     std.park(15);
     console.log(performance.now() - began >= 14);`,
    ["true"],
  ));

test("a thread that parks goes on when another unparks it", () =>
  prints(
    `const ready = new std.AtomicBool(false);
     const main = std.current();
     const h = std.spawn(() => { main.unpark(); while (!ready.load()) std.park(); return std.current().name; }, { name: "waiter" });
     std.park();
     ready.store(true);
     h.thread.unpark();
     console.log(h.join());`,
    ["waiter"],
  ));

test("a thread that nobody unparks leaks, and main parked for ever is a deadlock", async () => {
  const leaked = await programs.run(`std.spawn(() => std.park(), { name: "alice" });`);
  assert.deepEqual(leaked.kinds, ["leak"]);
  assert.match(leaked.findings[0].message, /alice waits for somebody to unpark alice/);
  const stuck = await programs.run(`std.park();`);
  assert.deepEqual(stuck.kinds, ["deadlock"]);
});

test("park takes no negative time", () =>
  prints(`try { std.park(-1); } catch (error: any) { console.log(error.name); }`, ["RangeError"]));
