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
import { cell, CellTag, CellWord } from "../../objects/cell.ts";
import type { SharedPlace } from "../../protocol/emitted.ts";
import { text } from "../errors.ts";
import { crosses, crossing, type Crossing, remember } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import type { ArrayAccess } from "./array/access.ts";
import { ITERATION } from "./array/iteration.ts";
import { ARRAY_METHODS } from "./array/methods.ts";
import { type ArrayHost, ArrayCells, MOST_ELEMENTS } from "./array-cells.ts";
import { elementCell, lengthCell } from "./array-table.ts";
import { arrayView } from "./array-view.ts";
import {
  createCell,
  isPlainObject,
  isTree,
  look,
  looked,
  plant,
  readCell,
  Tree,
  writeCell,
} from "./cells.ts";
import { copyOfCell } from "./copy.ts";
import { fieldCell, fieldNames } from "./object-table.ts";

/** A place in shared memory, as this thread refers to it. */
export class Place implements SharedPlace, ArrayHost {
  declare readonly shared: SharedPlace["shared"];
  readonly at: Address;
  /** How the person writes it: `s.items[3].x`. */
  readonly path: string;
  /** What stood here when it was looked at last: a tree, since nothing else has parts. */
  #tag = 0;
  #table = 0 as Address;
  #children = new Map<string | number, Place>();
  #elementCells: (Address | undefined)[] = [];
  #view: unknown;

  constructor(at: Address, path: string) {
    this.at = at;
    this.path = path;
  }

  /** The tag of what stands here, without an event; its table, if it has one, in `looked.low`. */
  look(): number {
    const { words } = engine;
    let tag = words[this.at + CellWord.TAG];
    if (!isTree(tag)) return tag;
    // The words may be of two values, but a table that was found here once is one for ever.
    if (tag === this.#tag && words[this.at + CellWord.LOW] === this.#table) {
      looked.low = this.#table;
      return tag;
    }
    tag = look(this.at);
    if (isTree(tag)) {
      this.#tag = tag;
      this.#table = looked.low as Address;
      this.#children = new Map();
      this.#elementCells = [];
    }
    return tag;
  }

