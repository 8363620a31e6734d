/** Stepping by operations: what each thread would do next, and why it cannot. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Comparison, Value } from "../../../src/protocol/step.ts";
import { Stepped } from "./stepped.ts";

const COUNTER = `/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2`;

const LOCKS = `import { Mutex } from "threadloom:std";
const a = new Mutex(0), b = new Mutex([1]);
/** @thread */ function one() { using x = a.lock(); using y = b.lock(); }
/** @thread */ function two() { using y = b.lock(); using x = a.lock(); }`;

const standing = async (text: string): Promise<Stepped> => {
  const stepped = await Stepped.of(text);
  // Both threads stand before their first operation of their own.
  await stepped.go({ kind: "until", what: "switch" });
  return stepped;
};

test("a program stands before its first step, and its first step begins main", async () => {
  const stepped = await Stepped.of(COUNTER);
  assert.equal(stepped.state.depth, 0);
  assert.deepEqual(stepped.lines, ["main:-"]);
  assert.equal(stepped.thread("main").next?.text, "begin");
  await stepped.step("main");
  assert.deepEqual(await stepped.history(), ["main begins"]);
});

test("a compound assignment is two steps, and a lost update can be made by hand", async () => {
  const stepped = await standing(COUNTER);
  await stepped.step("alice");
  await stepped.step("bob");
  assert.equal(stepped.thread("alice").next?.text, "read `counter` → 0");
  await stepped.step("alice");
  await stepped.step("bob");
  assert.equal(stepped.thread("alice").next?.text, "write `counter` ← 1");
  assert.equal(stepped.thread("alice").next?.effect, undefined);
  await stepped.step("bob");
  assert.equal(stepped.thread("alice").next?.effect, "overwrites what bob wrote since it was read");
  await stepped.step("alice");
  assert.deepEqual(stepped.object, { counter: "1" });
  const { why } = await stepped.continue();
  assert.equal(why, "over");
  assert.deepEqual(
    stepped.state.over?.findings.map(({ kind }) => kind),
    ["assertion"],
  );
  assert.deepEqual(stepped.state.over?.shared, [{ name: "counter", text: "1" }]);
});

test("who cannot go on says why, and whom it waits for", async () => {
  const stepped = await standing(LOCKS);
  for (const name of ["one", "two", "one", "two"]) await stepped.step(name);
  assert.deepEqual(stepped.thread("one").holds, ["a"]);
  const { why, waitsFor, state, next } = stepped.thread("one");
  assert.equal(why, "blocked: `b` is held by two since line 5");
  assert.equal(state, "blocked");
  assert.deepEqual(waitsFor, [stepped.thread("two").id]);
  assert.equal(next?.canStep, false);
  assert.equal(next?.text, "lock `b`");
  const refused = await stepped.step("one");
  assert.equal(refused.why, "over"); // nobody can: it is a deadlock
  assert.equal(stepped.state.over?.findings[0].kind, "deadlock");
  assert.equal(stepped.state.waits.length, 3); // main waits as well
});

test("stepping who is blocked changes nothing while another could go on", async () => {
  const stepped = await standing(LOCKS);
  for (const name of ["one", "one", "two"]) await stepped.step(name);
  const before = stepped.state.moment;
  await stepped.step("one");
  const stopped = await stepped.step("two");
  assert.deepEqual(
    [stopped.why, stopped.text],
    ["blocked", "blocked: `b` is held by one since line 4"],
  );
  assert.equal(stepped.state.moment, before + 1); // one has locked both
});

test("any moment is reached again, and two futures are compared with their first difference", async () => {
  const stepped = await standing(COUNTER);
  const fork = stepped.state.moment;
  for (const name of ["alice", "bob", "alice", "bob", "alice", "bob"]) await stepped.step(name);
  await stepped.continue();
  const lost = stepped.state.moment;
  await stepped.ask({ kind: "goTo", moment: fork });
  for (const name of ["alice", "alice", "alice", "bob", "bob", "bob"]) await stepped.step(name);
  await stepped.continue();
  const kept = stepped.state.moment;
  assert.deepEqual(stepped.state.over?.findings, []);
  const compared = await stepped.ask<Comparison>({ kind: "compare", one: lost, other: kept });
  assert.equal(stepped.state.tree.length >= 0, true);
  assert.equal(
    compared.differs?.text,
    "reads `counter` → 0 in one, reads `counter` → 1 in the other",
  );
  assert.deepEqual(
    compared.outcomes.map((one) => one?.shared[0].text),
    ["1", "2"],
  );
  await stepped.ask({ kind: "goTo", moment: lost });
  assert.deepEqual(stepped.object, { counter: "1" });
});

test("undo goes one operation back, redo forth again, whatever was printed", async () => {
  const stepped = await Stepped.of(`console.log("one");\nconsole.log("two");`);
  await stepped.continue();
  const printed = (): unknown =>
    stepped.events.findLast((event) => event.kind === "output")?.lines.map(({ text }) => text);
  assert.deepEqual(stepped.state.over?.output, ["one", "two"]);
  const end = stepped.state.moment;
  await stepped.ask({ kind: "undo" });
  await stepped.ask({ kind: "undo" });
  assert.deepEqual(printed(), ["one"]);
  assert.equal(stepped.state.canRedo, true);
  await stepped.ask({ kind: "redo" });
  await stepped.ask({ kind: "redo" });
  assert.equal(stepped.state.moment, end);
  assert.equal(await stepped.ask({ kind: "redo" }), false);
});

test("what was stepped by hand is a schedule, and the schedule is the same run", async () => {
  const stepped = await standing(COUNTER);
  for (const name of ["alice", "bob", "alice", "bob", "bob", "alice"]) await stepped.step(name);
  const history = await stepped.history();
  const schedule = await stepped.ask<string>({ kind: "schedule" });
  assert.deepEqual(await stepped.history(), history);
  const again = await Stepped.of(COUNTER, { schedule });
  assert.deepEqual(await again.history(), history);
  assert.deepEqual(again.object, { counter: "1" });
});

test("a frozen thread stays where it is, and only going by name moves it", async () => {
  const stepped = await standing(COUNTER);
  await stepped.ask({ kind: "freeze", threads: [stepped.thread("alice").id] });
  assert.equal(stepped.thread("alice").frozen, true);
  const { why } = await stepped.continue();
  assert.equal(why, "blocked");
  assert.equal(stepped.thread("bob").state, "ended");
  assert.equal(stepped.thread("alice").next?.text, "begin");
  await stepped.step("alice");
  assert.equal(stepped.thread("alice").next?.text, "read `counter` → 1");
});

test("in lockstep every thread that can makes one operation", async () => {
  const stepped = await standing(COUNTER);
  await stepped.go({ kind: "lockstep" });
  await stepped.go({ kind: "lockstep" });
  assert.deepEqual(
    ["alice", "bob"].map((name) => stepped.thread(name).next?.text),
    ["write `counter` ← 1", "write `counter` ← 1"],
  );
});

for (const [what, program, expected] of [
  ["race", COUNTER, /counter/],
  ["contention", LOCKS, /lock/],
] as const) {
  test(`a run goes on to the next ${what}`, async () => {
    const stepped = await Stepped.of(program);
    const { why, thread } = await stepped.go({ kind: "until", what });
    assert.equal(why, "event");
    assert.match(stepped.state.threads[thread!].next!.text, expected);
    assert.equal(stepped.state.over, undefined);
  });
}

const HANDED = `import { Mutex, spawn } from "threadloom:std";
/** @shared */ let early = 0;
/** @shared */ let guarded = 0;
const m = new Mutex(0);
const own = new Mutex(0);
const one = spawn(() => { { using g = m.lock(); guarded = 1; } early = 1; });
const two = spawn(() => {
  { using g = m.lock(); guarded = 2; }
  for (let i = 0; i < 5; i++) { using g = own.lock(); }
  early = 2;
});
one.join(); two.join();`;

/** By what hands over: messages with and without room, a condition, a barrier, what an atomic holds. */
const ORDERED = {
  messages: `import { channel, spawn } from "threadloom:std";
