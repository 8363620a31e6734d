/** `threadloom:collections` between threads. */
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();

/** With the names of the collections at hand. */
const prints = (text: string, expected: readonly string[]): Promise<void> =>
  programs.prints(
    `import * as std from "threadloom:std";
     import { ConcurrentMap, ConcurrentQueue, ConcurrentStack, StripedCounter } from "threadloom:collections";
     ${text}`,
    expected,
  );

test("a map has what was set last, by whichever thread", () =>
  prints(
    `const map = new ConcurrentMap<string, number[]>();
     console.log(map.get("a"), map.set("a", [1]), map.get("a"), map.size);
     console.log(std.spawn(() => [map.set("a", [2]), map.set("b", []), map.delete("c")].join("|")).join());
     console.log(map.get("a"), map.delete("a"), map.get("a"), map.delete("a"), map.size);`,
    ["undefined undefined [ 1 ] 1", "1||false", "[ 2 ] true undefined false 1"],
  ));

test("primitive keys are the same as in JavaScript's Map", () =>
  prints(
    `const map = new ConcurrentMap<unknown, number>(), plain = new Map<unknown, number>();
     const keys = [0, -0, NaN, 1, "1", 1n, 10n ** 30n, "é", "", undefined, null, true, false, Symbol.for("s"), 0.5, Infinity];
     for (const [i, key] of keys.entries()) { map.set(key, i); plain.set(key, i); }
     console.log(map.size === plain.size, std.spawn(() => keys.map((key) => map.get(key)).join()).join() === keys.map((key) => plain.get(key)).join());
     console.log(keys.filter((key) => map.delete(key)).length === plain.size, map.size);`,
    ["true true", "true 0"],
  ));

test("many keys go in and out as in JavaScript's Map", () =>
  prints(
    `const map = new ConcurrentMap<number | string, number>(), plain = new Map<number | string, number>();
     let seed = 1;
     const next = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
     let same = true;
     for (let i = 0; i < 3000; i++) {
       const n = next(200), key = n % 2 ? n : "k" + n;
       if (next(3) === 0) same &&= map.delete(key) === plain.delete(key);
       else { same &&= map.set(key, i) === plain.get(key); plain.set(key, i); }
       same &&= map.size === plain.size;
     }
     console.log(same, [...plain].every(([key, value]) => map.get(key) === value));`,
    ["true true"],
  ));

test("an object is a key by identity, in every thread, and is frozen by being inserted", () =>
  prints(
    `const map = new ConcurrentMap<object, string>(), lock = new std.Mutex(0);
     const a = { n: 1 }, b = { n: 1 };
     console.log(map.get(a), Object.isFrozen(a), map.set(a, "a"), Object.isFrozen(a), map.get(a), map.get(b));
     map.set(lock, "lock");
     console.log(std.spawn(() => [map.get(a), map.get({ n: 1 }), map.get(lock), map.set(a, "A"), map.size].join()).join(), map.get(a));`,
    ["undefined false undefined true a undefined", "a,,lock,a,2 A"],
  ));

test("values are copies, but for published objects, which stay what they are", () =>
  prints(
    `const map = new ConcurrentMap<string, { n: number }>();
     const mine = { n: 1 };
     map.set("a", mine);
     mine.n = 2;
     console.log(map.get("a"), map.get("a") === map.get("a"));
     const shared = new std.AtomicRef({ n: 3 });
     map.set("b", shared.load());
     console.log(std.spawn(() => map.get("b") === shared.load()).join());`,
    ["{ n: 1 } false", "true"],
  ));

test("whoever asks for what is not there makes it, and all get the one that was inserted", () =>
  prints(
    `const map = new ConcurrentMap<string, { by: number }>(), gate = new std.Barrier(3);
     const hs = [1, 2, 3].map((by) => std.spawn(() => map.getOrInsert("it", () => { gate.wait(); return { by }; }).by));
     const all = hs.map((h) => h.join());
     console.log(new Set(all).size, map.get("it")!.by === all[0], map.getOrInsert("it", () => { throw new Error("never"); }).by === all[0]);
     try { map.getOrInsert("other", () => { throw new Error("no"); }); } catch (error: any) { console.log(error.message, map.size); }
     console.log(map.getOrInsert("nothing", () => undefined as any), map.size, map.getOrInsert("nothing", () => ({ by: 1 })));`,
    ["1 true true", "no 1", "undefined 2 undefined"],
  ));

