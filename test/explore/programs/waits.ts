/** Waiting for one another, by everything that is not a lock or a channel; panics, and who hears of them. */
import type { ExpectedProgram } from "./expected.ts";

export const WAITS: Readonly<Record<string, ExpectedProgram>> = {
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
    options: { spurious: 0 },
  },
  "a park that nobody ends": {
    text: `std.spawn(() => { std.park(); });`,
    verdict: "leak",
    executions: 1,
  },
  "two wait, one is notified": {
    text: `
    const ready = new std.Mutex(false);
    const changed = new std.Condvar();
    const waiters = [1, 2].map(() => std.spawn(() => { using guard = ready.lock(); changed.waitWhile(guard, (is) => !is); }));
    std.spawn(() => { using guard = ready.lock(); guard.value = true; changed.notifyOne(); });
    for (const waiter of waiters) waiter.join();
  `,
    verdict: "deadlock",
  },
  "two wait, all are notified": {
    text: `
    const ready = new std.Mutex(false);
    const changed = new std.Condvar();
    const waiters = [1, 2].map(() => std.spawn(() => { using guard = ready.lock(); changed.waitWhile(guard, (is) => !is); }));
    std.spawn(() => { using guard = ready.lock(); guard.value = true; changed.notifyAll(); });
    for (const waiter of waiters) waiter.join();
  `,
    verdict: "ok",
  },
  "a wait that trusts its wake-up, where none comes without a reason": {
    text: `
    const ready = new std.Mutex(false);
    const changed = new std.Condvar();
    std.spawn(() => { using guard = ready.lock(); guard.value = true; changed.notifyOne(); });
    using guard = ready.lock();
    if (!guard.value) changed.wait(guard);
    std.assert(guard.value);
  `,
    verdict: "ok",
    executions: 2,
    options: { spurious: 0 },
  },
  "a wait that trusts its wake-up, where one may come without a reason": {
    text: `
    const ready = new std.Mutex(false);
    const changed = new std.Condvar();
    std.spawn(() => { using guard = ready.lock(); guard.value = true; changed.notifyOne(); });
    using guard = ready.lock();
    if (!guard.value) changed.wait(guard);
    std.assert(guard.value);
  `,
    verdict: "assertion",
    findings: ["assertion", "panic", "poisoned-lock"],
    strategies: ["auto"],
  },
  "a wait with a time-out that trusts its answer, where wake-ups may come without a reason": {
    text: `
    const ready = new std.Mutex(false);
    const changed = new std.Condvar();
    std.spawn(() => { using guard = ready.lock(); guard.value = true; changed.notifyOne(); });
    using guard = ready.lock();
    if (!guard.value && changed.waitFor(guard, 10)) std.assert(guard.value);
  `,
    verdict: "assertion",
    findings: ["assertion", "panic", "poisoned-lock"],
    strategies: ["auto"],
  },
  "a park that trusts its wake-up, where one may come without a reason": {
    text: `
      const flag = new std.AtomicBool(false);
      const parked = std.spawn(() => { std.park(); std.assert(flag.load()); });
      flag.store(true);
      parked.thread.unpark();
      parked.join();
    `,
    verdict: "assertion",
    findings: ["assertion", "panic"],
    strategies: ["auto"],
  },
  "wakes without a reason are not what frees anybody": {
    text: `
      const parked = std.spawn(() => { std.park(); std.park(); });
      parked.thread.unpark();
      parked.join();
    `,
    verdict: "deadlock",
    options: { spurious: 2 },
  },
  "an atomic that is waited for, and notified": {
    text: `
    const flag = new std.AtomicI32(0);
    const waiter = std.spawn(() => { while (flag.load() === 0) flag.wait(0); return flag.load(); });
    flag.store(1);
    flag.notify();
    console.log(waiter.join());
  `,
    verdict: "ok",
    outputs: ["1"],
  },
  "an atomic that is waited for, and changed without a word": {
    text: `
    const flag = new std.AtomicI32(0);
    const waiter = std.spawn(() => { flag.wait(0); });
    flag.store(1);
    waiter.join();
  `,
    verdict: "deadlock",
  },
  "a group is waited for": {
    text: `
    const group = new std.WaitGroup();
    const n = new std.AtomicI32(0);
    group.add(2);
    for (let i = 0; i < 2; i++) std.spawn(() => { n.fetchAdd(1); group.done(); });
    group.wait();
    console.log(n.load());
  `,
    verdict: "ok",
    outputs: ["2"],
  },
  "a cell is filled once": {
    text: `
    const cell = new std.OnceCell<string>();
    const threads = ["a", "b"].map((name) => std.spawn(() => cell.getOrInit(() => name)));
    const [one, other] = threads.map((thread) => thread.join());
    std.assert(one === other);
    console.log(one);
  `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["a", "b"],
  },
  "a scope waits for its threads, and hands on their panic": {
    text: `
    const n = new std.AtomicI32(0);
    try {
      std.scope((s) => {
        s.spawn(() => { n.fetchAdd(1); throw new Error("no"); });
        s.spawn(() => { n.fetchAdd(1); });
      });
    } catch (error) { console.log((error as Error).name, n.load()); }
  `,
    verdict: "ok",
    outputs: ["PanicError 2"],
    executions: 2,
  },
  "jobs of a pool": {
    text: `console.log(std.parallelMap([1, 2, 3], (n) => n * n, { threads: 2 }).join(" "));`,
    verdict: "ok",
    outputs: ["1 4 9"],
  },
  "a park whose patience may end": {
    text: `
      const flag = new std.AtomicBool(false);
      const parked = std.spawn(() => { std.park(10); return flag.load(); });
      flag.store(true);
      parked.thread.unpark();
      console.log(parked.join());
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["true", "false"],
  },
  "a thread of a thread, which nobody joins": {
    text: `
      const n = new std.AtomicI32(0);
      const thread = std.spawn(() => { std.spawn(() => { n.fetchAdd(1); }); return n.load(); });
      console.log(thread.join(), n.load());
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1 1", "0 0", "0 1"],
    executions: 3,
  },
  "a join with patience comes too early, or in time": {
    text: `
      const other = std.spawn(() => 1);
      console.log(other.joinFor(10).done);
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["false", "true"],
  },
  "unparking is a meeting": {
    text: `
      const sleeper = std.spawn(() => { std.park(); });
      sleeper.thread.unpark();
      sleeper.join();
    `,
    verdict: "ok",
    findings: [],
  },
  "a thread that ends the program comes before or after what others do": {
    text: `
      std.spawn(() => { process.exit(0); });
      console.log("here");
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["", "here"],
  },
};
