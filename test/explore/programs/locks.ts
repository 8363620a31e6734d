/** Locks: held in order, in the wrong order, too long, and not at all. */
import type { ExpectedProgram } from "./expected.ts";

export const LOCKS: Readonly<Record<string, ExpectedProgram>> = {
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
  "what a lock guards is used without it": {
    text: `
      const lock = new std.Mutex(0);
      /** @shared @guardedBy lock */ let counter = 0;
      /** @thread */ function careful() { using guard = lock.lock(); counter++; }
      /** @thread */ function careless() { counter++; }
    `,
    verdict: "race",
  },
  "what a lock guards is used without it, though a join orders it": {
    text: `
      const lock = new std.Mutex(0);
      /** @shared @guardedBy lock */ const counts = { hits: 0 };
      const worker = std.spawn(() => { using guard = lock.lock(); counts.hits++; });
      worker.join();
      console.log(counts.hits);
    `,
    verdict: "race",
    outputs: ["1"],
  },
  "what is guarded is used under its lock alone, whoever waits on a condition meanwhile": {
    text: `
      const lock = new std.Mutex(0);
      const filled = new std.Condvar();
      /** @shared @guardedBy lock */ let counter = 0;
      /** @thread */ function taker() { using guard = lock.lock(); filled.waitWhile(guard, () => counter === 0); counter--; }
      /** @thread */ function giver() { using guard = lock.lock(); counter++; filled.notifyOne(); }
    `,
    verdict: "ok",
    findings: [],
  },
  "a guard to read lets nobody write": {
    text: `
      const lock = new std.RwLock(0);
      /** @shared @guardedBy lock */ let counter = 0;
      const reader = std.spawn(() => { using guard = lock.read(); return counter; });
      reader.join();
      { using guard = lock.write(); counter = 1; }
      { using guard = lock.read(); counter = 2; }
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
  "three threads take one lock": {
    text: `
    const lock = new std.Mutex(0);
    for (let i = 0; i < 3; i++) std.spawn(() => { using guard = lock.lock(); });
  `,
    verdict: "ok",
    executions: 6,
  },
  "an attempt to lock is refused or not": {
    text: `
    const lock = new std.Mutex(0);
    const holder = std.spawn(() => { using guard = lock.lock(); guard.value++; });
    const guard = lock.tryLock();
    console.log(guard === undefined ? "refused" : "had it");
    guard?.unlock();
  `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["refused", "had it"],
    executions: 3,
  },
  "a check and an act under two locks of one mutex": {
    text: `
    const account = new std.Mutex(100);
    const take = (): boolean => {
      { using guard = account.lock(); if (guard.value < 100) return false; }
      using guard = account.lock();
      guard.value -= 100;
      return true;
    };
    const threads = [1, 2].map(() => std.spawn(take));
    for (const thread of threads) thread.join();
    using guard = account.lock();
    std.assert(guard.value >= 0);
  `,
    verdict: "assertion",
    // Main holds the lock when its assertion fails.
    findings: ["assertion", "poisoned-lock"],
  },
  "two readers at once are one order": {
    text: `
    const lock = new std.RwLock(0);
    for (let i = 0; i < 2; i++) std.spawn(() => { using guard = lock.read(); });
  `,
    verdict: "ok",
    executions: 1,
  },
};
