/** SEMANTICS, Primitives: mutexes, conditions and atomics between real threads. */
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const { prints } = new Programs();

/** Waits in a program until `condition` holds; what it needs to be seen is an operation. */
const UNTIL = `const until = (condition: () => boolean) => { while (!condition()) std.sleep(1); };`;

test("tryLock and lockFor give up on a lock that is held", () =>
  prints(
    `const m = new std.Mutex(1);
     const g = m.lock();
     console.log(std.spawn(() => [m.tryLock(), m.lockFor(5)].map(String).join()).join());
     g.unlock();
     console.log(m.tryLock()!.value);`,
    ["undefined,undefined", "1"],
  ));

test("lockFor takes a lock that comes free in time", () =>
  prints(
    `const m = new std.Mutex(1);
     const [tx, rx] = std.syncChannel<number>(0);
     const h = std.spawn(() => { const g = m.lock(); tx.send(1); std.sleep(20); g.unlock(); });
     rx.recv();
     const g = m.lockFor(60_000);
     console.log(g!.value);
     h.join();`,
    ["1"],
  ));

test("no update under a lock is lost", () =>
  prints(
    `const m = new std.Mutex({ n: 0 });
     const hs = Array.from({ length: 4 }, () => std.spawn(() => {
       for (let i = 0; i < 500; i++) { using g = m.lock(); g.value.n++; }
     }));
     for (const h of hs) h.join();
     console.log(m.lock().value.n);`,
    ["2000"],
  ));

test("everybody who waits for a lock that becomes poisoned is told", () =>
  prints(
    `${UNTIL}
     const m = new std.Mutex(0), waiting = new std.AtomicI32(0);
     const [go, mayGo] = std.syncChannel<number>(0);
     const holder = std.spawn(() => { using g = m.lock(); go.send(1); until(() => waiting.load() === 3); std.sleep(20); throw new Error("half-made"); });
     mayGo.recv();
     const hs = [0, 1, 2].map(() => std.spawn(() => {
       waiting.fetchAdd(1);
       try { m.lock(); return "locked"; } catch (error: any) { return error.name; }
     }));
     console.log(hs.map((h) => h.join()).join());
     try { holder.join(); } catch (error: any) { console.log(error.cause.message); }`,
    ["PoisonError,PoisonError,PoisonError", "half-made"],
  ));

test("a poisoned lock names the line where the exception passed, and is not held", () =>
  prints(
    `const m = new std.Mutex(0);
     try { std.spawn(() => { using g = m.lock(); throw new Error("x"); }).join(); } catch { /* expected */ }
     try { m.lock(); } catch (error: any) {
       console.log(error instanceof std.PoisonError, /program-\\d+\\.ts:4/.test(error.message));
       const g = error.recover(); g.value = 5; g.unlock();
     }
     console.log(m.isPoisoned, String(std.spawn(() => { try { return m.tryLock(); } catch (e: any) { return e.name; } }).join()));
     m.clearPoison();
     console.log(m.lock().value);`,
    ["true true", "true PoisonError", "5"],
  ));

test("a lock whose thread ended by an exception without using stays locked, not poisoned", () =>
  prints(
    `const m = new std.Mutex(0);
     try { std.spawn(() => { m.lock(); throw new Error("x"); }).join(); } catch { /* expected */ }
     console.log(m.isPoisoned, m.tryLock());`,
    ["false undefined"],
  ));

test("an exception caught inside the block does not poison, one that passes a function inside it neither", () =>
  prints(
    `const m = new std.Mutex(0);
     {
       using g = m.lock();
       try { throw new Error("caught here"); } catch { g.value = 1; }
     }
     try {
       const g = m.lock();
       try { throw new Error("x"); } finally { g.unlock(); }
     } catch { /* expected */ }
     console.log(m.isPoisoned, m.lock().value);`,
    ["false 1"],
  ));

test("a condition gives the lock up while it waits, and has it again afterwards", () =>
  prints(
    `const m = new std.Mutex(false), c = new std.Condvar();
     const h = std.spawn(() => { using g = m.lock(); while (!g.value) c.wait(g); return g.value; });
     { using g = m.lock(); g.value = true; }
     c.notifyOne();
     console.log(h.join());`,
    ["true"],
  ));

test("waitWhile sees each change, and stops when its condition does not hold any more", () =>
  prints(
    `const m = new std.Mutex(0), c = new std.Condvar();
     const h = std.spawn(() => { using g = m.lock(); c.waitWhile(g, (n) => n < 5); return g.value; });
     for (let i = 0; i < 5; i++) { { using g = m.lock(); g.value++; } c.notifyAll(); std.yieldNow(); }
     console.log(h.join());`,
    ["5"],
  ));

test("waitFor is false on a time-out and true when notified, and holds the lock either way", () =>
  prints(
    `const m = new std.Mutex(0), c = new std.Condvar();
     const g = m.lock();
     console.log(c.waitFor(g, 5), g.value);
     const h = std.spawn(() => { using g = m.lock(); g.value = 7; c.notifyOne(); });
     console.log(c.waitFor(g, 60_000), g.value);
     h.join();
     console.log(std.spawn(() => String(m.tryLock())).join());`,
    ["false 0", "true 7", "undefined"],
  ));

