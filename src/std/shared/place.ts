/**
 * `@shared` memory: a variable is a tree of cells (`objects/cell.ts`). A path leads from the variable to a place in the
 * tree, without an event; reading and writing a place is one event each (SEMANTICS, `@shared`).
 *
 * A cell that holds an object or an array holds the address of its table. An object's table has one cell per field, whose
 * names never change; an array's has a cell for its length and as many for elements as were ever used. There are no
 * references: assigning an object copies it in, and what would let a reference escape throws.
 */
import type { Address } from "../../base/brand.ts";
import { RUNTIME_MESSAGES } from "../../base/catalogue/runtime.ts";
import { cell, CellOperation, CellTag, CellWord, COUNT_WORD } from "../../objects/cell.ts";
import type { SharedPlace } from "../../protocol/emitted.ts";
import { packed, packs, unpack } from "../cargo.ts";
import { text } from "../errors.ts";
import { crosses, crossing, type Crossing, remember } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import { type ArrayCells, arrayView } from "./array.ts";
import { elementCell, lengthCell, makeArrayTable } from "./array-table.ts";
import { fieldCell, fieldNames, makeObjectTable } from "./object-table.ts";

/** A place in shared memory, as this thread refers to it. */
export class Place implements SharedPlace {
  declare readonly shared: SharedPlace["shared"];
  readonly at: Address;
  /** How the person writes it: `s.items[3].x`. */
  readonly path: string;
  readonly #children = new Map<string | number, Place>();
  #childrenOf = 0;

  constructor(at: Address, path: string) {
    this.at = at;
    this.path = path;
  }

  /** The place of a child, made once as long as the same table stands here. */
  child(key: string | number, table: number, make: () => Place): Place {
    if (table !== this.#childrenOf) {
      this.#children.clear();
      this.#childrenOf = table;
    }
    let child = this.#children.get(key);
    if (child === undefined) this.#children.set(key, (child = make()));
    return child;
  }

  get [crossing](): Crossing {
    return { kind: "shared place", object: this.at, detail: 0 };
  }
}

/** An element: written beyond the end, it makes the array longer. */
class ElementPlace extends Place {
  readonly array: Place;
  readonly index: number;

  constructor(at: Address, path: string, array: Place, index: number) {
    super(at, path);
    this.array = array;
    this.index = index;
  }
}

/** An array's length: a smaller one cuts elements off. */
class LengthPlace extends Place {
  readonly array: Place;

  constructor(at: Address, path: string, array: Place) {
    super(at, path);
    this.array = array;
  }
}

crosses("shared place", "shared", (at) => new Place(at, engine.nameOf(at)));

function tagOf(place: Place): number {
  return engine.words[place.at + CellWord.TAG];
}

function tableOf(place: Place): Address {
  return engine.words[place.at + CellWord.LOW] as Address;
}

function isTree(tag: number): boolean {
  return tag === CellTag.OBJECT || tag === CellTag.ARRAY;
}

/** A new variable at the current site. */
export function create(initial: unknown): Place {
  const at = engine.create(cell);
  const place = remember(at, new Place(at, engine.nameOf(at)));
  plant(at, initial, place.path);
  return place;
}

/** A cell of the tree: a field or an element. */
function createCell(path: string, initial: unknown): Address {
  const at = engine.create(cell, 0, 0, engine.traced ? engine.string(path) : -1);
  plant(at, initial, path);
  return at;
}

/** Puts a value into a cell that nobody sees yet: no event. */
function plant(at: Address, value: unknown, path: string): void {
  pack(value, path);
  const { tag, low, high } = packed;
  const { words } = engine;
  words[at + CellWord.TAG] = tag;
  words[at + CellWord.LOW] = low;
  words[at + CellWord.HIGH] = high;
}

