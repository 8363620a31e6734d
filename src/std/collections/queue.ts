/** `ConcurrentQueue`: each method is one operation of `objects/queue.ts`. What moves may be in it, as one thread takes it out. */
import type { Address } from "../../base/brand.ts";
import { queue, QueueOperation } from "../../objects/queue.ts";
import { counted } from "../count.ts";
import { unwrap } from "../end.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "../handle.ts";
import { inspected } from "../inspect.ts";
import { engine } from "../intrinsics.ts";

export class ConcurrentQueue<T> {
  readonly #at: Address;

  constructor(capacity?: number) {
    const adopted = adoptedObject();
    if (adopted !== 0) {
      this.#at = adopted;
      return;
    }
    const room = capacity === undefined ? -1 : counted(capacity, "ConcurrentQueue", 1);
    this.#at = engine.create(queue, room);
    remember(this.#at, this);
  }

  push(value: T): boolean {
    const { site } = engine;
    const message = engine.encode(value, engine.nameOf(this.#at));
    engine.site = site;
    engine.departing(-1);
    const isIn = engine.perform(this.#at, QueueOperation.PUSH, message) === 1;
    if (isIn) engine.departed();
    else engine.stayed(message);
    return isIn;
  }

  pop(): T | undefined {
    const message = engine.perform(this.#at, QueueOperation.POP) as Address;
    return message === 0 ? undefined : unwrap<T>(message);
  }

  get size(): number {
    return engine.perform(this.#at, QueueOperation.SIZE);
  }

  get [crossing](): Crossing {
    return { kind: "ConcurrentQueue", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `ConcurrentQueue(${engine.nameOf(this.#at)})`;
  }
}

crosses("ConcurrentQueue", "shared", (object) => adopt(object, () => new ConcurrentQueue()));