/** @shared */ let n = 0;
const [tx, rx] = channel<number>();
spawn(() => { n = 1; tx.send(1); });
rx.recv(); n = 2;`,
  rendezvous: `import { spawn, syncChannel } from "threadloom:std";
/** @shared */ let n = 0;
const [tx, rx] = syncChannel<number>(0);
spawn(() => { n = 1; tx.send(1); });
rx.recv(); n = 2;`,
  room: `import { spawn, syncChannel } from "threadloom:std";
/** @shared */ let n = 0;
const [tx, rx] = syncChannel<number>(1);
spawn(() => { n = 1; rx.recv(); });
tx.send(1); tx.send(2); n = 2;`,
  condition: `import { Condvar, Mutex, spawn } from "threadloom:std";
/** @shared */ let n = 0;
const m = new Mutex(false), c = new Condvar();
spawn(() => { n = 1; using g = m.lock(); g.value = true; c.notifyOne(); });
{ using g = m.lock(); while (!g.value) c.wait(g); }
n = 2;`,
  barrier: `import { Barrier, spawn } from "threadloom:std";
/** @shared */ let n = 0;
const b = new Barrier(2);
spawn(() => { n = 1; b.wait(); });
b.wait(); n = 2;`,
  atomic: `import { AtomicI32, spawn } from "threadloom:std";
