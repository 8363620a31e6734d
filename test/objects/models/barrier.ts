import type { ThreadId } from "../../../src/base/brand.ts";
import { BarrierOperation as Operation, PassResult } from "../../../src/objects/barrier.ts";
import { type Model, WAITS } from "./model.ts";

export class BarrierModel implements Model {
  readonly #parties: number;
  #here: ThreadId[] = [];
  readonly #free = new Map<ThreadId, number>();

  constructor(parties: number) {
    this.#parties = parties;
  }

  perform(thread: ThreadId, { operation }: { operation: number }): unknown {
    if (operation === Operation.PASS) {
      const role = this.#free.get(thread);
      this.#free.delete(thread);
      return role ?? WAITS;
    }
    this.#here.push(thread);
    if (this.#here.length < this.#parties) return null;
    const leader = Math.min(...this.#here);
    for (const id of this.#here)
      this.#free.set(id, id === leader ? PassResult.LEADER : PassResult.FOLLOWER);
    this.#here = [];
    return null;
  }

  givesUp(): never {
    throw new Error("nobody gives up a barrier");
  }
}
