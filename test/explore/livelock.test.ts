/** Threads that go round for ever though they do things, and those that only look as if they did. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExploreOptions, ExploreResult } from "../../src/protocol/explore.ts";
import { Explored } from "./node/programs.ts";

const explored = new Explored();

async function explore(text: string, options: Partial<ExploreOptions>): Promise<ExploreResult> {
  const asked = { strategy: "auto", seed: 0, maxSeconds: 30, ...options } as const;
  return (await explored.start(text, asked)).ended;
}

/** Each takes one lock, fails to get the other, gives the first back and tries again. */
const POLITE = `
const a = new std.Mutex(0), b = new std.Mutex(0);
const both = (first: std.Mutex<number>, second: std.Mutex<number>) => {
  for (;;) {
    const one = first.lock();
    const other = second.tryLock();
    if (other !== undefined) { other.unlock(); one.unlock(); return; }
    one.unlock();
  }
};
const left = std.spawn(() => { both(a, b); });
const right = std.spawn(() => { both(b, a); });
left.join();
right.join();
`;

const LIVELOCKS: Readonly<Record<string, string>> = {
  "two who politely give way to each other": POLITE,
  "two who give way, with a yield and work to do at the end": `
    const a = new std.Mutex(0), b = new std.Mutex(0);
    const done = new std.AtomicI32(0);
    const threads = [[a, b], [b, a]].map(([first, second]) => std.spawn(() => {
      while (true) {
        const one = first.lock();
        const other = second.tryLock();
        if (other) { done.fetchAdd(1); console.log("done"); other.unlock(); one.unlock(); break; }
        one.unlock();
        std.yieldNow();
      }
    }));
    for (const thread of threads) thread.join();
  `,
  "two flags, taken back when the other's is up": `
    const wants = [new std.AtomicBool(false), new std.AtomicBool(false)];
    const threads = [0, 1].map((me) => std.spawn(() => {
      while (true) {
        wants[me].store(true);
        if (!wants[1 - me].load()) { wants[me].store(false); break; }
        wants[me].store(false);
      }
    }));
    for (const thread of threads) thread.join();
  `,
  "two who politely give way to each other at RwLocks": `
    const a = new std.RwLock(0), b = new std.RwLock(0);
    const both = (first: std.RwLock<number>, second: std.RwLock<number>) => {
      for (;;) {
        const one = first.write();
        const other = second.tryWrite();
        if (other !== undefined) { other.unlock(); one.unlock(); return; }
        one.unlock();
      }
    };
    const left = std.spawn(() => { both(a, b); });
    const right = std.spawn(() => { both(b, a); });
    left.join(); right.join();
  `,
  "two shared flags, taken back when the other's is up, by a field of their own": `
    /** @shared */ let a = false;
    /** @shared */ let b = false;
    class Side { done = false; }
    const left = std.spawn(() => {
      const side = new Side();
      while (!side.done) { a = true; side.done = !b; a = false; }
    });
    const right = std.spawn(() => {
      const side = new Side();
      while (!side.done) { b = true; side.done = !a; b = false; }
    });
    left.join(); right.join();
  `,
  "two who hand one message to and fro": `
    const [ping, pinged] = std.syncChannel<number>(1);
    const [pong, ponged] = std.syncChannel<number>(1);
    std.spawn(() => { for (;;) { const n = pinged.recv(); pong.send(n); } });
    std.spawn(() => { ping.send(1); for (;;) { const n = ponged.recv(); ping.send(n); } });
  `,
  "a loop that waits for a message which is never the right one": `
    const [tx, rx] = std.channel<number>();
    std.spawn(() => { tx.send(2); });
    for (;;) { const got = rx.recvFor(1); if (got.kind === "value" && got.value === 1) break; }
  `,
  "a loop that asks a function which asks a function": `
    const flag = new std.AtomicBool(false);
    const isUp = () => flag.load();
    function isReady() { const up = isUp(); return up; }
    std.spawn(() => { while (!isReady()) {} });
  `,
  "a lock that one takes and gives back for ever": `
    const m = new std.Mutex(0);
    std.spawn(() => { for (;;) { const guard = m.lock(); guard.unlock(); } });
  `,
  "a loop that yields for ever": `std.spawn(() => { for (;;) std.yieldNow(); });`,
  "a loop that sleeps for ever": `std.spawn(() => { for (;;) std.sleep(10); });`,
};

for (const [name, text] of Object.entries(LIVELOCKS)) {
  for (const strategy of ["auto", "dpor"] as const) {
    test(`${name}: livelock, by ${strategy}`, async () => {
      const result = await explore(text, { strategy });
      assert.equal(result.verdict, "livelock", result.findings[0]?.message);
      assert.ok(result.findings[0].sites.length > 0);
    });
  }
}

