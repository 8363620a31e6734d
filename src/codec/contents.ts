/** What objects hold, written: elements, entries, fields, hidden state. */
import { fieldKeys } from "./fields.ts";
import { writeElements } from "./elements.ts";
import { writeErrorParts } from "./error-parts.ts";
import type { Outgoing } from "./externals.ts";
import { Way } from "./place.ts";
import { UNIQUE_SYMBOL } from "./refusal.ts";
import { isCommon } from "./symbols.ts";
import { writeText } from "./text.ts";
import type { Encoding } from "./walk.ts";
import { Constant, Tag, TAG_BITS, TAG_MASK } from "./word.ts";

/** What the engine said of an object with contents. */
export type Holding = Extract<Outgoing, { kind: "instance" | "box" }>;

/** Whether an array is what `RegExp.prototype.exec` answers: its fields cross too. */
export function isMatch(array: object): boolean {
  return (array as { index?: unknown }).index !== undefined && Object.hasOwn(array, "index");
}

/** `head`: the first word of the object's head. */
export function writeContents(
  to: Encoding,
  object: object,
  head: number,
  outgoing: Holding | undefined,
  depth: number,
): void {
  switch (head & TAG_MASK) {
    case Tag.OBJECT:
      return writeFields(to, object, depth);
    case Tag.ARRAY:
      return writeElements(to, object as unknown[], depth);
    case Tag.BOX: {
      const { box, empty } = outgoing as Extract<Outgoing, { kind: "box" }>;
      if (empty === true) return to.out.put(Constant.EMPTY);
      return to.child(box.v, depth, Way.CONTENT, undefined);
    }
    case Tag.INSTANCE:
      writeOwn(to, object, (head >> TAG_BITS) & TAG_MASK, undefined, depth);
      writeFields(to, object, depth);
      return writeHidden(to, outgoing as Extract<Outgoing, { kind: "instance" }>, depth);
    default:
      writeOwn(to, object, head & TAG_MASK, head >> TAG_BITS, depth);
      return writeFields(to, object, depth);
  }
}

/** What an object holds as one of the language's kinds, beside its fields. No `payload`: it is an instance's base. */
function writeOwn(
  to: Encoding,
  object: object,
  tag: number,
  payload: number | undefined,
  depth: number,
): void {
  switch (tag) {
    case Tag.ARRAY:
    case Tag.MATCH:
      return writeElements(to, object as unknown[], depth);
    case Tag.MAP:
      return writeEntries(to, object as Map<unknown, unknown>, depth);
    case Tag.SET:
      return writeMembers(to, object as Set<unknown>, depth);
    case Tag.DATE:
      return to.out.double(Date.prototype.getTime.call(object as Date));
    case Tag.REGEXP:
      return to.child((object as RegExp).lastIndex, depth, Way.FIELD, "lastIndex");
    case Tag.ERROR:
      return writeErrorParts(to, object, payload, depth);
    default:
      return;
  }
}

function writeFields(to: Encoding, object: object, depth: number): void {
  const keys = fieldKeys(object);
  const { out } = to;
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index];
    if (typeof key !== "symbol") break;
    if (!isCommon(key)) to.refuseChild(depth, Way.FIELD, key, UNIQUE_SYMBOL);
  }
  to.shapes.write(out, keys);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    const value = (object as Record<PropertyKey, unknown>)[key];
    if (typeof value === "number") out.number(value);
    else if (typeof value === "string") writeText(out, value);
    else to.child(value, depth, Way.FIELD, key);
  }
}

/** The intrinsic methods: a subclass may have others. A getter may change the Map meanwhile, so entries are counted. */
function writeEntries(to: Encoding, map: Map<unknown, unknown>, depth: number): void {
  const mark = to.out.at;
  to.out.put(0);
  let count = 0;
  Map.prototype.forEach.call(map, (value: unknown, key: unknown) => {
    const plain = typeof key !== "object" && typeof key !== "function";
    to.child(key, depth, Way.MAP_KEY, count);
    if (plain) to.child(value, depth, Way.MAP_VALUE, key);
    else to.child(value, depth, Way.VALUE, count);
    count++;
  });
  to.out.words[mark] = count;
}

function writeMembers(to: Encoding, set: Set<unknown>, depth: number): void {
  const mark = to.out.at;
  to.out.put(0);
  let count = 0;
  Set.prototype.forEach.call(set, (value: unknown) => to.child(value, depth, Way.VALUE, count++));
  to.out.words[mark] = count;
}

function writeHidden(
  to: Encoding,
  { hidden, names }: Extract<Outgoing, { kind: "instance" }>,
  depth: number,
): void {
  to.out.put(hidden === undefined ? -1 : hidden.length);
  hidden?.forEach((value, index) => to.child(value, depth, Way.HIDDEN, names?.[index] ?? index));
}
