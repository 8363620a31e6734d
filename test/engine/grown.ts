/**
 * Grows small concurrent programs from a list of numbers: whatever the list, the program compiles, never runs for ever, and
 * prints what it sees. It may well be stuck, panic or lose an update. Two or three threads contend for the same few locks,
 * conditions, channels, atomics and shared variables, so that what one does is seen by the others more often than not.
 */

/** Where a statement stands. */
interface Place {
  /** The thread's own name, for what it prints. */
  readonly thread: string;
  readonly depth: number;
  /** A guard in scope, with the number of its lock. */
  readonly guard: { readonly name: string; readonly lock: number } | undefined;
  /** A number in scope. */
  readonly number: string;
  /** Names of the thread's own ends of the channel; a nested thread has none. */
  readonly ends: { readonly sender: string; readonly receiver: string } | undefined;
}

const HEAD = `// @threadloom
import {
  AtomicI32, AtomicRef, channel, Condvar, label, Mutex, otherwise, PanicError, scope, select, sleep, spawn, syncChannel,
  ThreadLocal, timeout, yieldNow,
} from "threadloom:std";
import { ConcurrentMap, ConcurrentQueue, ConcurrentStack, StripedCounter } from "threadloom:collections";
const locks = [new Mutex(0), new Mutex({ list: [] as number[], n: 0 })] as const;
const condition = new Condvar();
const atomic = new AtomicI32(0);
const there = new AtomicI32(0);
type Node = { readonly n: number; readonly next: Node | undefined };
const head = new AtomicRef<Node | undefined>(undefined);
const own = new ThreadLocal(() => ({ n: atomic.load() }));
const map = new ConcurrentMap<number | Node, number>();
const queue = new ConcurrentQueue<number[]>(2);
const stack = new ConcurrentStack<Node | undefined>();
const sum = new StripedCounter();
/** @shared */ let plain = 0;
/** @shared */ const state = { n: 0, list: [1], on: false };
function told(error: unknown): string {
  return error instanceof PanicError ? "panic " + told(error.cause) : error instanceof Error ? error.name + " " + error.message : String(error);
}
class Account {
  #sum = 0;
  constructor(public readonly name: string) { plain = plain + 1; }
  add(n: number): number { const before = atomic.fetchAdd(n); this.#sum += n; return before; }
  get sum(): number { return this.#sum + atomic.load(); }
}
/** Real threads take their time to start: nobody goes on before all are there. */
function begin(threads: number): void {
  if (there.fetchAdd(1) === threads - 1) there.notify();
  for (let seen = there.load(); seen < threads; seen = there.load()) there.wait(seen);
}
function again(n: number, each: (n: number) => void): number {
  if (n <= 0) return 0;
  each(n);
  return 1 + again(n - 1, each);
}
`;

const CHANNELS = ["channel<number>()", "syncChannel<number>(1)", "syncChannel<number>(0)"];

