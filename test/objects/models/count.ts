import type { ThreadId } from "../../../src/base/brand.ts";
import { OUT_OF_RANGE } from "../../../src/objects/count.ts";
import { LatchOperation } from "../../../src/objects/latch.ts";
import { WaitGroupOperation } from "../../../src/objects/wait-group.ts";
import { type Model, WAITS } from "./model.ts";

/** A number that does not leave its range. */
class Counted {
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  by(n: number): number {
    if (this.now + n < 0 || this.now + n >= 2 ** 31) return OUT_OF_RANGE;
    this.now += n;
    return 0;
  }
}

export class LatchModel implements Model {
  readonly #count: Counted;

  constructor(count: number) {
    this.#count = new Counted(count);
  }

  perform(_: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    if (operation === LatchOperation.COUNT) return this.#count.now;
    if (operation === LatchOperation.COUNT_DOWN) return this.#count.by(-a);
    return this.#count.now === 0 ? 0 : WAITS;
  }

  givesUp(): never {
    throw new Error("nobody gives up a latch");
  }
}

export class WaitGroupModel implements Model {
  readonly #count = new Counted(0);

  perform(_: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    if (operation === WaitGroupOperation.ADD) return this.#count.by(a);
    if (operation === WaitGroupOperation.DONE) return this.#count.by(-1);
    return this.#count.now === 0 ? 0 : WAITS;
  }

  givesUp(): never {
    throw new Error("nobody gives up a wait group");
  }
}
