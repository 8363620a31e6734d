/**
 * One program that uses every primitive by one thread alone, and one for each that two threads fight for. They print what an
 * operation took, in nanoseconds, by the name that it has here.
 */

/** What the bodies use. Each is warm by the time it is measured, so that a lock's first allocation does not count. */
const NAMES = `
import {
  AtomicI32, AtomicI64, AtomicRef, Barrier, broadcast, channel, Condvar, Latch, Mutex, Once, OnceCell, oneshot, otherwise,
  RwLock, select, Semaphore, spawn, syncChannel, ThreadLocal, WaitGroup, watch,
} from "threadloom:std";
import { ConcurrentMap, ConcurrentQueue, ConcurrentStack, StripedCounter } from "threadloom:collections";

const mutex = new Mutex(0);
const rwlock = new RwLock(0);
const semaphore = new Semaphore(1);
const condvar = new Condvar();
const barrier = new Barrier(1);
const opened = new Latch(0);
const group = new WaitGroup();
const once = new Once();
once.call(() => {});
const cell = new OnceCell<number>();
cell.set(1);
const n32 = new AtomicI32();
const n64 = new AtomicI64();
const ref = new AtomicRef(0);
const own = new ThreadLocal(() => 0);
const [tx, rx] = channel<number>();
const [bounded, taking] = syncChannel<number>(1);
const everybody = broadcast<number>(4);
const subscriber = everybody.subscribe();
const [newest, shown] = watch(0);
const map = new ConcurrentMap<number, number>();
const queue = new ConcurrentQueue<number>(8);
const stack = new ConcurrentStack<number>();
const counter = new StripedCounter();
`;

/** What is done over and over, by the words for it. */
export const ALONE: Readonly<Record<string, string>> = {
  "Mutex: lock, add, unlock": "const guard = mutex.lock(); guard.value++; guard.unlock();",
  "RwLock: read, unlock": "rwlock.read().unlock();",
  "RwLock: write, add, unlock": "const guard = rwlock.write(); guard.value++; guard.unlock();",
  "Semaphore: acquire, release": "semaphore.acquire().forget(); semaphore.release();",
  "Condvar: notify nobody": "condvar.notifyOne();",
  "Barrier of one: wait": "barrier.wait();",
  "Latch: pass an open one": "opened.wait();",
  "WaitGroup: add, done": "group.add(); group.done();",
  "Once: call again": "once.call(() => {});",
  "OnceCell: get": "cell.get();",
  "AtomicI32: fetchAdd": "n32.fetchAdd(1);",
  "AtomicI64: fetchAdd": "n64.fetchAdd(1n);",
  "AtomicRef: compareExchange": "ref.compareExchange(i, i + 1);",
  "ThreadLocal: get": "own.get();",
  "channel: send, recv": "tx.send(i); rx.recv();",
  "syncChannel(1): send, recv": "bounded.send(i); taking.recv();",
  "oneshot: make, send, recv": "const [say, hear] = oneshot<number>(); say.send(i); hear.recv();",
  "broadcast to one: send, recv": "everybody.send(i); subscriber.recv();",
  "watch: send, get": "newest.send(i); shown.get();",
  "select: of an empty channel, or else": "select([rx.case(() => {}), otherwise(() => {})]);",
  "ConcurrentMap: set, get": "map.set(i & 15, i); map.get(i & 15);",
  "ConcurrentQueue: push, pop": "queue.push(i); queue.pop();",
  "ConcurrentStack: push, pop": "stack.push(i); stack.pop();",
  "StripedCounter: add": "counter.add();",
};

/** What two threads do against each other, as fast as they can. */
export const CONTENDED: Readonly<Record<string, string>> = {
  "Mutex: lock, add, unlock": ALONE["Mutex: lock, add, unlock"],
  "RwLock: read, unlock": ALONE["RwLock: read, unlock"],
  "Semaphore: acquire, release": ALONE["Semaphore: acquire, release"],
  "AtomicI32: fetchAdd": ALONE["AtomicI32: fetchAdd"],
  "ConcurrentMap: set, get": ALONE["ConcurrentMap: set, get"],
  "StripedCounter: add": ALONE["StripedCounter: add"],
};

/**
 * A function for each body, so that one is not compiled by what another does. A round's records fit into the ring, and the
 * pause lets the collector empty it; it is a busy one, since a core that slept begins at half its speed.
 */
export function alone(): string {
  const functions = Object.entries(ALONE).map(
    ([name, body]) => `
figures[${JSON.stringify(name)}] = (() => {
  const times: number[] = [];
  for (let round = 0; round < 24; round++) {
    const from = performance.now();
    while (performance.now() < from + 4);
    const began = performance.now();
    for (let i = 0; i < 1000; i++) { ${body} }
    if (round >= 12) times.push((performance.now() - began) * 1e6 / 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
})();`,
  );
  return `${NAMES}
const figures: Record<string, number> = {};
${functions.join("\n")}
console.log(JSON.stringify(figures));`;
}

/** Of two threads that begin each round together; nanoseconds an operation, whoever's it was. */
export function contended(name: string): string {
  return `${NAMES}
const both = new Barrier(2);
const threads = [0, 1].map(() => spawn(() => {
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    both.wait();
    const began = performance.now();
    for (let i = 0; i < 5000; i++) { ${CONTENDED[name]} }
    both.wait();
    if (round >= 4) times.push((performance.now() - began) * 1e6 / 10_000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}));
const [one, other] = threads.map((thread) => thread.join());
console.log(JSON.stringify({ ${JSON.stringify(name)}: Math.max(one, other) }));`;
}
