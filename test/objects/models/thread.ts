import type { ThreadId } from "../../../src/base/brand.ts";
import {
  ParkResult,
  ThreadOperation as Operation,
  ThreadOutcome,
} from "../../../src/objects/thread.ts";
import { type Model, WAITS } from "./model.ts";

/** `choice`: what the last `choose` was told to take. */
export class ThreadModel implements Model {
  readonly #choice: () => number;
  #ended: { readonly outcome: number; readonly result: number } | undefined;
  #token = false;

  constructor(choice: () => number) {
    this.#choice = choice;
  }

  perform(_: ThreadId, { operation, a, b }: { operation: number; a: number; b: number }): unknown {
    switch (operation) {
      case Operation.START:
        return null;
      case Operation.END:
        this.#ended = { outcome: a, result: b };
        return null;
      case Operation.JOIN:
        return this.#ended === undefined ? WAITS : [this.#ended.outcome, this.#ended.result];
      case Operation.PARK:
        if (!this.#token) return WAITS;
        this.#token = false;
        return ParkResult.UNPARKED;
      case Operation.UNPARK:
        this.#token = true;
        return null;
      case Operation.CHOOSE:
        return this.#choice();
      default:
        return this.#ended === undefined ? 0 : 1;
    }
  }

  givesUp(_: ThreadId, { operation }: { operation: number }): unknown {
    return operation === Operation.PARK ? ParkResult.TIMED_OUT : ThreadOutcome.RUNNING;
  }
}