test("notifyAll wakes everybody, notifyOne one at a time", () =>
  prints(
    `${UNTIL}
     const m = new std.Mutex({ waiting: 0, woken: 0 }), c = new std.Condvar();
     const hs = [0, 1, 2].map(() => std.spawn(() => {
       using g = m.lock();
       g.value.waiting++;
       c.wait(g);
       g.value.woken++;
     }));
     const look = (key: "waiting" | "woken") => { using g = m.lock(); return g.value[key]; };
     until(() => look("waiting") === 3);
     c.notifyOne();
     until(() => look("woken") === 1);
     std.sleep(20);
     console.log(look("woken"));
     c.notifyAll();
     for (const h of hs) h.join();
     console.log(look("woken"));`,
    ["1", "3"],
  ));

test("a notification that nobody waits for is not kept", () =>
  prints(
    `const m = new std.Mutex(0), c = new std.Condvar();
     c.notifyOne(); c.notifyAll();
     const g = m.lock();
     console.log(c.waitFor(g, 5));`,
    ["false"],
  ));

test("a lock that is poisoned while somebody waits on a condition is not held afterwards", () =>
  prints(
    `const m = new std.Mutex(0), c = new std.Condvar();
     const [tx, rx] = std.syncChannel<number>(0);
     const h = std.spawn(() => {
       const g = m.lock();
       tx.send(1);
       try { c.wait(g); return "went on"; } catch (error: any) {
         try { g.value; } catch (again: any) { return error.name + " " + again.name; }
       }
     });
     rx.recv();
     try { std.spawn(() => { using g = m.lock(); throw new Error("x"); }).join(); } catch { /* expected */ }
     c.notifyOne();
     console.log(h.join(), m.isPoisoned);
     m.clearPoison();
     console.log(m.tryLock() !== undefined);`,
    ["PoisonError MovedError true", "true"],
  ));

test("a condition takes a live guard and nothing else", () =>
  prints(
    `const m = new std.Mutex(0), c = new std.Condvar();
     const g = m.lock();
     g.unlock();
     for (const guard of [g, undefined, {}] as any[]) {
       try { c.wait(guard); } catch (error: any) { console.log(error.name); }
     }`,
    ["MovedError", "TypeError", "TypeError"],
  ));

test("atomics: what each method gives, and wrap-around", () =>
  prints(
    `const n = new std.AtomicI32(2 ** 31 - 1);
     console.log(n.fetchAdd(1), n.load(), n.fetchSub(1), n.swap(12), n.fetchAnd(10), n.fetchOr(5), n.fetchXor(1), n.load());
     console.log(n.compareExchange(0, 1), n.load(), n.compareExchange(12, 1), n.load());
     const w = new std.AtomicI64(2n ** 63n - 1n);
     console.log(w.fetchAdd(1n), w.load(), w.fetchSub(1n), w.swap(1n << 40n), w.load());
     console.log(w.compareExchange(0n, 1n), w.compareExchange(1n << 40n, -5n), w.load());
     const b = new std.AtomicBool();
     console.log(b.load(), b.swap(true), b.compareExchange(true, false), b.compareExchange(true, true), b.load());`,
    [
      "2147483647 -2147483648 -2147483648 2147483647 12 8 13 12",
      "12 12 12 1",
      "9223372036854775807n -9223372036854775808n -9223372036854775808n 9223372036854775807n 1099511627776n",
      "1099511627776n 1099511627776n -5n",
      "false false true false false",
    ],
  ));

test("an atomic holds the least number that there is", () =>
  prints(
    `const n = new std.AtomicI32(-(2 ** 31));
     console.log(n.load(), n.fetchAdd(0), n.compareExchange(-(2 ** 31), 5), n.load());`,
    ["-2147483648 -2147483648 -2147483648 5"],
  ));

test("no atomic update is lost", () =>
  prints(
    `const n = new std.AtomicI32(0), w = new std.AtomicI64(0n);
     const hs = [0, 1, 2].map(() => std.spawn(() => { for (let i = 0; i < 2000; i++) { n.fetchAdd(1); w.fetchAdd(1n << 30n); } }));
     for (const h of hs) h.join();
     console.log(n.load(), w.load() >> 30n);`,
    ["6000 6000n"],
  ));

test("AtomicI32.wait blocks while the value is the expected one, until notified", () =>
  prints(
    `const n = new std.AtomicI32(0);
     console.log(n.wait(1), n.wait(0, 5), n.notify());
     const h = std.spawn(() => n.wait(0));
     while (n.notify(1) === 0) std.sleep(1);
     console.log(h.join());`,
    ["not-equal timed-out 0", "ok"],
  ));

test("atomics refuse what is no number of theirs", () =>
  prints(
    `const n = new std.AtomicI32(0) as any, w = new std.AtomicI64(0n) as any, b = new std.AtomicBool() as any;
     for (const use of [() => n.store("1"), () => n.fetchAdd(1.5), () => w.store(1), () => b.store(1), () => new std.AtomicI32(NaN)]) {
       try { use(); console.log("took it"); } catch (error: any) { console.log(error.name); }
     }
     n.store(2 ** 32 + 7);
     console.log(n.load(), w.load(), b.load());`,
    ["TypeError", "TypeError", "TypeError", "TypeError", "TypeError", "7 0n false"],
  ));

test("console.log shows handles by what they are, without an event", () =>
  prints(
    `const db = new std.Mutex(1), n = new std.AtomicI32(3);
     console.log(db, n, [new std.Condvar()].length);`,
    ["Mutex(db) AtomicI32(n = 3) 1"],
  ));