export function growContention(numbers: readonly number[]): string {
  let next = 0;
  let end = numbers.length;
  let names = 0;
  const pick = (n: number): number => (next < end ? numbers[next++] : 0) % n;
  const one = <T>(items: readonly T[]): T => items[pick(items.length)];
  const isSpent = (): boolean => next >= end;
  const name = (prefix: string): string => `${prefix}${++names}`;

  const value = (place: Place): string =>
    one([
      String(pick(9)),
      place.number,
      "plain",
      "state.n",
      "atomic.load()",
      "state.list.length",
      ...(place.guard === undefined ? [] : [held(place.guard)]),
    ]);
  const held = ({ name: guard, lock }: NonNullable<Place["guard"]>): string =>
    lock === 0 ? `${guard}.value` : one([`${guard}.value.n`, `${guard}.value.list.length`]);
  const says = (place: Place, what: string): string => `console.log("${place.thread}", ${what});`;

  const shares = (n: string): string =>
    one([
      `head.store({ n: ${n}, next: head.load() });`,
      `map.set(${n} % 3, ${n});`,
      `{ const top = head.load(); if (top !== undefined) map.set(top, ${n}); }`,
      `queue.push([${n}]);`,
      "stack.push(head.load());",
      `sum.add(Math.trunc(${n}) || 0);`,
      `own.get().n += ${n};`,
    ]);
  const asks = (n: string): string =>
    one([
      "head.load()?.next?.n",
      "((top) => head.compareExchange(top, top?.next) === top)(head.load())",
      "head.swap(undefined)?.n",
      `map.get(${n} % 3), map.size`,
      `map.delete(${n} % 3)`,
      `map.getOrInsert(${n} % 3, () => plain)`,
      "map.get(head.load() ?? 0)",
      "String(queue.pop()), queue.size",
      "((top) => top === head.load())(stack.pop())",
      "sum.sum()",
      "own.get().n",
    ]);

  const block = (place: Place): string => {
    const count = 1 + pick(3);
    const lines = Array.from({ length: count }, () =>
      statement({ ...place, depth: place.depth + 1 }),
    );
    return `{\n${lines.join("\n")}\n}`;
  };

  const guarded = (place: Place, open: (guard: string, lock: number) => string): string => {
    const guard = name("guard");
    const lock = pick(2);
    const opened = open(guard, lock);
    const within = block({ ...place, guard: { name: guard, lock } });
    return opened.replace("BLOCK", () => within);
  };

  const selection = (place: Place, { sender, receiver }: NonNullable<Place["ends"]>): string => {
    const cases = [
      `${sender}.case(${value(place)}, () => "sent")`,
      `${receiver}.case((m) => "got " + JSON.stringify(m))`,
      `${sender}2.case(${value(place)}, () => "sent 2")`,
      `${receiver}2.case((m) => "got 2 " + JSON.stringify(m))`,
      'timeout(1, () => "late")',
      'otherwise(() => "none")',
    ];
    const chosen = Array.from({ length: 1 + pick(3) }, () => one(cases));
    return `select([${chosen.join(", ")}]${one(["", ", { biased: true }"])})`;
  };

  const statement = (place: Place): string => {
    const simple = place.depth > 4 || isSpent();
    switch (pick(simple ? 16 : 34)) {
      case 0:
        return "plain++;";
      case 1:
        return `plain = ${value(place)};`;
      case 2:
        return `state.n += ${value(place)};`;
      case 3:
        return one([`state.list.push(${value(place)});`, "state.on = !state.on;"]);
      case 4:
        return says(place, value(place));
      case 5:
        return one([
          `atomic.fetchAdd(${value(place)});`,
          `atomic.store(${value(place)});`,
          shares(value(place)),
        ]);
      case 6:
        return says(
          place,
          one([`atomic.compareExchange(${value(place)}, ${value(place)})`, asks(value(place))]),
        );
      case 7:
        return one(["yieldNow();", `sleep(${pick(3) / 4});`]);
      case 8:
        return one(["condition.notifyOne();", "condition.notifyAll();", "atomic.notify();"]);
      case 9:
        return place.ends === undefined
          ? "plain--;"
          : `${place.ends.sender}.trySend(${value(place)});`;
      case 10:
        return place.ends === undefined
          ? "yieldNow();"
          : says(place, `${place.ends.receiver}.tryRecv().kind`);
      case 11:
        return place.ends === undefined
          ? "state.n--;"
          : one([
              `${place.ends.sender}.send(${value(place)});`,
              says(place, `${place.ends.sender}.sendFor(${value(place)}, ${pick(2)})`),
            ]);
      case 12:
        return place.ends === undefined
          ? "atomic.fetchSub(1);"
          : one([
              says(place, `${place.ends.receiver}.recv()`),
              says(place, `JSON.stringify(${place.ends.receiver}.recvFor(${pick(2)}))`),
              says(place, selection(place, place.ends)),
            ]);
      case 13: {
        if (place.guard === undefined) return says(place, "plain");
        const { name: guard, lock } = place.guard;
        return lock === 0
          ? `${guard}.value += 1;`
          : `${guard}.value.list.push(++${guard}.value.n);`;
      }
      case 14: {
        if (place.guard === undefined)
          return says(place, `atomic.wait(${value(place)}, ${pick(2)})`);
        const { name: guard } = place.guard;
        return one([
          `condition.wait(${guard});`,
          says(place, `condition.waitFor(${guard}, ${pick(2)})`),
        ]);
      }
      case 15:
        return one([
          says(place, "Date.now(), Math.random(), performance.now()"),

          `label("${place.thread}");`,
          `if (${value(place)} % 5 === 4) throw new Error("boom");`,
        ]);
      case 16:
      case 17:
      case 18:
      case 19:
        return guarded(place, (guard, lock) => `{ using ${guard} = locks[${lock}].lock(); BLOCK }`);
      case 20:
        return guarded(
          place,
          (guard, lock) =>
            `{ const ${guard} = locks[${lock}].tryLock(); if (${guard} === undefined) ${says(place, '"refused"')} else { BLOCK ${guard}.unlock(); } }`,
        );
      case 21:
        return guarded(
          place,
          (guard, lock) =>
            `{ const ${guard} = locks[${lock}].lockFor(${pick(2)}); if (${guard} !== undefined) { try BLOCK finally { ${guard}.unlock(); } } }`,
        );
      case 22:
      case 23: {
        const i = name("i");
        return `for (let ${i} = 0; ${i} < ${1 + pick(3)}; ${i}++) ${block({ ...place, number: i })}`;
      }
      case 24:
        return `try ${block(place)} catch (error) { ${says(place, "told(error)")} }`;
      case 25:
        return `try ${block(place)} finally ${block(place)}`;
      case 26:
        return `if (${value(place)} > ${value(place)}) ${block(place)} else ${block(place)}`;
      case 27: {
        const f = name("f");
        const n = name("n");
        return `const ${f} = (${n}: number): void => ${block({ ...place, number: n })};\n${f}(${value(place)});`;
      }
      case 28: {
        const n = name("n");
        return says(place, `again(${1 + pick(3)}, (${n}) => ${block({ ...place, number: n })})`);
      }
      case 29: {
        const n = name("n");
        const method = one(["forEach", "map", "filter", "some"]);
        return `[${value(place)}, 2].${method}((${n}) => ${block({ ...place, number: n })});`;
      }
      case 30: {
        const account = name("account");
        return `const ${account} = new Account("${account}");\n${says(place, `${account}.add(${value(place)}), ${account}.sum`)}`;
      }
      case 31: {
        const n = name("n");
        const numbers = name("numbers");
        return `const ${numbers} = function* () { yield ${value(place)}; yield plain++; };\nfor (const ${n} of ${numbers}()) ${block({ ...place, number: n })}`;
      }
      case 32:
        return `scope((s) => { s.spawn(() => ${block(inner(place, `${place.thread}s`))}); ${says(place, value(place))} });`;
      default: {
        const child = name("child");
        const body = block(inner(place, child));
        return `const ${child} = spawn(() => ${body});\n${one([`${child}.join();`, says(place, `${child}.joinFor(1).done`), ""])}`;
      }
    }
  };

  const inner = (place: Place, thread: string): Place => ({
    ...place,
    ...{ thread, guard: undefined, ends: undefined, number: "1", depth: place.depth + 1 },
  });

  const threads = 2 + pick(2);
  const share = Math.floor((numbers.length - 1) / (threads + 1));
  /** So that one thread does not take all the numbers. */
  const takeShare = (index: number): void => {
    next = 1 + index * share;
    end = next + share;
  };
  takeShare(threads);
  const second = CHANNELS[numbers.length % CHANNELS.length];
  const made = `const [sender, receiver] = ${one(CHANNELS)};\nconst [sender2, receiver2] = ${second};`;
  const bodies = Array.from({ length: threads }, (_, index) => {
    takeShare(index);
    const thread = `t${index + 1}`;
    const ends = { sender: `${thread}Sender`, receiver: `${thread}Receiver` };
    const place = { thread, depth: 0, guard: undefined, number: "0", ends };
    return (
      `const ${ends.sender} = sender.clone(), ${ends.receiver} = receiver.clone();\n` +
      `const ${ends.sender}2 = sender2.clone(), ${ends.receiver}2 = receiver2.clone();\n` +
      `const ${thread} = spawn(() => { begin(${threads}); ${block(place)} }, { name: "${thread}" });`
    );
  });
  const ends = { sender: "sender", receiver: "receiver" };
  const main = { thread: "main", depth: 2, guard: undefined, number: "0", ends };
  takeShare(threads);
  pick(CHANNELS.length);
  const mains = Array.from({ length: pick(3) }, () => statement(main));
  const joins = bodies.map(
    (_, index) => `try { t${index + 1}.join(); } catch (error) { console.log(told(error)); }`,
  );
  return [
    HEAD,
    made,
    ...bodies,
    ...mains,
    pick(2) === 0 ? "sender.drop();\nsender2.drop();" : "",
    ...joins,
    `console.log(plain, state.n, state.on, state.list.join(), atomic.load());`,
    "",
  ].join("\n");
}
