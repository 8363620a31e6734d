import type { ThreadId } from "../../../src/base/brand.ts";
import { PermitResult, SemaphoreOperation as Operation } from "../../../src/objects/semaphore.ts";
import { type Model, WAITS } from "./model.ts";

export class SemaphoreModel implements Model {
  #permits: bigint;

  constructor(permits: number) {
    this.#permits = BigInt(permits);
  }

  perform(_: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    const count = BigInt(a);
    switch (operation) {
      case Operation.AVAILABLE:
        return Number(this.#permits);
      case Operation.RELEASE:
        if (this.#permits + count >= 2n ** 31n) return PermitResult.TOO_MANY;
        this.#permits += count;
        return PermitResult.DONE;
      default:
        if (this.#permits < count)
          return operation === Operation.TRY_ACQUIRE ? PermitResult.REFUSED : WAITS;
        this.#permits -= count;
        return PermitResult.DONE;
    }
  }

  givesUp(): unknown {
    return PermitResult.REFUSED;
  }
}
