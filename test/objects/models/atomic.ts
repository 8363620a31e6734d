import type { ThreadId } from "../../../src/base/brand.ts";
import { AtomicOperation as Operation, WaitResult } from "../../../src/objects/atomic.ts";
import type { Call } from "../small-engine.ts";
import { whole } from "../subjects/atomic.ts";
import { type Model, WAITS } from "./model.ts";

const CHANGES: Readonly<Record<number, (before: bigint, by: bigint) => bigint>> = {
  [Operation.STORE]: (_, by) => by,
  [Operation.SWAP]: (_, by) => by,
  [Operation.ADD]: (before, by) => before + by,
  [Operation.SUB]: (before, by) => before - by,
  [Operation.AND]: (before, by) => before & by,
  [Operation.OR]: (before, by) => before | by,
  [Operation.XOR]: (before, by) => before ^ by,
};

/** A whole number that wraps around at 32 or 64 bits, and who waits for it to change. */
export class AtomicModel implements Model {
  readonly #bits: number;
  #value = 0n;
  #waiting: ThreadId[] = [];
  readonly #notified = new Set<ThreadId>();

  constructor(bits: 32 | 64) {
    this.#bits = bits;
  }

  perform(thread: ThreadId, call: Pick<Call, "operation" | "a" | "b" | "low" | "high">): unknown {
    const { operation, a } = call;
    const before = this.#value;
    const given = this.#number(a, call.b);
    switch (operation) {
      case Operation.LOAD:
        return this.#told(before);
      case Operation.COMPARE_EXCHANGE:
        if (before === given) this.#value = this.#number(call.low, call.high);
        return this.#told(before);
      case Operation.WAIT:
        if (this.#notified.delete(thread)) return WaitResult.OK;
        return this.#waiting.includes(thread) || before === BigInt(a)
          ? WAITS
          : WaitResult.NOT_EQUAL;
      case Operation.NOTIFY: {
        const woken = this.#waiting.splice(0, a);
        for (const one of woken) this.#notified.add(one);
        return woken.length;
      }
      default:
        this.#value = BigInt.asIntN(this.#bits, CHANGES[operation](before, given));
        return operation === Operation.STORE ? null : this.#told(before);
    }
  }

  waits(thread: ThreadId): void {
    if (!this.#waiting.includes(thread)) this.#waiting.push(thread);
  }

  givesUp(thread: ThreadId): unknown {
    this.#waiting = this.#waiting.filter((one) => one !== thread);
    return WaitResult.TIMED_OUT;
  }

  #number(low: number, high: number): bigint {
    return this.#bits === 64 ? whole(low, high) : BigInt(low);
  }

  #told(value: bigint): unknown {
    return this.#bits === 64 ? String(value) : Number(value);
  }
}
