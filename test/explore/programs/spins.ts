/** Waiting by looking again and again. */
import type { ExpectedProgram } from "./expected.ts";

export const SPINS: Readonly<Record<string, ExpectedProgram>> = {
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
  "a lock that is tried until it is had": {
    text: `
      const m = new std.Mutex(0);
      const body = () => {
        let guard;
        while ((guard = m.tryLock()) === undefined);
        guard.value++;
        guard.unlock();
      };
      const one = std.spawn(body);
      const other = std.spawn(body);
      one.join();
      other.join();
      using guard = m.lock();
      std.assert(guard.value === 2);
    `,
    verdict: "ok",
  },
  "a message that is tried for until it comes": {
    text: `
      const [tx, rx] = std.channel<number>();
      std.spawn(() => { tx.send(7); });
      while (rx.tryRecv().kind === "empty");
    `,
    verdict: "ok",
  },
};