test("what a map cannot hold is refused, and nothing is in it", () =>
  prints(
    `const map = new ConcurrentMap<any, any>(), [tx, rx] = std.channel<number>();
     const tries = [() => map.set("a", tx), () => map.set(tx, 1), () => map.set("a", Promise.resolve() as any), () => map.set(new Map(), 1), () => map.set(Symbol("own"), 1), () => map.getOrInsert("a", 1 as any)];
     for (const t of tries) { try { t(); console.log("set"); } catch (error: any) { console.log(error.name); } }
     tx.send(1);
     console.log(map.size, rx.recv());`,
    [
      "NotSendError",
      "NotSendError",
      "NotSendError",
      "NotSendError",
      "NotSendError",
      "TypeError",
      "0 1",
    ],
  ));

test("a queue gives what was put in first, refuses when it is full, and is never waited for", () =>
  prints(
    `const queue = new ConcurrentQueue<string>(2);
     console.log(queue.pop(), queue.push("a"), queue.push("b"), queue.push("c"), queue.size);
     console.log(std.spawn(() => [queue.pop(), queue.push("d"), queue.pop(), queue.pop(), queue.pop()].join()).join(), queue.size);`,
    ["undefined true true false 2", "a,true,b,d, 0"],
  ));

test("each thing that is put into a queue is taken out once", () =>
  prints(
    `const queue = new ConcurrentQueue<number>(), done = new std.AtomicI32(0);
     const makers = [0, 1].map((m) => std.spawn(() => { for (let i = 0; i < 300; i++) queue.push(m * 1000 + i); done.fetchAdd(1); }));
     const takers = [0, 1].map(() => std.spawn(() => {
       const got: number[] = [];
       for (;;) { const over = done.load() === 2, n = queue.pop(); if (n !== undefined) got.push(n); else if (over) return got; else std.yieldNow(); }
     }));
     for (const m of makers) m.join();
     const all = takers.map((t) => t.join());
     const inOrder = all.every((got) => [0, 1].every((m) => { const own = got.filter((n) => Math.floor(n / 1000) === m); return own.every((n, i) => i === 0 || own[i - 1]! < n); }));
     console.log(all.flat().length, new Set(all.flat()).size, inOrder);`,
    ["600 600 true"],
  ));

test("a channel's end moves through a queue and a stack, and stays where it is refused", () =>
  prints(
    `const queue = new ConcurrentQueue<std.Sender<string>>(1), stack = new ConcurrentStack<std.Sender<string>>();
     const [tx, rx] = std.channel<string>();
     const other = tx.clone(), third = tx.clone();
     console.log(queue.push(tx), queue.push(other));
     stack.push(third);
     try { tx.send("?"); } catch (error: any) { console.log(error.name); }
     other.send("still mine");
     other.drop();
     std.spawn(() => { queue.pop()!.send("by queue"); stack.pop()!.send("by stack"); }).join();
     console.log([...rx].join());`,
    ["true false", "MovedError", "still mine,by queue,by stack"],
  ));

test("a stack gives what was put on it last", () =>
  prints(
    `const stack = new ConcurrentStack<number[]>();
     stack.push([1]); stack.push([2]);
     console.log(std.spawn(() => [stack.pop(), stack.pop(), stack.pop()].join("|")).join(), stack.pop());
     const hs = [0, 1, 2].map((t) => std.spawn(() => { let sum = 0; for (let i = 1; i <= 100; i++) { stack.push([t * 100 + i]); if (i % 2) sum += stack.pop()![0]!; } return sum; }));
     let sum = 0;
     for (const h of hs) sum += h.join();
     for (let top = stack.pop(); top !== undefined; top = stack.pop()) sum += top[0]!;
     console.log(sum);`,
    ["2|1| undefined", "45150"],
  ));

test("a counter has the sum of all that was added, over the bounds of words too", () =>
  prints(
    `const counter = new StripedCounter();
     const hs = [1, -3, 2 ** 33].map((n) => std.spawn(() => { for (let i = 0; i < 50; i++) counter.add(n); }));
     for (const h of hs) h.join();
     counter.add();
     console.log(counter.sum() === 50 * (1 - 3 + 2 ** 33) + 1, new StripedCounter().sum());
     for (const bad of [0.5, NaN, "1", 2 ** 60]) { try { counter.add(bad as any); } catch (error: any) { console.log(error.name); } }`,
    ["true 0", "TypeError", "TypeError", "TypeError", "TypeError"],
  ));

test("what is no capacity is refused", () =>
  prints(
    `for (const bad of [0, -1, 1.5, NaN, "2"]) { try { new ConcurrentQueue(bad as any); console.log("made"); } catch (error: any) { console.log(error.name); } }`,
    ["RangeError", "RangeError", "RangeError", "RangeError", "RangeError"],
  ));

test("a collection is shown by its name", () =>
  prints(
    `const map = new ConcurrentMap(), queue = new ConcurrentQueue(), stack = new ConcurrentStack(), sum = new StripedCounter();
     console.log(map, queue, stack, sum);`,
    ["ConcurrentMap(map) ConcurrentQueue(queue) ConcurrentStack(stack) StripedCounter(sum)"],
  ));
