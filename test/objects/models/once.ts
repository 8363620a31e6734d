import type { ThreadId } from "../../../src/base/brand.ts";
import { OnceOperation as Operation, OnceResult } from "../../../src/objects/once.ts";
import { type Model, WAITS } from "./model.ts";

export class OnceModel implements Model {
  #state: "new" | "running" | "done" = "new";

  perform(_: ThreadId, { operation, b }: { operation: number; b: number }): unknown {
    switch (operation) {
      case Operation.IS_COMPLETED:
        return this.#state === "done" ? 1 : 0;
      case Operation.END:
        this.#state = b === 1 ? "done" : "new";
        return null;
      default:
        if (this.#state === "running") return WAITS;
        if (this.#state === "done") return OnceResult.DONE;
        this.#state = operation === Operation.BEGIN ? "running" : "done";
        return operation === Operation.BEGIN ? OnceResult.DO : OnceResult.SET;
    }
  }

  givesUp(): never {
    throw new Error("nobody gives up");
  }
}
