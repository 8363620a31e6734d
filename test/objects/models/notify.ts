import type { ThreadId } from "../../../src/base/brand.ts";
import { NotifyOperation as Operation } from "../../../src/objects/notify.ts";
import { type Model, WAITS } from "./model.ts";

/** Who has come, as a list of whether each has been woken. */
export class NotifyModel implements Model {
  #here: boolean[] = [];
  #permit = false;

  perform(_: ThreadId, { operation }: { operation: number }): unknown {
    switch (operation) {
      case Operation.COME:
        if (this.#permit) {
          this.#permit = false;
          return 1;
        }
        this.#here.push(false);
        return 0;
      case Operation.AWAIT:
        if (!this.#here.includes(true)) return WAITS;
        this.#here.splice(this.#here.indexOf(true), 1);
        return 1;
      case Operation.LEAVE: {
        const asleep = this.#here.indexOf(false);
        if (asleep < 0) this.#permit = true;
        this.#here.splice(Math.max(asleep, 0), 1);
        return 0;
      }
      case Operation.NOTIFY_ONE: {
        const asleep = this.#here.indexOf(false);
        if (asleep < 0) this.#permit = true;
        else this.#here[asleep] = true;
        return 0;
      }
      default:
        this.#here = this.#here.map(() => true);
        return 0;
    }
  }

  givesUp(): unknown {
    return 0;
  }
}
