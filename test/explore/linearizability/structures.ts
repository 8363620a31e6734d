/** Structures that threads share, right ones and wrong ones, as programs that ask for a check of them. */

/** What is checked, and what comes of it: the calls of the smallest history that nothing explains, in the order of invocations. */
interface Checked {
  readonly text: string;
  readonly verdict: "ok" | "assertion" | "deadlock" | "panic";
  /** `push(1) = undefined`, one a call; of a wrong one. */
  readonly history?: readonly string[];
}

const checked = (options: string, before = ""): string => `
import { linearizable } from "threadloom:check";
import { ConcurrentMap, ConcurrentQueue, ConcurrentStack, StripedCounter } from "threadloom:collections";
${before}
linearizable({ ${options} });
`;

const TREIBER = (pop: string): string => `
class Node { constructor(readonly value: number, readonly next: Node | null) {} }
class Stack {
  readonly top = new std.AtomicRef<Node | null>(null);
  push(value: number) {
    for (;;) {
      const top = this.top.load();
      if (this.top.compareExchange(top, new Node(value, top)) === top) return;
    }
  }
  ${pop}
}`;

const STACK_OPERATIONS = `
  create: () => new Stack(),
  operations: { push: (stack, n) => stack.push(n), pop: (stack) => stack.pop() },`;

export const RIGHT: Readonly<Record<string, Checked>> = {
  "an atomic counter": {
    verdict: "ok",
    text: checked(`create: () => new std.AtomicI32(0), operations: {
      increment: (counter) => counter.fetchAdd(1), read: (counter) => counter.load() }`),
  },
  "a map under a mutex": {
    verdict: "ok",
    text: checked(`create: () => new std.Mutex(new Map<number, number>()), operations: {
      get: (map, n) => { using guard = map.lock(); return guard.value.get(n); },
      add: (map, n) => { using guard = map.lock(); guard.value.set(n, (guard.value.get(n) ?? 0) + 1); },
      size: (map) => { using guard = map.lock(); return guard.value.size; } }`),
  },
  ConcurrentMap: {
    verdict: "ok",
    text: checked(`create: () => new ConcurrentMap<number, number>(), operations: {
      get: (map, n) => map.get(n), set: (map, n) => map.set(n, n), delete: (map, n) => map.delete(n),
      getOrInsert: (map, n) => map.getOrInsert(n, () => -n), size: (map) => map.size }`),
  },
  ConcurrentQueue: {
    verdict: "ok",
    text: checked(`create: () => new ConcurrentQueue<number>(2), operations: {
      push: (queue, n) => queue.push(n), pop: (queue) => queue.pop(), size: (queue) => queue.size }`),
  },
  ConcurrentStack: {
    verdict: "ok",
    text: checked(`create: () => new ConcurrentStack<number>(), operations: {
      push: (stack, n) => stack.push(n), pop: (stack) => stack.pop() }`),
  },
  "StripedCounter, by a plain counter": {
    verdict: "ok",
    text: checked(
      `create: () => new StripedCounter(), operations: {
      add: (counter, n) => counter.add(n), sum: (counter) => counter.sum() }, model: () => new Plain() as never`,
      `class Plain { #sum = 0; add(n: number) { this.#sum += n; } sum() { return this.#sum; } }`,
    ),
  },
  "Treiber's stack": {
    verdict: "ok",
    text: checked(
      STACK_OPERATIONS,
      TREIBER(`pop() {
      for (;;) {
        const top = this.top.load();
        if (top === null) return undefined;
        if (this.top.compareExchange(top, top.next) === top) return top.value;
      }
    }`),
    ),
  },
  "a channel, whose receive blocks": {
    verdict: "ok",
    text: checked(
      `create: () => new Blocking(), operations: {
      put: (queue, n) => queue.put(n), take: (queue) => queue.take() }`,
      `class Blocking {
        readonly items = new std.Mutex<number[]>([]);
        readonly filled = new std.Semaphore(0);
        put(n: number) { { using guard = this.items.lock(); guard.value.push(n); } this.filled.release(); }
        take() { this.filled.acquire(); using guard = this.items.lock(); return guard.value.shift(); }
      }`,
    ),
  },
  "what throws, throws in turn as well": {
    verdict: "ok",
    text: checked(`create: () => new std.AtomicI32(0), operations: {
      take: (tickets) => { if (tickets.fetchAdd(1) > 0) throw new RangeError("sold out"); return "a ticket"; } }`),
  },
};

export const WRONG: Readonly<Record<string, Checked>> = {
  "a counter that reads, then writes": {
    verdict: "assertion",
    history: ["increment() = undefined", "increment() = undefined", "read() = 1"],
    text: checked(`create: () => new std.AtomicI32(0), operations: {
      increment: (counter) => counter.store(counter.load() + 1), read: (counter) => counter.load() }`),
  },
  "a cell that is made twice": {
    verdict: "assertion",
    history: ["get() = 1", "get() = 2"],
    text: checked(
      `create: () => new Lazy(), operations: { get: (lazy) => lazy.get() }`,
      `class Lazy {
        readonly made = new std.AtomicI32(0);
        readonly value = new std.AtomicI32(0);
        get() { if (this.value.load() === 0) this.value.store(this.made.fetchAdd(1) + 1); return this.value.load(); }
      }`,
    ),
  },
  "a stack whose pop does not look again": {
    verdict: "assertion",
    history: ["push(1) = undefined", "pop() = 1", "pop() = 1"],
    text: checked(
      STACK_OPERATIONS,
      TREIBER(`pop() {
      const top = this.top.load();
      if (top === null) return undefined;
      this.top.store(top.next);
      return top.value;
    }`),
    ),
  },
  "a queue whose size is kept apart": {
    verdict: "assertion",
    history: ["push(1) = undefined", "size() = -1", "pop() = 1"],
    text: checked(
      `create: () => new Sized(), operations: {
      push: (queue, n) => queue.push(n), pop: (queue) => queue.pop(), size: (queue) => queue.count.load() }`,
      `class Sized {
        readonly items = new ConcurrentQueue<number>();
        readonly count = new std.AtomicI32(0);
        push(n: number) { this.items.push(n); this.count.fetchAdd(1); }
        pop() { const item = this.items.pop(); if (item !== undefined) this.count.fetchSub(1); return item; }
      }`,
    ),
  },
  "a register whose reads are each a moment old: sequentially consistent, and no more": {
    verdict: "assertion",
    history: ["write(1) = undefined", "read() = 0"],
    text: checked(
      `create: () => new Lagging(), operations: {
      write: (register, n) => register.write(n), read: (register) => register.read() }, model: () => new Plain() as never`,
      `class Plain { #value = 0; write(n: number) { this.#value = n; } read() { return this.#value; } }
      class Lagging {
        readonly shown = new std.AtomicI32(0);
        readonly written = new std.AtomicI32(0);
        write(n: number) { this.written.store(n); }
        read() { const shown = this.shown.load(); this.shown.store(this.written.load()); return shown; }
      }`,
    ),
  },
  "two locks, taken in either order": {
    verdict: "deadlock",
    text: checked(`create: () => ({ one: new std.Mutex(0), other: new std.Mutex(0) }), operations: {
      there: ({ one, other }) => { using first = one.lock(); using second = other.lock(); second.value += first.value; },
      back: ({ one, other }) => { using first = other.lock(); using second = one.lock(); second.value += first.value; } }`),
  },
};