/** @shared */ let n = 0;
const a = new AtomicI32(0);
spawn(() => { n = 1; a.store(1); });
while (a.load() === 0);
n = 2;`,
};

for (const form of ["debug", "native"] as const) {
  const on = form === "debug" ? "the model" : "real threads";

  test(`on ${on} a run goes on to an access that races with one of long ago, and not to what a lock orders`, async () => {
    const stepped = await Stepped.of(HANDED, { form });
    await stepped.step("main");
    // Accesses of guarded are ordered by the lock, those of early are not.
    const { why, thread } = await stepped.go({ kind: "until", what: "race" });
    assert.equal(why, "event");
    assert.match(stepped.state.threads[thread!].next!.text, /early/);
    const there = stepped.state.moment;
    assert.equal((await stepped.continue()).why, "over");
    assert.equal(await stepped.back("main", "race"), true);
    assert.equal(stepped.state.moment, there);
    assert.equal(await stepped.back("main", "race"), false, "nothing raced before");
    assert.equal(stepped.state.moment, there, "and it stays");
  });

  test(`on ${on} a run in which everything is ordered goes on to its end`, async () => {
    const early = /(?<!let )early = \d;/g;
    for (const [name, text] of Object.entries({
      locks: HANDED.replaceAll(early, ""),
      joins: HANDED.replace("const two", "one.join(); const two"),
      ...ORDERED,
    })) {
      const stepped = await Stepped.of(text, { form });
      assert.equal((await stepped.go({ kind: "until", what: "race" })).why, "over", name);
    }
  });
}

test("a run goes on to the next message, and to the next meeting", async () => {
  const stepped = await Stepped.of(`import { channel, spawn } from "threadloom:std";
const [tx, rx] = channel<string>();
const one = spawn(() => { tx.send("hello"); });
console.log(rx.recv());
one.join();`);
  const message = await stepped.go({ kind: "until", what: "message" });
  assert.equal(message.why, "event");
  assert.equal(stepped.thread("main").next?.text, 'receive from `tx` → "hello"');
  const meeting = await stepped.go({ kind: "until", what: "barrier" });
  assert.equal(meeting.why, "event");
  assert.equal(stepped.thread("main").next?.text, "join worker-1");
});

test("a run goes on to the next barrier, where the others already wait or will", async () => {
  const stepped = await Stepped.of(`import { Barrier } from "threadloom:std";
const gate = new Barrier(2);
/** @thread */ function alice() { gate.wait(); }
/** @thread */ function bob() { gate.wait(); }`);
  const { why, thread } = await stepped.go({ kind: "until", what: "barrier" });
  assert.equal(why, "event");
  assert.match(stepped.state.threads[thread!].next!.text, /gate/);
});

test("a run goes on to where a latch is passed, and where a wait group is", async () => {
  const stepped = await Stepped.of(`import { Latch, spawn, WaitGroup } from "threadloom:std";
