/** Objects with contents, made empty at their heads. */
import { partsOfRegExp } from "./builtin.ts";
import { errorBase, emptyError } from "./error-parts.ts";
import type { Code, Externals } from "./externals.ts";
import type { Filling } from "./filling.ts";
import type { Reader } from "./reader.ts";
import type { Decoding } from "./walk.ts";
import { Tag, TAG_BITS, TAG_MASK } from "./word.ts";

export interface Surroundings {
  readonly by: Decoding;
  readonly externals: Externals;
  numbered(number: number): object;
}

/** `before`: an object of the same kind that is to be refreshed. The head's first word is read already. */
export function readShell(word: number, before: object | undefined, around: Surroundings): Filling {
  const { by, externals } = around;
  const from: Reader = by.from;
  const filling = (tag: number, made: () => object, length = 0, of?: Code): Filling => ({
    target: before ?? made(),
    tag,
    length,
    of,
    fresh: before === undefined,
    integrity: 0,
  });
  const tag = word & TAG_MASK;
  switch (tag) {
    case Tag.OBJECT:
      return filling(tag, () => (word >> TAG_BITS === 1 ? nullObject() : {}));
    case Tag.ARRAY:
    case Tag.MATCH:
      return filling(tag, () => [], from.sizeOf(word));
    case Tag.MAP:
      return filling(tag, () => new Map());
    case Tag.SET:
      return filling(tag, () => new Set());
    case Tag.DATE:
      return filling(tag, () => new Date(NaN));
    case Tag.REGEXP: {
      const source = by.texts.any(from);
      const flags = by.texts.any(from);
      if (before !== undefined && partsOfRegExp(before).join("/") !== `${source}/${flags}`) {
        before = undefined;
      }
      return filling(tag, () => regexp(around, source, flags));
    }
    case Tag.ERROR:
      return filling(tag, () => emptyError(word >> TAG_BITS) ?? from.damaged("no such error"));
    case Tag.BOX:
      return filling(tag, () => externals.box());
    case Tag.INSTANCE: {
      const of = around.numbered(from.take());
      if (typeof of !== "function") from.damaged("an instance has no class");
      const base = word >> TAG_BITS;
      const length = (base & TAG_MASK) === Tag.ARRAY ? from.take() >>> 0 : 0;
      if (before !== undefined && Object.getPrototypeOf(before) !== of.prototype)
        before = undefined;
      const constructor = baseConstructor(base) ?? from.damaged("an instance has no such base");
      return filling(base & TAG_MASK, () => externals.shell(of, constructor), length, of);
    }
    default:
      return from.damaged(`no value begins with the word ${word}`);
  }
}

const nullObject = (): object => Object.create(null) as object;

function regexp({ by }: Surroundings, source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    return by.from.damaged("a regular expression is none", error);
  }
}

function baseConstructor(base: number): Code | undefined {
  switch (base & TAG_MASK) {
    case Tag.OBJECT:
      return Object;
    case Tag.ARRAY:
      return Array;
    case Tag.MAP:
      return Map;
    case Tag.SET:
      return Set;
    case Tag.DATE:
      return Date;
    case Tag.ERROR:
      return errorBase(base >> TAG_BITS);
    default:
      return undefined;
  }
}