const NONE: Readonly<Record<string, string>> = {
  "a long loop that comes to its end": `
    const n = new std.AtomicI32(0);
    let sum = 0;
    for (let i = 0; i < 1_000_000; i++) sum += i;
    n.store(sum > 0 ? 1 : 0);
  `,
  "a retry that somebody else's progress ends": `
    const n = new std.AtomicI32(0);
    const threads = [1, 2].map(() => std.spawn(() => {
      for (;;) { const seen = n.load(); if (n.compareExchange(seen, seen + 1) === seen) break; }
    }));
    for (const thread of threads) thread.join();
  `,
  "a loop that counts in a method which is called as one of ours": `
    class Tries {
      n = 0;
      load() { return this.n; }
      store() { this.n++; }
    }
    const tries = new Tries();
    const m = new std.Mutex(0);
    const held = m.lock();
    for (;;) { tries.store(); std.yieldNow(); if (m.tryLock() || tries.load() > 3) break; }
    held.unlock();
  `,
  "loops that count in accessors, of a class and of what has no type": `
    class Tries { #n = 0; get next() { return this.#n++; } set more(by: number) { this.#n += by; } }
    const tries = new Tries();
    while (tries.next < 3) std.yieldNow();
    const untyped: any = tries;
    const flag = new std.AtomicBool(false);
    while (untyped.next < 20) { if (!flag.load()) untyped.more = 1; }
  `,
  "a loop that goes to and fro between two locks until one is free": `
    const a = new std.Mutex(0), b = new std.Mutex(0);
    const thread = std.spawn(() => { using guard = a.lock(); using other = b.lock(); });
    let next = a;
    for (;;) { const guard = next.tryLock(); if (guard) { guard.unlock(); break; } next = next === a ? b : a; }
    thread.join();
  `,
  "a lock taken again until another has written": `
    const m = new std.Mutex({ ready: false });
    const reader = std.spawn(() => {
      for (;;) { const guard = m.lock(); const { ready } = guard.value; guard.unlock(); if (ready) return; }
    });
    std.spawn(() => { using guard = m.lock(); guard.value.ready = true; });
    reader.join();
  `,
  "a join that is asked for again until it is done": `
    const n = new std.AtomicI32(0);
    const thread = std.spawn(() => { n.fetchAdd(1); return 7; });
    let result = thread.joinFor(1);
    while (!result.done) result = thread.joinFor(1);
    std.assert(result.value === 7 && n.load() === 1);
  `,
  "a message that is looked for until it is there": `
    const [tx, rx] = std.channel<number>();
    std.spawn(() => { tx.send(1); });
    let got = rx.tryRecv();
    while (got.kind === "empty") got = rx.tryRecv();
  `,
  "two messages, each waited for a while": `
    const [tx, rx] = std.channel<number>();
    std.spawn(() => { tx.send(1); tx.send(2); });
    let sum = 0;
    while (sum < 3) { const got = rx.recvFor(1); if (got.kind === "value") sum += got.value; }
  `,
  "a method that looks until its field is set": `
    const flag = new std.AtomicBool(false);
    class Waiter { seen = false; wait() { while (!this.seen) { this.seen = flag.load(); } } }
    const thread = std.spawn(() => { new Waiter().wait(); });
    flag.store(true);
    thread.join();
  `,
  "a function that looks, called until it is so": `
    const flag = new std.AtomicBool(false);
    const isUp = () => flag.load();
    const thread = std.spawn(() => { while (!isUp()) std.yieldNow(); });
    flag.store(true);
    thread.join();
  `,
  "a loop within a loop, each left when another has written": `
    const a = new std.AtomicI32(0), b = new std.AtomicI32(0);
    const thread = std.spawn(() => {
      for (;;) { while (a.load() === 0) {} if (b.load() === 1) return; }
    });
    a.store(1); b.store(1);
    thread.join();
  `,
  "locks that are always taken in one order": `
    const a = new std.Mutex(0), b = new std.Mutex(0);
    const threads = [1, 2].map(() => std.spawn(() => {
      for (;;) {
        const one = a.lock();
        const other = b.tryLock();
        if (other) { other.unlock(); one.unlock(); return; }
        one.unlock();
      }
    }));
    for (const thread of threads) thread.join();
  `,
};

for (const [name, text] of Object.entries(NONE)) {
  test(`${name} is no livelock`, async () => {
    const result = await explore(text, {});
    assert.deepEqual([result.verdict, result.complete], ["ok", true], result.findings[0]?.message);
  });
}

test("a loop that sends for ever ends at the limit, and is no livelock", async () => {
  const text = `
    const [tx, rx] = std.channel<number>();
    std.spawn(() => { for (;;) tx.send(1); });
    rx.recv();
  `;
  const { verdict } = await explore(text, { maxSeconds: 5 });
  assert.equal(verdict, "limit");
});

test("locks in different orders are no warning where a proof says that they cannot deadlock", async () => {
  const text = `
    const a = new std.Mutex(0), b = new std.Mutex(0);
    const [tx, rx] = std.channel<number>();
    std.spawn(() => { { using x = a.lock(); using y = b.lock(); } tx.send(1); });
    std.spawn(() => { rx.recv(); using y = b.lock(); using x = a.lock(); });
  `;
  const kinds = async (options: Partial<ExploreOptions>): Promise<string[]> =>
    (await explore(text, options)).findings.map(({ kind }) => kind);
  assert.deepEqual(await kinds({ strategy: "dpor" }), []);
  assert.deepEqual(await kinds({ strategy: "bounded" }), ["lock-order"]);
});