const latch = new Latch(1);
const group = new WaitGroup();
group.add(1);
spawn(() => { latch.countDown(); group.done(); });
latch.wait();
group.wait();`);
  for (const name of ["latch", "group"]) {
    const { why, thread } = await stepped.go({ kind: "until", what: "barrier" });
    assert.equal(why, "event");
    const { name: who, next } = stepped.state.threads[thread!];
    assert.deepEqual([who, next?.text], ["main", `pass \`${name}\``]);
  }
});

test("patience can end by hand where nothing else can go on, and time goes by", async () => {
  const stepped = await Stepped.of(`import { Mutex, sleep } from "threadloom:std";
const m = new Mutex(0);
const held = m.lock();
console.log(m.lockFor(50) === undefined);
sleep(100);`);
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["true"]);
  assert.equal(stepped.state.timeNs, 150e6);
  await stepped.ask({ kind: "undo" });
  await stepped.ask({ kind: "undo" });
  assert.equal(stepped.thread("main").state, "sleeping");
  assert.equal(stepped.thread("main").next?.canStep, true);
});

test("messages in a channel and values in locks are shown as they are, and stay there", async () => {
  const stepped = await Stepped.of(`import { channel, Mutex } from "threadloom:std";
class Account { #balance = 3; name = "a"; }
const [tx, rx] = channel<Account>();
const safe = new Mutex(new Map([["k", new Account()]]));
tx.send(new Account());
tx.send(new Account());
rx.recv();
rx.recv();`);
  await stepped.go({ kind: "until", what: "message" });
  assert.equal(stepped.object["tx"], "2 queued");
  const rows = await stepped.scopes("main");
  const shared = await stepped.ask<Value[]>({ kind: "children", of: rows.at(-1)!.reference });
  const line = shared.find(({ name }) => name === "tx")!;
  const inside = await stepped.ask<Value[]>({ kind: "children", of: line.reference });
  assert.deepEqual(
    inside.map(({ name, text }) => `${name} = ${text}`),
    [
      '[0] = Account {name: "a", #balance: 3}',
      '[1] = Account {name: "a", #balance: 3}',
      "senders = 1",
      "receivers = 1",
    ],
  );
  assert.equal(await stepped.evaluate("safe.value", "main"), 'Map(1) {"k": Account {…}}');
  assert.equal(await stepped.evaluate('safe.value.get("k").name', "main"), '"a"');
  const { why } = await stepped.continue();
  assert.equal(why, "over");
  assert.deepEqual(stepped.state.over?.findings, []);
});

const PARKS = `import { park, spawn } from "threadloom:std";
const parked = spawn(() => { park(); });
for (let i = 0; i < 3; i++) parked.thread.unpark();
parked.join();`;

test("who parks may wake without a reason, as often as the head allows and not else", async () => {
  const never = await Stepped.of(PARKS);
  const once = await Stepped.of({ "main.ts": `// @threadloom spurious=1\n${PARKS}` });
  for (const stepped of [never, once]) {
    await stepped.step("main");
    await stepped.step("main");
    await stepped.step("worker-1");
  }
  assert.equal(never.thread("worker-1").next?.canWake, undefined);
  assert.equal(once.thread("worker-1").next?.canWake, true);
  const { id } = once.thread("worker-1");
  await once.go({ kind: "operation", thread: id, timesOut: true, wakes: true });
  assert.equal((await once.history()).at(-1), "worker-1 wakes without being unparked (spuriously)");
  const schedule = await once.ask<string>({ kind: "schedule" });
  assert.match(schedule, /^worker-1: wakes without a reason$/m);
  const again = await Stepped.of(PARKS, { schedule });
  assert.deepEqual(await again.history(), await once.history());
  await once.ask({ kind: "undo" });
  assert.equal(once.thread("worker-1").next?.canWake, true);
});
