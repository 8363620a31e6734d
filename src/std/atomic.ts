/** `AtomicI32`, `AtomicI64`, `AtomicBool`: each method is one operation of `objects/atomic.ts`. */
import type { Address, Milliseconds } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { atomic, AtomicOperation, AtomicWord, WaitResult } from "../objects/atomic.ts";
import { NodeWord } from "../objects/waiters.ts";
import { duration } from "./duration.ts";
import { text } from "./errors.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

function checked(value: unknown, type: "number" | "bigint" | "boolean", operation: string): void {
  const fits = typeof value === type && (type !== "number" || Number.isInteger(value));
  if (fits) return;
  const expected = { number: "a whole number", bigint: "a bigint", boolean: "a boolean" }[type];
  throw new TypeError(
    text(RUNTIME_MESSAGES.notAnInteger, { operation, expected, value: String(value) }),
  );
}

export class AtomicI32 {
  readonly #at: Address;

  constructor(value = 0) {
    checked(value, "number", "AtomicI32");
    this.#at = adoptedObject() || engine.create(atomic, value | 0);
    remember(this.#at, this);
  }

  load(): number {
    return engine.perform(this.#at, AtomicOperation.LOAD);
  }

  store(value: number): void {
    this.#change(AtomicOperation.STORE, value, "store");
  }

  swap(value: number): number {
    return this.#change(AtomicOperation.SWAP, value, "swap");
  }

  fetchAdd(n: number): number {
    return this.#change(AtomicOperation.ADD, n, "fetchAdd");
  }

  fetchSub(n: number): number {
    return this.#change(AtomicOperation.SUB, n, "fetchSub");
  }

  fetchAnd(n: number): number {
    return this.#change(AtomicOperation.AND, n, "fetchAnd");
  }

  fetchOr(n: number): number {
    return this.#change(AtomicOperation.OR, n, "fetchOr");
  }

  fetchXor(n: number): number {
    return this.#change(AtomicOperation.XOR, n, "fetchXor");
  }

  compareExchange(expected: number, replacement: number): number {
    checked(expected, "number", "compareExchange");
    checked(replacement, "number", "compareExchange");
    engine.low = replacement | 0;
    engine.high = 0;
    return engine.perform(this.#at, AtomicOperation.COMPARE_EXCHANGE, expected | 0);
  }

  wait(expected: number, timeout = Infinity): "ok" | "not-equal" | "timed-out" {
    checked(expected, "number", "wait");
    const limit: Milliseconds = duration(timeout, "wait");
    const { node, words } = engine;
    words[node + NodeWord.STATE] = 0;
    const result = engine.performFor(this.#at, AtomicOperation.WAIT, expected | 0, node, limit);
    if (result === WaitResult.OK) return "ok";
    return result === WaitResult.NOT_EQUAL ? "not-equal" : "timed-out";
  }

  notify(count = Infinity): number {
    const most = Math.min(Math.max(0, Math.trunc(count)), 0x7fff_ffff);
    return engine.perform(this.#at, AtomicOperation.NOTIFY, most);
  }

  get [crossing](): Crossing {
    return { kind: "AtomicI32", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `AtomicI32(${engine.nameOf(this.#at)} = ${engine.words[this.#at + AtomicWord.LOW]})`;
  }

  #change(operation: number, value: number, name: string): number {
    checked(value, "number", name);
    return engine.perform(this.#at, operation, value | 0);
  }
}

const wide = new BigInt64Array(1);
const wideHalves = new Int32Array(wide.buffer);

function join(low: number, high: number): bigint {
  wideHalves[0] = low;
  wideHalves[1] = high;
  return wide[0];
}

export class AtomicI64 {
  readonly #at: Address;

  constructor(value = 0n) {
    checked(value, "bigint", "AtomicI64");
    const adopted = adoptedObject();
    wide[0] = value;
    this.#at = adopted || engine.create(atomic, wideHalves[0], wideHalves[1]);
    if (adopted === 0) engine.words[this.#at + AtomicWord.WIDE] = 1;
    remember(this.#at, this);
  }

  load(): bigint {
    return this.#perform(AtomicOperation.LOAD, 0n, "load");
  }

  store(value: bigint): void {
    this.#perform(AtomicOperation.STORE, value, "store");
  }

  swap(value: bigint): bigint {
    return this.#perform(AtomicOperation.SWAP, value, "swap");
  }

  fetchAdd(n: bigint): bigint {
    return this.#perform(AtomicOperation.ADD, n, "fetchAdd");
  }

  fetchSub(n: bigint): bigint {
    return this.#perform(AtomicOperation.SUB, n, "fetchSub");
  }

  compareExchange(expected: bigint, replacement: bigint): bigint {
    checked(replacement, "bigint", "compareExchange");
    wide[0] = replacement;
    engine.low = wideHalves[0]!;
    engine.high = wideHalves[1]!;
    return this.#perform(AtomicOperation.COMPARE_EXCHANGE, expected, "compareExchange");
  }

  get [crossing](): Crossing {
    return { kind: "AtomicI64", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    const { words } = engine;
    const value = join(words[this.#at + AtomicWord.LOW], words[this.#at + AtomicWord.HIGH]);
    return `AtomicI64(${engine.nameOf(this.#at)} = ${value}n)`;
  }

  #perform(operation: number, value: bigint, name: string): bigint {
    checked(value, "bigint", name);
    wide[0] = value;
    const low = engine.perform(this.#at, operation, wideHalves[0], wideHalves[1]);
    return join(low, engine.high);
  }
}

export class AtomicBool {
  readonly #at: Address;

  constructor(value = false) {
    checked(value, "boolean", "AtomicBool");
    this.#at = adoptedObject() || engine.create(atomic, value ? 1 : 0);
    remember(this.#at, this);
  }

  load(): boolean {
    return engine.perform(this.#at, AtomicOperation.LOAD) === 1;
  }

  store(value: boolean): void {
    checked(value, "boolean", "store");
    engine.perform(this.#at, AtomicOperation.STORE, value ? 1 : 0);
  }

  swap(value: boolean): boolean {
    checked(value, "boolean", "swap");
    return engine.perform(this.#at, AtomicOperation.SWAP, value ? 1 : 0) === 1;
  }

  compareExchange(expected: boolean, replacement: boolean): boolean {
    checked(expected, "boolean", "compareExchange");
    checked(replacement, "boolean", "compareExchange");
    engine.low = replacement ? 1 : 0;
    engine.high = 0;
    return engine.perform(this.#at, AtomicOperation.COMPARE_EXCHANGE, expected ? 1 : 0) === 1;
  }

  get [crossing](): Crossing {
    return { kind: "AtomicBool", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `AtomicBool(${engine.nameOf(this.#at)} = ${engine.words[this.#at + AtomicWord.LOW] === 1})`;
  }
}

crosses("AtomicI32", "shared", (object) => adopt(object, () => new AtomicI32()));
crosses("AtomicI64", "shared", (object) => adopt(object, () => new AtomicI64()));
crosses("AtomicBool", "shared", (object) => adopt(object, () => new AtomicBool()));
