/** Objects with contents, made empty at their heads. */
import { partsOfRegExp } from "./builtin.ts";
import { emptyError, errorBase } from "./error-parts.ts";
import type { Code, Externals } from "./externals.ts";
import type { Decoding } from "./walk.ts";
import { Tag, TAG_BITS, TAG_MASK } from "./word.ts";

/** The first word of the head is read already. `before`: an object of the same kind, answered if it can be refreshed. */
export function shell(
  word: number,
  before: object | undefined,
  by: Decoding,
  externals: Externals,
): object {
  switch (word & TAG_MASK) {
    case Tag.REGEXP:
      return regexp(before, by);
    default:
      return before ?? made(word, by, externals);
  }
}

function made(word: number, { from }: Decoding, externals: Externals): object {
  switch (word & TAG_MASK) {
    case Tag.OBJECT:
      return word >> TAG_BITS === 1 ? (Object.create(null) as object) : {};
    case Tag.ARRAY:
    case Tag.MATCH:
      return [];
    case Tag.MAP:
      return new Map();
    case Tag.SET:
      return new Set();
    case Tag.DATE:
      return new Date(NaN);
    case Tag.ERROR:
      return emptyError(word >> TAG_BITS) ?? from.damaged("there is no such error");
    case Tag.BOX:
      return externals.box();
    default:
      return from.damaged(`no value begins with the word ${word}`);
  }
}

function regexp(before: object | undefined, { from, texts }: Decoding): RegExp {
  const source = texts.any(from);
  const flags = texts.any(from);
  if (before !== undefined && partsOfRegExp(before).join("/") === `${source}/${flags}`) {
    return before as RegExp;
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    return from.damaged("a regular expression is none", error);
  }
}

/** The constructor of the language that an instance descends from; `base` is what its head would be as one. */
export function baseConstructor(base: number): Code | undefined {
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
