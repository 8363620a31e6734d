/** `ConcurrentStack`: each method is one operation of `objects/stack.ts`. What moves may be in it, as one thread takes it out. */
import type { Address } from "../../base/brand.ts";
import { stack, StackOperation } from "../../objects/stack.ts";
import { unwrap } from "../end.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "../handle.ts";
import { inspected } from "../inspect.ts";
import { engine } from "../intrinsics.ts";

export class ConcurrentStack<T> {
  readonly #at = adoptedObject() || engine.create(stack);

  constructor() {
    remember(this.#at, this);
  }

  push(value: T): void {
    const { site } = engine;
    const message = engine.encode(value, engine.nameOf(this.#at));
    engine.site = site;
    engine.departing(-1);
    engine.perform(this.#at, StackOperation.PUSH, message);
    engine.departed();
  }

  pop(): T | undefined {
    const message = engine.perform(this.#at, StackOperation.POP) as Address;
    return message === 0 ? undefined : unwrap<T>(message);
  }

  get [crossing](): Crossing {
    return { kind: "ConcurrentStack", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `ConcurrentStack(${engine.nameOf(this.#at)})`;
  }
}

crosses("ConcurrentStack", "shared", (object) => adopt(object, () => new ConcurrentStack()));