/** Packs a value; objects and arrays become new trees. Throws what cannot be shared. */
function pack(value: unknown, path: string): void {
  if (packs(value)) return;
  let tag: number = CellTag.BLOCK;
  let low: Address;
  if (typeof value === "string" || typeof value === "bigint") {
    low = engine.encode(value, path);
    engine.words[low + COUNT_WORD] = 1;
  } else if (Array.isArray(value)) {
    tag = CellTag.ARRAY;
    low = makeArrayTable(value, path, createCell);
  } else if (isPlainObject(value)) {
    tag = CellTag.OBJECT;
    low = makeObjectTable(value, path, createCell);
  } else {
    const what = typeof value === "object" ? `a ${value!.constructor?.name}` : `a ${typeof value}`;
    throw new TypeError(text(RUNTIME_MESSAGES.cannotBeShared, { place: path, what }));
  }
  packed.tag = tag;
  packed.low = low;
  packed.high = 0;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

export function field(of: SharedPlace, name: string): Place {
  const place = of as Place;
  if (tagOf(place) === CellTag.ARRAY && name === "length") return length(place);
  if (tagOf(place) !== CellTag.OBJECT) return noSuchField(place, name);
  const table = tableOf(place);
  return place.child(name, table, () => {
    const at = fieldCell(table, name);
    return at === 0 ? noSuchField(place, name) : new Place(at, `${place.path}.${name}`);
  });
}

function noSuchField(place: Place, name: string): never {
  throw new TypeError(text(RUNTIME_MESSAGES.fixedShape, { place: place.path, name }));
}

export function element(of: SharedPlace, index: unknown): Place {
  const place = of as Place;
  if (tagOf(place) !== CellTag.ARRAY) return field(place, String(index));
  const number = typeof index === "number" ? index : Number(index);
  if (index === "length") return length(place);
  if (!Number.isInteger(number) || number < 0 || number >= 2 ** 26) {
    return noSuchField(place, String(index));
  }
  return place.child(number, tableOf(place), () => {
    const path = `${place.path}[${number}]`;
    const at = elementCell(tableOf(place), number, () => createCell(path, undefined));
    return new ElementPlace(at, path, place, number);
  });
}

export function length(of: SharedPlace): Place {
  const place = of as Place;
  if (tagOf(place) !== CellTag.ARRAY) return field(place, "length");
  const table = tableOf(place);
  return place.child(
    "length",
    table,
    () => new LengthPlace(lengthCell(table), `${place.path}.length`, place),
  );
}

/** One read. Throws where an object or array stands: its reference must not escape. */
export function read(of: SharedPlace): unknown {
  const place = of as Place;
  if (isTree(tagOf(place))) {
    throw new TypeError(text(RUNTIME_MESSAGES.sharedEscapes, { place: place.path }));
  }
  if (engine.evaluating) {
    const { words } = engine;
    const at = place.at;
    return unpack(tagOf(place), words[at + CellWord.LOW], words[at + CellWord.HIGH], (block) =>
      engine.decode(block),
    );
  }
  const tag = engine.perform(place.at, CellOperation.READ);
  return unpack(tag, engine.low, engine.high, (block) => {
    const value = engine.decode(block);
    giveBack(block);
    return value;
  });
}

/** A reader or a cell lets go of a string's or bigint's block. */
function giveBack(block: Address): void {
  if (Atomics.sub(engine.words, block + COUNT_WORD, 1) === 1) engine.release(block);
}

/**
 * One write of a primitive. An object with the same fields, or an array over an array, is written cell by cell; any other
 * object or array replaces what stands there by one write.
 */
export function write(of: SharedPlace, value: unknown): void {
  const place = of as Place;
  const tag = tagOf(place);
  if (tag === CellTag.OBJECT && isPlainObject(value) && sameFields(place, value)) {
    for (const [name, part] of Object.entries(value)) write(field(place, name), part);
    return;
  }
  if (tag === CellTag.ARRAY && Array.isArray(value)) {
    value.forEach((part, index) => write(element(place, index), part));
    write(length(place), value.length);
    return;
  }
  if (place instanceof LengthPlace) cutOff(place, value as number);
  writeCell(place, value);
  if (place instanceof ElementPlace && place.index >= lengthNow(place.array)) {
    writeCell(length(place.array), place.index + 1);
  }
}

/** Exactly one write, of this cell alone. */
export function writeCell(place: Place, value: unknown): void {
  pack(value, place.path);
  engine.low = packed.low;
  engine.high = packed.high;
  const replaced = engine.perform(place.at, CellOperation.WRITE, packed.tag) as Address;
  if (replaced !== 0) giveBack(replaced);
}

/** The length as it is, without an event: what the language looks up by itself when an element is assigned. */
function lengthNow(array: Place): number {
  return engine.words[length(array).at + CellWord.LOW];
}

/** What a shorter length cuts off is gone: it reads as undefined. */
function cutOff(place: LengthPlace, to: number): void {
  if (!Number.isInteger(to) || to < 0) throw new RangeError("Invalid array length");
  for (let index = lengthNow(place.array) - 1; index >= to; index--) {
    writeCell(element(place.array, index), undefined);
  }
}

function sameFields(place: Place, value: Record<string, unknown>): boolean {
  const names = fieldNames(tableOf(place));
  return names.length === Object.keys(value).length && names.every((name) => name in value);
}

export function increment(place: SharedPlace, by: 1 | -1, prefix: boolean): number | bigint {
  const { site } = engine;
  const before = read(place);
  engine.site = site;
  if (typeof before === "bigint") {
    write(place, before + BigInt(by));
    return prefix ? before + BigInt(by) : before;
  }
  const old = Number(before);
  write(place, old + by);
  return prefix ? old + by : old;
}

/** A method call on what stands at a place: of a shared array, or of the primitive that is read. */
export function method(of: SharedPlace, name: string, args: unknown[]): unknown {
  const place = of as Place;
  const target: unknown = tagOf(place) === CellTag.ARRAY ? arrayView(cellsOf(place)) : read(place);
  const callee = (target as Record<string, unknown> | null | undefined)?.[name];
  if (typeof callee !== "function") throw new TypeError(`${place.path}.${name} is not a function`);
  return (callee as (...args: unknown[]) => unknown).apply(target, args);
}

/** Each access is an operation at the place of the call, whatever ran in between (a callback). */
function cellsOf(array: Place): ArrayCells {
  const { site } = engine;
  const here = (): Place => {
    engine.site = site;
    return array;
  };
  return {
    readElement: (index) => read(element(here(), index)),
    writeElement: (index, value) => writeCell(element(here(), index), value),
    readLength: () => read(length(here())) as number,
    writeLength: (value) => writeCell(length(here()), value),
  };
}

/** `place.name` where types do not tell: a field or a length, or a property of the primitive that is read. */
export function member(of: SharedPlace, name: string): unknown {
  const place = of as Place;
  if (isTree(tagOf(place))) return read(field(place, name));
  return (read(place) as Record<string, unknown>)[name];
}

/** What `for … of` over a place gives: a shared array's elements, read as they are reached. */
export function elements(of: SharedPlace): Iterable<unknown> {
  const place = of as Place;
  if (tagOf(place) !== CellTag.ARRAY) return read(place) as Iterable<unknown>;
  return {
    *[Symbol.iterator]() {
      for (let i = 0; i < (read(length(place)) as number); i++) yield read(element(place, i));
    },
  };
}

/** A plain copy: one read per cell. */
export function snapshot(of: SharedPlace): unknown {
  const place = of as Place;
  const tag = tagOf(place);
  const { site } = engine;
  if (tag === CellTag.ARRAY) {
    const count = read(length(place)) as number;
    return Array.from({ length: count }, (_, index) => {
      engine.site = site;
      return snapshot(element(place, index));
    });
  }
  if (tag !== CellTag.OBJECT) return read(place);
  const copy: Record<string, unknown> = {};
  for (const name of fieldNames(tableOf(place))) {
    engine.site = site;
    copy[name] = snapshot(field(place, name));
  }
  return copy;
}
