/**
 * Small whole programs, and what exploring all their interleavings must come to. `std` is imported for those that do not
 * import it themselves.
 */
import type { ExploreOptions, Verdict } from "../../src/protocol/explore.ts";
import type { FindingKind } from "../../src/trace/finding.ts";

export interface ExpectedProgram {
  readonly text: string;
  readonly verdict: Verdict | "ok";
  /** All kinds of findings there are, in any order; absent: those of the verdict alone. That nobody met counts for a pass. */
  readonly findings?: readonly FindingKind[];
  /** All that it can print, of the runs that come to their end; absent where that is of no interest. */
  readonly outputs?: readonly string[];
  /** Executions, where they can be counted by hand. */
  readonly executions?: number;
  readonly options?: Partial<ExploreOptions>;
}

/** By what it is that they show. */
export const PROGRAMS: Readonly<Record<string, ExpectedProgram>> = {
  "an update is lost": {
    text: `
      /** @shared */ let counter = 0;
      /** @thread */ function alice() { counter++; }
      /** @thread */ function bob() { counter++; }
      // @final counter === 2
    `,
    verdict: "assertion",
    findings: ["assertion", "race"],
  },
  "a race alone does not stop the search": {
    text: `
      /** @shared */ let counter = 0;
      /** @thread */ function alice() { counter++; }
      /** @thread */ function bob() { counter++; }
    `,
    verdict: "race",
  },
  "an update under a mutex is not lost": {
    text: `
      const counter = new std.Mutex(0);
      const threads = [1, 2].map(() => std.spawn(() => { using guard = counter.lock(); guard.value++; }));
      for (const thread of threads) thread.join();
      using guard = counter.lock();
      std.assert(guard.value === 2);
      console.log(guard.value);
    `,
    verdict: "ok",
    outputs: ["2"],
    executions: 2,
  },
  "two transfers in opposite directions wait for each other": {
    text: `
      const checking = new std.Mutex(100);
      const savings = new std.Mutex(100);
      const there = std.spawn(() => { using a = checking.lock(); using b = savings.lock(); a.value--; b.value++; });
      const back = std.spawn(() => { using b = savings.lock(); using a = checking.lock(); b.value--; a.value++; });
      there.join();
      back.join();
    `,
    verdict: "deadlock",
    findings: ["deadlock", "lock-order"],
  },
  "two transfers that lock in one order do not": {
    text: `
      const checking = new std.Mutex(100);
      const savings = new std.Mutex(100);
      const there = std.spawn(() => { using a = checking.lock(); using b = savings.lock(); a.value--; b.value++; });
      const back = std.spawn(() => { using a = checking.lock(); using b = savings.lock(); b.value--; a.value++; });
      there.join();
      back.join();
    `,
    verdict: "ok",
  },
  "locks in opposite orders, by threads that follow one another": {
    text: `
      const a = new std.Mutex(0);
      const b = new std.Mutex(0);
      std.spawn(() => { using one = a.lock(); using other = b.lock(); }).join();
      std.spawn(() => { using one = b.lock(); using other = a.lock(); }).join();
    `,
    verdict: "ok",
    executions: 1,
  },
  "who locks twice waits for itself": {
    text: `
      const lock = new std.Mutex(0);
      const thread = std.spawn(() => { using one = lock.lock(); using other = lock.lock(); });
      thread.join();
    `,
    verdict: "deadlock",
    executions: 1,
  },
  "three philosophers starve": {
    text: `
      const forks = [0, 1, 2].map(() => new std.Mutex(0));
      const all = [0, 1, 2].map((i) => std.spawn(() => {
        using left = forks[i].lock();
        using right = forks[(i + 1) % 3].lock();
      }));
      for (const one of all) one.join();
    `,
    verdict: "deadlock",
    findings: ["deadlock", "lock-order"],
  },
  "a notification before the wait is lost": {
    text: `
      const lock = new std.Mutex(0);
      const changed = new std.Condvar();
      const waiter = std.spawn(() => { using guard = lock.lock(); changed.wait(guard); });
      std.spawn(() => { changed.notifyOne(); });
      waiter.join();
    `,
    verdict: "deadlock",
    findings: ["deadlock", "lost-wakeup"],
  },
  "a wait for a condition loses nothing": {
    text: `
      const ready = new std.Mutex(false);
      const changed = new std.Condvar();
      const waiter = std.spawn(() => { using guard = ready.lock(); changed.waitWhile(guard, (is) => !is); return guard.value; });
      std.spawn(() => { using guard = ready.lock(); guard.value = true; changed.notifyOne(); });
      console.log(waiter.join());
    `,
    verdict: "ok",
    outputs: ["true"],
    executions: 2,
  },
  "a guard is left behind": {
    text: `
      const lock = new std.Mutex(0);
      std.spawn(() => { lock.lock(); }).join();
    `,
    verdict: "ok",
    findings: ["leaked-guard", "nothing-concurrent"],
    executions: 1,
  },
  "a guard is left behind, and somebody wants the lock": {
    text: `
      const lock = new std.Mutex(0);
      std.spawn(() => { lock.lock(); }).join();
      lock.lock();
    `,
    verdict: "deadlock",
    findings: ["deadlock", "leaked-guard"],
    executions: 1,
  },
  "a lock is poisoned for who comes later": {
    text: `
      const lock = new std.Mutex(0);
      const broken = std.spawn(() => { using guard = lock.lock(); throw new Error("half-done"); });
      const other = std.spawn(() => {
        try { using guard = lock.lock(); return "fine"; } catch (error) { return (error as Error).name; }
      });
      try { broken.join(); } catch (error) { console.log((error as Error).name); }
      console.log(other.join());
    `,
    verdict: "ok",
    findings: ["poisoned-lock", "nondeterministic-output"],
    outputs: ["PanicError\nPoisonError", "PanicError\nfine"],
    executions: 2,
  },
  "a panic that a join delivers is handled": {
    text: `
      const broken = std.spawn(() => { throw new Error("no"); });
      try { broken.join(); } catch { console.log("handled"); }
    `,
    verdict: "ok",
    findings: ["nothing-concurrent"],
    outputs: ["handled"],
    executions: 1,
  },
  "a panic that nobody hears of": {
    text: `std.spawn(() => { throw new Error("no"); });`,
    verdict: "panic",
    executions: 1,
  },
  "a panic in one order alone": {
    text: `
      const flag = new std.AtomicBool(false);
      std.spawn(() => { flag.store(true); });
      std.spawn(() => { if (flag.load()) throw new Error("too late"); });
    `,
    verdict: "panic",
  },
  "a busy wait that nobody ends": {
    text: `
      const flag = new std.AtomicBool(false);
      std.spawn(() => { while (!flag.load()); });
    `,
    verdict: "livelock",
  },
  "a busy wait that somebody ends": {
    text: `
      const flag = new std.AtomicBool(false);
      const waiter = std.spawn(() => { while (!flag.load()); return "seen"; });
      std.spawn(() => { flag.store(true); });
      console.log(waiter.join());
    `,
    verdict: "ok",
    outputs: ["seen"],
  },
  "a busy wait with a yield": {
    text: `
      const flag = new std.AtomicBool(false);
      const waiter = std.spawn(() => { while (!flag.load()) std.yieldNow(); return "seen"; });
      std.spawn(() => { flag.store(true); });
      console.log(waiter.join());
    `,
    verdict: "ok",
    outputs: ["seen"],
  },
  "a spin lock keeps others out": {
    text: `
      const taken = new std.AtomicBool(false);
      const inside = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => {
        while (taken.compareExchange(false, true));
        std.assert(inside.fetchAdd(1) === 0);
        inside.fetchSub(1);
        taken.store(false);
      }));
      for (const thread of threads) thread.join();
    `,
    verdict: "ok",
  },
  "a spin lock that looks first and takes then keeps nobody out": {
    text: `
      const taken = new std.AtomicBool(false);
      const inside = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => {
        while (taken.load());
        taken.store(true);
        std.assert(inside.fetchAdd(1) === 0);
        inside.fetchSub(1);
        taken.store(false);
      }));
      for (const thread of threads) thread.join();
    `,
    verdict: "assertion",
    // Main joins the thread whose assertion failed.
    findings: ["assertion", "panic"],
  },
  "Peterson's lock keeps the other out": {
    text: `
      const wants = [new std.AtomicBool(false), new std.AtomicBool(false)];
      const turn = new std.AtomicI32(0);
      const inside = new std.AtomicI32(0);
      const threads = [0, 1].map((me) => std.spawn(() => {
        wants[me].store(true);
        turn.store(1 - me);
        while (wants[1 - me].load() && turn.load() === 1 - me);
        std.assert(inside.fetchAdd(1) === 0);
        inside.fetchSub(1);
        wants[me].store(false);
      }));
      for (const thread of threads) thread.join();
    `,
    verdict: "ok",
  },
  "a lock of two flags alone: both wait": {
    text: `
      const wants = [new std.AtomicBool(false), new std.AtomicBool(false)];
      const threads = [0, 1].map((me) => std.spawn(() => {
        wants[me].store(true);
        while (wants[1 - me].load());
        wants[me].store(false);
      }));
      for (const thread of threads) thread.join();
    `,
    verdict: "livelock",
  },
  "adding by compare-exchange loses nothing": {
    text: `
      const n = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => {
        for (;;) { const seen = n.load(); if (n.compareExchange(seen, seen + 1) === seen) return; }
      }));
      for (const thread of threads) thread.join();
      console.log(n.load());
    `,
    verdict: "ok",
    outputs: ["2"],
  },
  "messages of two senders come in any order, and the end after them": {
    text: `
      const [tx, rx] = std.channel<string>();
      for (const name of ["a", "b"]) { const mine = tx.clone(); std.spawn(() => { mine.send(name); }); }
      tx.drop();
      console.log([...rx].join(""));
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["ab", "ba"],
    executions: 2,
  },
  "a channel that is never closed": {
    text: `
      const [tx, rx] = std.channel<number>();
      const reader = std.spawn(() => { for (const message of rx) console.log(message); });
      tx.send(1);
    `,
    verdict: "leak",
    findings: ["leak", "never-closed"],
  },
  "a channel that is never closed, and main waits for the reader": {
    text: `
      const [tx, rx] = std.channel<number>();
      const reader = std.spawn(() => { for (const message of rx) console.log(message); });
      tx.send(1);
      reader.join();
    `,
    verdict: "deadlock",
    findings: ["deadlock", "never-closed"],
  },
  "two who hand over to each other, both giving first": {
    text: `
      const [there, here] = std.syncChannel<number>(0);
      const [back, home] = std.syncChannel<number>(0);
      const one = std.spawn(() => { there.send(1); home.recv(); });
      const other = std.spawn(() => { back.send(1); here.recv(); });
      one.join();
      other.join();
    `,
    verdict: "deadlock",
    executions: 1,
  },
  "two who hand over to each other, one taking first": {
    text: `
      const [there, here] = std.syncChannel<number>(0);
      const [back, home] = std.syncChannel<number>(0);
      const one = std.spawn(() => { there.send(1); return home.recv(); });
      const other = std.spawn(() => { const got = here.recv(); back.send(got + 1); });
      console.log(one.join());
    `,
    verdict: "ok",
    outputs: ["2"],
  },
  "a buffer of one keeps the order": {
    text: `
      const [tx, rx] = std.syncChannel<number>(1);
      std.spawn(() => { for (let i = 0; i < 3; i++) tx.send(i); });
      console.log([...rx].join(" "));
    `,
    verdict: "ok",
    outputs: ["0 1 2"],
  },
  "a select takes any case that is ready": {
    text: `
      const [a, fromA] = std.channel<string>();
      const [b, fromB] = std.channel<string>();
      std.spawn(() => { a.send("a"); });
      std.spawn(() => { b.send("b"); });
      const got = (m: { kind: string; value?: string }) => m.value ?? m.kind;
      console.log(std.select([fromA.case((m) => got(m as never)), fromB.case((m) => got(m as never))]));
    `,
    verdict: "ok",
    findings: ["nondeterministic-output", "send-to-nobody"],
    outputs: ["a", "b"],
  },
  "each choice is made once": {
    text: `console.log(std.choose(2), std.choose(3));`,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2"],
    executions: 6,
  },
  "patience may end or not": {
    text: `
      const lock = new std.Mutex(0);
      const holder = std.spawn(() => { using guard = lock.lock(); guard.value++; });
      const guard = lock.lockFor(10);
      console.log(guard === undefined ? "gave up" : "had it");
      guard?.unlock();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["gave up", "had it"],
  },
  "sleep is not synchronisation": {
    text: `
      const flag = new std.AtomicBool(false);
      std.spawn(() => { flag.store(true); });
      std.sleep(1000);
      std.assert(flag.load());
    `,
    verdict: "assertion",
  },
  "a semaphore of one is a lock": {
    text: `
      const permits = new std.Semaphore(1);
      const inside = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => {
        using permit = permits.acquire();
        std.assert(inside.fetchAdd(1) === 0);
        inside.fetchSub(1);
      }));
      for (const thread of threads) thread.join();
    `,
    verdict: "ok",
    executions: 2,
  },
  "two who take their permits one by one": {
    text: `
      const permits = new std.Semaphore(2);
      const threads = [1, 2].map(() => std.spawn(() => {
        using one = permits.acquire();
        using other = permits.acquire();
      }));
      for (const thread of threads) thread.join();
    `,
    verdict: "deadlock",
  },
  "a barrier has one leader": {
    text: `
      const barrier = new std.Barrier(3);
      const leaders = [1, 2].map(() => std.spawn(() => barrier.wait().isLeader));
      const mine = barrier.wait().isLeader;
      console.log([mine, ...leaders.map((thread) => thread.join())].filter((leads) => leads).length);
    `,
    verdict: "ok",
    outputs: ["1"],
  },
  "a barrier for more than there are": {
    text: `
      const barrier = new std.Barrier(3);
      std.spawn(() => { barrier.wait(); });
      barrier.wait();
    `,
    verdict: "deadlock",
    executions: 1,
  },
  "a latch holds back until all have come": {
    text: `
      const latch = new std.Latch(2);
      const done = new std.AtomicI32(0);
      for (let i = 0; i < 2; i++) std.spawn(() => { done.fetchAdd(1); latch.countDown(); });
      latch.wait();
      console.log(done.load());
    `,
    verdict: "ok",
    outputs: ["2"],
  },
  "readers see what a writer did, all or nothing": {
    text: `
      const pair = new std.RwLock({ a: 0, b: 0 });
      std.spawn(() => { using guard = pair.write(); guard.value.a = 1; guard.value.b = 1; });
      const readers = [1, 2].map(() => std.spawn(() => { using guard = pair.read(); return guard.value.a === guard.value.b; }));
      console.log(readers.map((reader) => reader.join()).join(" "));
    `,
    verdict: "ok",
    outputs: ["true true"],
  },
  "a read-lock within a read-lock, and a writer in between": {
    text: `
      const lock = new std.RwLock(0);
      const reader = std.spawn(() => { using one = lock.read(); using other = lock.read(); });
      const writer = std.spawn(() => { using guard = lock.write(); });
      reader.join();
      writer.join();
    `,
    verdict: "deadlock",
  },
  "once is once": {
    text: `
      const once = new std.Once();
      const times = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => { once.call(() => { times.fetchAdd(1); }); return times.load(); }));
      console.log(threads.map((thread) => thread.join()).join(" "));
    `,
    verdict: "ok",
    outputs: ["1 1"],
  },
  "an unpark is kept for the park after it": {
    text: `
      const flag = new std.AtomicBool(false);
      const parked = std.spawn(() => { std.park(); return flag.load(); });
      flag.store(true);
      parked.thread.unpark();
      console.log(parked.join());
    `,
    verdict: "ok",
    outputs: ["true"],
  },
  "a park that nobody ends": {
    text: `std.spawn(() => { std.park(); });`,
    verdict: "leak",
    executions: 1,
  },
  "an invariant does not hold between two writes": {
    text: `
      /** @shared */ let a = 0;
      /** @shared */ let b = 0;
      /** @thread */ function both() { a = 1; b = 1; }
      // @invariant a === b
    `,
    verdict: "assertion",
    executions: 1,
  },
  "an invariant is broken in one order alone": {
    text: `
      /** @shared */ let a = 0;
      /** @shared */ let b = 0;
      /** @thread */ function one() { a = 1; a = 0; }
      /** @thread */ function other() { b = 1; b = 0; }
      // @invariant a + b < 2
    `,
    verdict: "assertion",
  },
  "what a lock guards is used without it": {
    text: `
      const lock = new std.Mutex(0);
      /** @shared @guardedBy lock */ let counter = 0;
      /** @thread */ function careful() { using guard = lock.lock(); counter++; }
      /** @thread */ function careless() { counter++; }
    `,
    verdict: "race",
  },
  "a shared variable under a lock is no race": {
    text: `
      const lock = new std.Mutex(0);
      /** @shared */ let counter = 0;
      /** @thread */ function alice() { using guard = lock.lock(); counter++; }
      /** @thread */ function bob() { using guard = lock.lock(); counter++; }
      // @final counter === 2
    `,
    verdict: "ok",
    executions: 2,
  },
  "nobody is interrupted under a cooperative model": {
    text: `// @threadloom model=cooperative
      import * as std from "threadloom:std";
      const n = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => { n.store(n.load() + 1); }));
      for (const thread of threads) thread.join();
      console.log(n.load());
    `,
    verdict: "ok",
    outputs: ["2"],
  },
  "an update is lost under a cooperative model where somebody yields": {
    text: `// @threadloom model=cooperative
      import * as std from "threadloom:std";
      const n = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => { const seen = n.load(); std.yieldNow(); n.store(seen + 1); }));
      for (const thread of threads) thread.join();
      std.assert(n.load() === 2);
    `,
    verdict: "assertion",
  },
  "tasks of one thread lose an update over an await": {
    text: `
      let n = 0;
      const add = async () => { const seen = n; await undefined; n = seen + 1; };
      await Promise.all([add(), add()]);
      std.assert(n === 2);
    `,
    verdict: "assertion",
    executions: 1,
  },
  "tasks whose timers end in any order": {
    text: `
      const [tx, rx] = std.channel<string>();
      const after = (name: string, ms: number, to: typeof tx) =>
        std.spawn(async () => { await new Promise((go) => setTimeout(go, ms)); to.send(name); });
      after("late", 50, tx.clone());
      after("soon", 1, tx.clone());
      tx.drop();
      console.log([...rx].join(" "));
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["late soon", "soon late"],
  },
  "threads that never meet": {
    text: `for (let i = 0; i < 2; i++) std.spawn(() => i);`,
    verdict: "ok",
    findings: ["nothing-concurrent"],
    executions: 1,
  },
  "lines of two threads stand in any order": {
    text: `for (const name of ["a", "b"]) std.spawn(() => { console.log(name); });`,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["a\nb", "b\na"],
    executions: 2,
  },
  "lines of two threads, each thread's for itself": {
    text: `for (const name of ["a", "b"]) std.spawn(() => { console.log(name); });`,
    verdict: "ok",
    findings: ["nothing-concurrent"],
    executions: 1,
    options: { perThreadOutput: true },
  },
};
