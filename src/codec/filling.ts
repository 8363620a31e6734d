/** What objects hold, read: into new objects, and into known ones, which are refreshed in place. */
import { ElementReader } from "./elements.ts";
import { fillErrorParts } from "./error-parts.ts";
import type { Code, Externals } from "./externals.ts";
import { fillFields, refreshFields } from "./fields.ts";
import type { Decoding } from "./walk.ts";
import { Constant, Integrity, Tag } from "./word.ts";

export class ContentReader {
  readonly #externals: Externals;
  readonly #elements = new ElementReader();

  constructor(externals: Externals) {
    this.#externals = externals;
  }

  /** A message of so many words begins. */
  begin(words: number): void {
    this.#elements.begin(words);
  }

  /**
   * Reads the contents of `target`. `tag` is what it is (for an instance: what its base is), `of` the class of an
   * instance; `fresh` says that it was made just now and is empty.
   */
  fill(
    by: Decoding,
    target: object,
    tag: number,
    of: Code | undefined,
    fresh: boolean,
    integrity: number,
    depth: number,
  ): void {
    const locked = !fresh && integrity !== Integrity.EXTENSIBLE;
    this.#own(by, target, tag, fresh, locked, depth);
    const alone = of === undefined && (tag === Tag.ARRAY || tag === Tag.BOX);
    if (!alone) {
      const shape = by.shapes.read(by.from);
      const plain = of === undefined && tag === Tag.OBJECT;
      if (fresh) fillFields(by, target, shape, !plain, depth);
      else refreshFields(by, target, shape, locked, depth);
    }
    if (of !== undefined) this.#hidden(by, of, target, depth);
    if (fresh) protect(by, target, integrity);
  }

  #own(
    by: Decoding,
    target: object,
    tag: number,
    fresh: boolean,
    locked: boolean,
    depth: number,
  ): void {
    const { from } = by;
    switch (tag) {
      case Tag.ARRAY:
      case Tag.MATCH:
        return this.#elements.fill(by, target as unknown[], locked, depth);
      case Tag.MAP: {
        const count = from.count();
        const map = target as Map<unknown, unknown>;
        if (!fresh) Map.prototype.clear.call(map);
        for (let index = 0; index < count; index++) {
          const key = by.value(depth + 1);
          Map.prototype.set.call(map, key, by.value(depth + 1));
        }
        return;
      }
      case Tag.SET: {
        const count = from.count();
        const set = target as Set<unknown>;
        if (!fresh) Set.prototype.clear.call(set);
        for (let index = 0; index < count; index++)
          Set.prototype.add.call(set, by.value(depth + 1));
        return;
      }
      case Tag.DATE:
        Date.prototype.setTime.call(target as Date, from.double());
        return;
      case Tag.REGEXP: {
        const last = by.value(depth + 1);
        // Even a frozen one has no other: then it is what it was.
        Reflect.set(target, "lastIndex", last);
        return;
      }
      case Tag.ERROR:
        return fillErrorParts(by, target, depth);
      case Tag.BOX: {
        if (from.take() === Constant.EMPTY) return;
        from.at--;
        (target as { v: unknown }).v = by.value(depth + 1);
        return;
      }
      default:
        return;
    }
  }

  #hidden(by: Decoding, of: Code, instance: object, depth: number): void {
    const count = by.from.take();
    if (count === -1) return;
    if (count < 0) by.from.damaged("hidden state has no length");
    by.from.expect(count);
    const hidden: unknown[] = [];
    for (let index = 0; index < count; index++) hidden.push(by.value(depth + 1));
    this.#externals.restore(of, instance, hidden);
  }
}

function protect(by: Decoding, object: object, integrity: number): void {
  switch (integrity) {
    case Integrity.EXTENSIBLE:
      return;
    case Integrity.CLOSED:
      Object.preventExtensions(object);
      return;
    case Integrity.SEALED:
      Object.seal(object);
      return;
    case Integrity.FROZEN:
      Object.freeze(object);
      return;
    default:
      by.from.damaged(`there is no integrity ${integrity}`);
  }
}
