import type { ThreadId } from "../../../src/base/brand.ts";
import { ThreadOperation as Operation, ThreadOutcome } from "../../../src/objects/thread.ts";
import { type Model, WAITS } from "./model.ts";

export class ThreadModel implements Model {
  #ended: { readonly outcome: number; readonly result: number } | undefined;

  perform(_: ThreadId, { operation, a, b }: { operation: number; a: number; b: number }): unknown {
    switch (operation) {
      case Operation.START:
        return null;
      case Operation.END:
        this.#ended = { outcome: a, result: b };
        return null;
      case Operation.JOIN:
        return this.#ended === undefined ? WAITS : [this.#ended.outcome, this.#ended.result];
      default:
        return this.#ended === undefined ? 0 : 1;
    }
  }

  givesUp(): unknown {
    return ThreadOutcome.RUNNING;
  }
}
