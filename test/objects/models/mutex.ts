import type { ThreadId } from "../../../src/base/brand.ts";
import {
  IGNORE_POISON,
  LockResult,
  MutexOperation as Operation,
} from "../../../src/objects/mutex.ts";
import { type Model, WAITS } from "./model.ts";

export class MutexModel implements Model {
  #holder: ThreadId | undefined;
  #poisoned = false;

  perform(thread: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    switch (operation) {
      case Operation.LOCK:
        return this.#holder === undefined ? this.#take(thread, a) : WAITS;
      case Operation.TRY_LOCK:
        return this.#holder === undefined ? this.#take(thread, a) : LockResult.REFUSED;
      case Operation.UNLOCK:
        this.#holder = undefined;
        this.#poisoned ||= a !== 0;
        return null;
      case Operation.IS_POISONED:
        return Number(this.#poisoned);
      default:
        this.#poisoned = false;
        return null;
    }
  }

  givesUp(): unknown {
    return LockResult.REFUSED;
  }

  #take(thread: ThreadId, ignorePoison: number): unknown {
    if (this.#poisoned && ignorePoison !== IGNORE_POISON) return LockResult.POISONED;
    this.#holder = thread;
    return LockResult.HELD;
  }
}
