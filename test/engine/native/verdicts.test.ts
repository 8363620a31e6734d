/** SEMANTICS, Verdicts: what a run is found to be that cannot go on, or did what it must not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();

/** [what, program, kinds of the findings, what the first one says] */
type Row = readonly [string, string, readonly string[], RegExp?];

const ROWS: readonly Row[] = [
  [
    "an error of another library that calls itself AssertionError: panic",
    `const error = new Error("1 is not 2"); error.name = "AssertionError"; throw error;`,
    ["panic"],
    /AssertionError: 1 is not 2/,
  ],
  [
    "main waits for a message that nobody will send: deadlock",
    `const [tx, rx] = std.channel<number>(); rx.recv();`,
    ["deadlock"],
    /main waits for a message from `tx`/,
  ],
  [
    "main joins a thread that waits for ever: deadlock",
    `const c = new std.AtomicI32(0); std.spawn(() => { c.wait(0); }, { name: "sleeper" }).join();`,
    ["deadlock"],
    /sleeper/,
  ],
  [
    "two threads that join each other: deadlock, though main has ended",
    `const [tx, rx] = std.channel<any>(), [tx2, rx2] = std.channel<any>();
     const one = std.spawn(() => { rx.recv().join(); }, { name: "one" });
     const two = std.spawn(() => { rx2.recv().join(); }, { name: "two" });
     tx.send(two); tx2.send(one);`,
    ["deadlock"],
    /one waits for the end of two.*two waits for the end of one|two waits for the end of one.*one waits for the end of two/,
  ],
  [
    "two threads that each wait for the other's message: deadlock",
    `const [tx, rx] = std.channel<number>(), [tx2, rx2] = std.channel<number>();
     const spawnBoth = (a: any, b: any, name: string) => std.spawn(() => { a.recv(); b.send(1); }, { name });
     spawnBoth(rx, tx2, "one"); spawnBoth(rx2, tx, "two");`,
    ["deadlock"],
  ],
  [
    "locks made for one variable are told apart by numbers, in the order in which they were made",
    `const forks = [1, 2, 3].map(() => new std.Mutex());
     const held = forks[1].lock();
     std.spawn(() => { forks[2].lock(); forks[1].lock(); }, { name: "hungry" });
     std.spawn(() => { forks[0].lock(); }, { name: "full" }).join();
     forks[0].lock();`,
    ["deadlock"],
    /main waits for `forks`.*hungry waits for `forks #2`|hungry waits for `forks #2`.*main waits for `forks`/,
  ],
  [
    "a thread that waits for a lock which another left held: leak once main has ended",
    `const m = new std.Mutex(0);
     std.spawn(() => { m.lock(); }, { name: "careless" }).join();
     std.spawn(() => { m.lock(); }, { name: "late" });`,
    ["leak"],
    /late waits for `m`.*held since .* by careless, which has ended/,
  ],
  [
    "a thread that waits on a condition which nobody notifies: leak",
    `const m = new std.Mutex(0), c = new std.Condvar();
     std.spawn(() => { using g = m.lock(); c.wait(g); }, { name: "waiting" });`,
    ["leak"],
    /waiting waits to be notified by `c`/,
  ],
  [
    "a sender at a full channel that its receiver's owner never empties: leak",
    `const [tx, rx] = std.syncChannel<number>(1);
     std.spawn(() => { tx.send(1); tx.send(2); }, { name: "sender" });`,
    ["leak"],
  ],
  [
    "a thread that waits for itself: deadlock after main's end",
    `const m = new std.Mutex(0);
     std.spawn(() => { m.lock(); m.lock(); }, { name: "twice" });`,
    ["deadlock"],
    /twice waits for `m`.*held by itself/,
  ],
  [
    "a thread that is stuck behind a circle of others is told beside them",
    `const a = new std.Mutex(0);
     const one = std.spawn(() => { const g = a.lock(); a.lock(); }, { name: "one" });
     const two = std.spawn(() => { one.join(); }, { name: "two" });`,
    ["deadlock"],
    /one waits for `a`/,
  ],
  [
    "an assertion and a panic elsewhere: both are told",
    `std.spawn(() => { throw new Error("p"); });
     try { std.assert(false, "a"); } catch { /* expected */ }`,
    ["assertion", "panic"],
  ],
  [
    "a failed assertion that ends its thread is told once",
    `std.spawn(() => { std.assert(false, "only once"); });`,
    ["assertion"],
    /only once/,
  ],
  [
    "a failed assertion that a join delivered is the verdict all the same",
    `try { std.spawn(() => { std.assert(1 + 1 === 3); }).join(); } catch (error: any) { console.log(error.cause.name); }`,
    ["assertion"],
    /1 \+ 1 === 3/,
  ],
  [
    "a program in which nothing is wrong has no finding",
    `const m = new std.Mutex(0);
     const hs = [1, 2].map((n) => std.spawn(() => { using g = m.lock(); g.value += n; }));
     for (const h of hs) h.join();`,
    [],
  ],
];

