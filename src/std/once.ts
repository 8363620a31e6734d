/** `Once` and `OnceCell`: what is done by whoever comes first, while the others wait. */
import type { Address } from "../base/brand.ts";
import { CellTag } from "../objects/cell.ts";
import { once, OnceOperation, OnceResult, OnceState, OnceWord } from "../objects/once.ts";
import { packed, packs, unpack } from "./cargo.ts";
import { encodeForMany } from "./for-many.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

export class Once {
  readonly #at = adoptedObject() || engine.create(once);

  constructor() {
    remember(this.#at, this);
  }

  call(init: () => void): void {
    const { site } = engine;
    if (engine.perform(this.#at, OnceOperation.BEGIN) === OnceResult.DONE) return;
    let done = 0;
    try {
      init();
      done = 1;
    } finally {
      engine.site = site;
      engine.perform(this.#at, OnceOperation.END, CellTag.UNDEFINED, done);
    }
  }

  get isCompleted(): boolean {
    return engine.perform(this.#at, OnceOperation.IS_COMPLETED) === 1;
  }

  get [crossing](): Crossing {
    return { kind: "Once", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `Once(${engine.nameOf(this.#at)})`;
  }
}

crosses("Once", "shared", (object) => adopt(object, () => new Once()));

export class OnceCell<T> {
  readonly #at = adoptedObject() || engine.create(once);
  /** The value as this thread has it: always the same object. */
  #value: { readonly it: T } | undefined;

  constructor() {
    remember(this.#at, this);
  }

  get(): T | undefined {
    if (this.#value !== undefined) return this.#value.it;
    const isThere = engine.perform(this.#at, OnceOperation.IS_COMPLETED) === 1;
    return isThere ? this.#look() : undefined;
  }

  set(value: T): boolean {
    const { tag, low, high } = this.#pack(value);
    engine.low = low;
    engine.high = high;
    const isSet = engine.perform(this.#at, OnceOperation.SET, tag) === OnceResult.SET;
    if (isSet) this.#value = { it: value };
    else if (tag === CellTag.BLOCK) engine.release(low as Address);
    return isSet;
  }

  getOrInit(init: () => T): T {
    if (this.#value !== undefined) return this.#value.it;
    const { site } = engine;
    if (engine.perform(this.#at, OnceOperation.BEGIN) === OnceResult.DONE) return this.#look();
    let made: { readonly it: T } | undefined;
    let words = { tag: CellTag.UNDEFINED as number, low: 0, high: 0 };
    try {
      const it = init();
      words = this.#pack(it);
      made = { it };
    } finally {
      engine.site = site;
      engine.low = words.low;
      engine.high = words.high;
      engine.perform(this.#at, OnceOperation.END, words.tag, made === undefined ? 0 : 1);
    }
    this.#value = made;
    return made.it;
  }

  /** For annotations: the value while nobody runs. */
  get value(): T | undefined {
    if (!engine.evaluating) throw new TypeError("an OnceCell has no value but through get()");
    const isThere = engine.words[this.#at + OnceWord.STATE] === OnceState.DONE;
    return isThere ? this.#look() : undefined;
  }

  get [crossing](): Crossing {
    return { kind: "OnceCell", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `OnceCell(${engine.nameOf(this.#at)})`;
  }

  /** It is there, and never changes again. */
  #look(): T {
    if (this.#value === undefined) {
      const { words } = engine;
      const it = unpack(
        words[this.#at + OnceWord.VALUE_TAG],
        words[this.#at + OnceWord.VALUE_LOW],
        words[this.#at + OnceWord.VALUE_HIGH],
        (block) => engine.decode(block),
      ) as T;
      this.#value = { it };
    }
    return this.#value.it;
  }

  #pack(value: T): { tag: number; low: number; high: number } {
    if (packs(value)) return { ...packed };
    const block = encodeForMany(value, engine.nameOf(this.#at));
    return { tag: CellTag.BLOCK, low: block, high: 0 };
  }
}

crosses("OnceCell", "shared", (object) => adopt(object, () => new OnceCell()));