  /** The place of a child in `table`, made once as long as that table stands here. */
  child(key: string | number, table: Address, make: () => Place): Place {
    if (table !== this.#table) return make();
    let child = this.#children.get(key);
    if (child === undefined) this.#children.set(key, (child = make()));
    return child;
  }

  elementCells(table: Address): (Address | undefined)[] {
    return table === this.#table ? this.#elementCells : [];
  }

  view(): unknown {
    return (this.#view ??= viewOf(this));
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

/** A new variable at the current site. */
export function create(initial: unknown): Place {
  const at = engine.create(cell);
  const place = remember(at, new Place(at, engine.nameOf(at)));
  plant(at, initial, place.path);
  return place;
}

export function field(of: SharedPlace, name: string): Place {
  const place = of as Place;
  return part(place, place.look(), name);
}

/** The field or length of what stands at a place, which was looked at just now. */
function part(place: Place, tag: number, name: string): Place {
  const table = looked.low as Address;
  if (tag === CellTag.ARRAY && name === "length") return lengthOf(place, table);
  if (tag !== CellTag.OBJECT) return noSuchField(place, name);
  return fieldOf(place, table, name);
}

function fieldOf(place: Place, table: Address, name: string): Place {
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
  const tag = place.look();
  const table = looked.low as Address;
  if (tag !== CellTag.ARRAY) return field(place, String(index));
  const number = typeof index === "number" ? index : Number(index);
  if (index === "length") return lengthOf(place, table);
  if (!Number.isInteger(number) || number < 0 || number >= MOST_ELEMENTS) {
    return noSuchField(place, String(index));
  }
  return elementOf(place, table, number);
}

function elementOf(place: Place, table: Address, index: number): Place {
  return place.child(index, table, () => {
    const path = `${place.path}[${index}]`;
    const at = elementCell(table, index, () => createCell(path, undefined));
    return new ElementPlace(at, path, place, index);
  });
}

export function length(of: SharedPlace): Place {
  const place = of as Place;
  if (place.look() !== CellTag.ARRAY) return field(place, "length");
  return lengthOf(place, looked.low as Address);
}

function lengthOf(place: Place, table: Address): Place {
  return place.child(
    "length",
    table,
    () => new LengthPlace(lengthCell(table), `${place.path}.length`, place),
  );
}

/** One read. Throws where an object or array stands: its reference must not escape. */
export function read(of: SharedPlace): unknown {
  const place = of as Place;
  const value = isTree(engine.words[place.at + CellWord.TAG])
    ? escapes(place)
    : readCell(place.at, place.path);
  return value instanceof Tree ? escapes(place) : value;
}

function escapes(place: Place): never {
  throw new TypeError(text(RUNTIME_MESSAGES.sharedEscapes, { place: place.path }));
}

/**
 * One write of a primitive. An object with the same fields, or an array over an array, is written cell by cell; any other
 * object or array replaces what stands there by one write.
 */
export function write(of: SharedPlace, value: unknown): void {
  const place = of as Place;
  const tag = place.look();
  const table = looked.low as Address;
  if (tag === CellTag.OBJECT && isPlainObject(value) && sameFields(table, value)) {
    for (const [name, part] of Object.entries(value)) write(fieldOf(place, table, name), part);
    return;
  }
  if (tag === CellTag.ARRAY && Array.isArray(value)) {
    value.forEach((part, index) => write(elementOf(place, table, index), part));
    write(lengthOf(place, table), value.length);
    return;
  }
  if (place instanceof LengthPlace) cutOff(place, value as number);
  writeCell(place.at, value, place.path);
  if (place instanceof ElementPlace && place.index >= lengthNow(place.array)) {
    writeCell(length(place.array).at, place.index + 1, place.array.path);
  }
}

/** The length as it is, without an event: what the language looks up by itself when an element is assigned. */
function lengthNow(array: Place): number {
  look(length(array).at);
  return looked.low;
}

/** What a shorter length cuts off is gone: it reads as undefined. */
function cutOff({ array }: LengthPlace, to: number): void {
  if (!Number.isInteger(to) || to < 0) throw new RangeError("Invalid array length");
  for (let index = lengthNow(array) - 1; index >= to; index--) {
    const { at, path } = element(array, index);
    writeCell(at, undefined, path);
  }
}

function sameFields(table: Address, value: Record<string, unknown>): boolean {
  const names = fieldNames(table);
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
  if (place.look() === CellTag.ARRAY) {
    const run = ARRAY_METHODS.get(name) ?? notAFunction(place, name);
    return run(new ArrayCells(place, looked.low as Address), args);
  }
  const target = read(place);
  const callee = (target as Record<string, unknown> | null | undefined)?.[name];
  if (typeof callee !== "function") return notAFunction(place, name);
  return (callee as (...args: unknown[]) => unknown).apply(target, args);
}

function notAFunction(place: Place, name: string): never {
  throw new TypeError(`${place.path}.${name} is not a function`);
}

function arrayAt(place: Place): ArrayAccess {
  if (place.look() !== CellTag.ARRAY) throw new TypeError(`${place.path} is no array any more`);
  return new ArrayCells(place, looked.low as Address);
}

function viewOf(array: Place): unknown[] {
  return arrayView({
    cells: () => arrayAt(array),
    write: (index, value) => write(element(array, index), value),
    writeLength: (value) => write(length(array), value),
    snapshot: () => snapshot(array),
  });
}

/** `place.name` where types do not tell: a field or a length, or a property of the primitive that is read. */
export function member(of: SharedPlace, name: string): unknown {
  const place = of as Place;
  const tag = place.look();
  if (isTree(tag)) return read(part(place, tag, name));
  const value = readCell(place.at, place.path);
  // Somebody has put an object there meanwhile.
  if (value instanceof Tree) return member(place, name);
  return (value as Record<string, unknown>)[name];
}

/** What `for … of` over a place gives: a shared array's elements, read as they are reached. */
export function elements(of: SharedPlace): Iterable<unknown> {
  const place = of as Place;
  if (place.look() !== CellTag.ARRAY) return read(place) as Iterable<unknown>;
  return {
    [Symbol.iterator]: () => ITERATION.values(arrayAt(place), []) as Iterator<unknown>,
  };
}

/** A plain copy: one read per cell. */
export function snapshot(of: SharedPlace): unknown {
  const place = of as Place;
  return copyOfCell(place.at, () => place.path, false);
}
