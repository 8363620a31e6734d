/** Collections as JavaScript has them. */
import type { ThreadId } from "../../../src/base/brand.ts";
import { CounterOperation } from "../../../src/objects/counter.ts";
import { MapOperation as Operation } from "../../../src/objects/map.ts";
import { QueueOperation } from "../../../src/objects/queue.ts";
import { StackOperation } from "../../../src/objects/stack.ts";
import type { Call } from "../small-engine.ts";
import { keySeen } from "../subjects/collections.ts";
import type { Marks, Model } from "./model.ts";

type Asked = Pick<Call, "operation" | "a" | "b" | "low" | "high">;

abstract class NobodyWaits {
  givesUp(): never {
    throw new Error("nobody waits for a collection");
  }
}

export class MapModel extends NobodyWaits implements Model {
  readonly #words: () => Int32Array;
  readonly #map = new Map<string, number>();

  constructor(words: () => Int32Array) {
    super();
    this.#words = words;
  }

  perform(thread: ThreadId, { operation, b }: Asked): unknown {
    const map = this.#map;
    if (operation === Operation.SIZE) return map.size;
    const key = keySeen(this.#words(), b);
    const before = map.get(key);
    switch (operation) {
      case Operation.GET:
        return before ?? null;
      case Operation.DELETE:
        return map.delete(key);
      case Operation.SET:
        map.set(key, 10 + thread);
        return before ?? 0;
      default:
        if (before === undefined) map.set(key, 10 + thread);
        return before ?? null;
    }
  }
}

export class QueueModel extends NobodyWaits implements Model {
  readonly #capacity: number;
  readonly #mark: Marks;
  readonly #queued: number[] = [];

  constructor(capacity: number, mark: Marks) {
    super();
    this.#capacity = capacity;
    this.#mark = mark;
  }

  perform(_: ThreadId, { operation, a }: Asked): unknown {
    switch (operation) {
      case QueueOperation.PUSH:
        if (this.#queued.length === this.#capacity) return 0;
        this.#queued.push(this.#mark(a));
        return 1;
      case QueueOperation.POP:
        return this.#queued.shift() ?? 0;
      default:
        return this.#queued.length;
    }
  }
}

export class StackModel extends NobodyWaits implements Model {
  readonly #mark: Marks;
  readonly #stack: number[] = [];

  constructor(mark: Marks) {
    super();
    this.#mark = mark;
  }

  perform(_: ThreadId, { operation, a }: Asked): unknown {
    if (operation === StackOperation.POP) return this.#stack.pop() ?? 0;
    this.#stack.push(this.#mark(a));
    return 0;
  }
}

export class CounterModel extends NobodyWaits implements Model {
  #sum = 0n;

  perform(_: ThreadId, { operation, a, b }: Asked): unknown {
    if (operation === CounterOperation.SUM) return Number(this.#sum);
    const added = (BigInt(b) << 32n) | BigInt(a >>> 0);
    this.#sum = BigInt.asIntN(64, this.#sum + added);
    return null;
  }
}