for (const [what, text, kinds, says] of ROWS) {
  test(what, async () => {
    const ran = await programs.run(text, { timeLimitMs: 60_000 });
    const told = ran.findings.map(({ message }) => message).join("\n");
    assert.deepEqual(ran.kinds.toSorted(), kinds.toSorted(), told);
    if (says !== undefined) assert.match(told, says);
    for (const { code, message, sites } of ran.findings) {
      assert.match(code, /^TL\d{4}$/);
      assert.ok(message.length > 0);
      assert.ok(sites.length > 0, `${message} names a place`);
    }
  });
}

/** Programs that wait long, but not for ever: nothing may call them stuck. */
const PATIENT: readonly (readonly [string, string])[] = [
  [
    "a time-out on a lock",
    `const m = new std.Mutex(0); m.lock(); console.log(std.spawn(() => String(m.lockFor(120))).join());`,
  ],
  [
    "a time-out on a receive",
    `const [tx, rx] = std.channel<number>(); console.log(String(undefined), rx.recvFor(120).kind === "empty" || "no");`,
  ],
  [
    "a time-out on a join",
    `const h = std.spawn(() => { std.sleep(200); }); console.log(h.joinFor(60).done ? "no" : "undefined");`,
  ],
  [
    "a time-out on a condition",
    `const m = new std.Mutex(0), c = new std.Condvar(); console.log(c.waitFor(m.lock(), 120) ? "no" : "undefined");`,
  ],
  [
    "a time-out on an atomic",
    `const n = new std.AtomicI32(0); console.log(n.wait(0, 120) === "timed-out" ? "undefined" : "no");`,
  ],
  [
    "a sleep that everybody else waits for",
    `const h = std.spawn(() => { std.sleep(150); return undefined; }); console.log(String(h.join()));`,
  ],
  [
    "a timer that everybody else waits for",
    `const h = std.spawn(() => { setTimeout(() => {}, 150); return undefined; }); console.log(String(h.join()));`,
  ],
  [
    "a promise that a timer settles",
    `const h = std.spawn(async () => { await new Promise((done) => setTimeout(done, 150)); }); console.log(String(h.join()));`,
  ],
];

for (const [what, text] of PATIENT) {
  test(`${what} is no deadlock`, async () => {
    const { kinds, output, ending } = await programs.run(text);
    assert.deepEqual([kinds, ending.kind], [[], "finished"]);
    assert.match(output[0], /^undefined/);
  });
}

test("a deadlock is noticed only when the last thread that could still do something is done", async () => {
  const ran = await programs.run(
    `const m = new std.Mutex(0);
     m.lock();
     std.spawn(() => { std.sleep(150); console.log("still here"); });
     m.lock();`,
  );
  assert.deepEqual([ran.output, ran.kinds], [["still here"], ["deadlock"]]);
});

test("threads that print a lot while others wait for them are not stuck", async () => {
  const ran = await programs.run(
    `const h = std.spawn(() => { for (let i = 0; i < 9000; i++) console.log(i); return "done"; });
     console.log(h.join());`,
  );
  assert.deepEqual([ran.output.length, ran.output.at(-1), ran.kinds], [9001, "done", []]);
});

test("messages name objects by their variables", async () => {
  const ran = await programs.run(
    `import { channel, Mutex, spawn } from "threadloom:std";
     const orders = new Mutex(0);
     const [requests, incoming] = channel<number>();
     spawn(() => { orders.lock(); incoming.recv(); }, { name: "cook" });
     orders.lock(); orders.lock();`,
  );
  assert.match(ran.findings[0].message, /`orders`/);
});
