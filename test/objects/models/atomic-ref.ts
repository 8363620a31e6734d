import type { ThreadId } from "../../../src/base/brand.ts";
import { AtomicRefOperation as Operation } from "../../../src/objects/atomic-ref.ts";
import type { Call } from "../small-engine.ts";
import type { Model } from "./model.ts";

/** What a call's words say, in the terms of `valueSeen`. */
interface Seen {
  (low: number, high: number): unknown;
}

/** Whether two values are the same to `===`. */
const same = (one: unknown, other: unknown): boolean =>
  one !== "NaN" && String(one).replace("-0", "0") === String(other).replace("-0", "0");

/** A variable that holds one value. */
export class AtomicRefModel implements Model {
  readonly #seen: Seen;
  #value: unknown = "0";

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  perform(_: ThreadId, call: Pick<Call, "operation" | "a" | "b" | "low" | "high">): unknown {
    const { operation, a, b, low, high } = call;
    const before = this.#value;
    if (operation === Operation.STORE || operation === Operation.SWAP)
      this.#value = this.#seen(a, b);
    if (operation === Operation.COMPARE_EXCHANGE && same(before, this.#seen(a, b)))
      this.#value = this.#seen(low, high);
    return operation === Operation.STORE ? null : before;
  }

  givesUp(): never {
    throw new Error("nobody waits for a reference");
  }
}
