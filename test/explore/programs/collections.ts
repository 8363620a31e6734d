/** Collections that threads share: what commutes is explored once. */
import type { ExpectedProgram } from "./expected.ts";

const IMPORTS = `import * as std from "threadloom:std";
      import { ConcurrentMap, ConcurrentQueue, ConcurrentStack, StripedCounter } from "threadloom:collections";
`;

export const COLLECTIONS: Readonly<Record<string, ExpectedProgram>> = {
  "three who set different keys": {
    text: `${IMPORTS}
      const map = new ConcurrentMap<string, number>();
      std.scope((s) => { for (const key of ["a", "b", "c"]) s.spawn(() => { map.set(key, 1); map.get(key); }); });
      std.assert(map.size === 3);
    `,
    verdict: "ok",
    executions: 1,
  },
  "two who set one key": {
    text: `${IMPORTS}
      const map = new ConcurrentMap<string, string>();
      const other = std.spawn(() => { map.set("k", "other"); });
      map.set("k", "main");
      other.join();
      console.log(map.get("k"));
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["main", "other"],
    executions: 2,
  },
  "two who look before they set": {
    text: `${IMPORTS}
      const counts = new ConcurrentMap<string, number>();
      const count = () => { counts.set("word", (counts.get("word") ?? 0) + 1); };
      const other = std.spawn(count);
      count();
      other.join();
      std.assert(counts.get("word") === 2);
    `,
    verdict: "assertion",
  },
  "two who make the same thing, of which one is kept": {
    text: `${IMPORTS}
      const map = new ConcurrentMap<string, number>();
      const made = new std.AtomicI32(0);
      const ask = () => map.getOrInsert("k", () => made.fetchAdd(1) + 1);
      const other = std.spawn(ask);
      const mine = ask();
      std.assert(mine === other.join() && map.size === 1);
      console.log(made.load());
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1", "2"],
  },
  "a size that is asked for while others insert": {
    text: `${IMPORTS}
      const map = new ConcurrentMap<number, number>();
      const other = std.spawn(() => { map.set(1, 1); map.set(1, 2); });
      console.log(map.size);
      other.join();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0", "1"],
    executions: 2,
  },
  "an object as a key, of two threads": {
    text: `${IMPORTS}
      const map = new ConcurrentMap<object, string>();
      const ref = new std.AtomicRef({ id: 1 });
      const other = std.spawn(() => map.set(ref.load(), "other"));
      const before = map.set(ref.load(), "main");
      std.assert([before, other.join()].filter((one) => one === undefined).length === 1);
    `,
    verdict: "ok",
  },
  "what an insertion publishes is no race": {
    text: `${IMPORTS}
      /** @shared */ let data = 0;
      const map = new ConcurrentMap<string, boolean>();
      /** @thread */ function writer() { data = 42; map.set("ready", true); }
      /** @thread */ function reader() { if (map.get("ready")) std.assert(data === 42); }
    `,
    verdict: "ok",
    executions: 2,
  },
  "what another key publishes is a race": {
    text: `${IMPORTS}
      /** @shared */ let data = 0;
      const map = new ConcurrentMap<string, boolean>();
      map.set("other", true);
      /** @thread */ function writer() { data = 42; map.set("ready", true); }
      /** @thread */ function reader() { if (map.get("other")) std.assert(data >= 0); }
    `,
    verdict: "race",
  },
  "an invariant on the size of a map": {
    text: `${IMPORTS}
      const map = new ConcurrentMap<string, number>();
      // @invariant map.size < 2 || map.get("a") === 1
      std.spawn(() => { map.set("a", 2); map.set("a", 1); });
      std.spawn(() => { map.set("b", 1); });
    `,
    verdict: "assertion",
  },
  "two who push, one who pops": {
    text: `${IMPORTS}
      const queue = new ConcurrentQueue<string>();
      std.scope((s) => { s.spawn(() => queue.push("a")); s.spawn(() => queue.push("b")); });
      console.log(queue.pop(), queue.pop(), queue.pop());
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["a b undefined", "b a undefined"],
    executions: 2,
  },
  "a push into a full queue": {
    text: `${IMPORTS}
      const queue = new ConcurrentQueue<number>(1);
      queue.push(1);
      const other = std.spawn(() => queue.pop());
      console.log(queue.push(2), other.join());
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["true 1", "false 1"],
    executions: 2,
  },
  "a worker that takes what is there, and gives up too early": {
    text: `${IMPORTS}
      const queue = new ConcurrentQueue<number>();
      const worker = std.spawn(() => { let sum = 0; for (let n = queue.pop(); n !== undefined; n = queue.pop()) sum += n; return sum; });
      queue.push(1);
      std.assert(worker.join() === 1);
    `,
    verdict: "assertion",
  },
  "pushes and pops of a stack": {
    text: `${IMPORTS}
      const stack = new ConcurrentStack<number>();
      std.scope((s) => { s.spawn(() => stack.push(1)); s.spawn(() => stack.push(2)); });
      std.assert(stack.pop()! + stack.pop()! === 3 && stack.pop() === undefined);
    `,
    verdict: "ok",
    executions: 2,
  },
  "three who add": {
    text: `${IMPORTS}
      const hits = new StripedCounter();
      std.scope((s) => { for (const n of [1, 2, 3]) s.spawn(() => { hits.add(n); hits.add(n); }); });
      std.assert(hits.sum() === 12);
    `,
    verdict: "ok",
    executions: 1,
  },
  "a sum between two additions": {
    text: `${IMPORTS}
      const hits = new StripedCounter();
      const other = std.spawn(() => { hits.add(); hits.add(); });
      console.log(hits.sum());
      other.join();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0", "1", "2"],
    executions: 3,
  },
  "each thread makes its own": {
    text: `${IMPORTS}
      const own = new std.ThreadLocal(() => ({ n: 0 }));
      const bump = () => ++own.get().n;
      const others = [std.spawn(bump), std.spawn(bump)];
      std.assert(bump() === 1 && others.every((other) => other.join() === 1));
    `,
    verdict: "ok",
    findings: ["nothing-concurrent"],
    executions: 1,
  },
  "thread-locals whose making waits for a lock": {
    text: `${IMPORTS}
      const numbers = new std.Mutex(0);
      const own = new std.ThreadLocal(() => { using guard = numbers.lock(); return ++guard.value; });
      const other = std.spawn(() => own.get());
      const mine = own.get();
      std.assert(mine + other.join() === 3);
      console.log(mine);
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1", "2"],
    executions: 2,
  },
};
