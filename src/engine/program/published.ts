/**
 * Objects that threads share by reference (SEMANTICS, Primitives: `AtomicRef`): frozen, and one object in each thread, so that
 * whether two are the same has one answer everywhere.
 *
 * A published graph is encoded once, by the thread that stores it, and every object in it has an address in the run's memory
 * from then on: that is what it is, in cells and wherever else it crosses. Each thread makes the graph's objects when it first
 * meets one of them. A graph refers to graphs published before it by these addresses, so references between graphs have no
 * cycles, and a list of a million nodes is made without recursion.
 *
 * Never given back before the program ends: who could still name an address is known to no single thread, and asking the
 * garbage collectors of all would make what a program does depend on them.
 */
import type { Address } from "../../base/brand.ts";
import { crossingOf } from "../../std/handle.ts";
import type { Heap } from "../heap.ts";
import { Variable } from "./variable.ts";

/** The kind of handle that stands for a published object: no kind of `std`'s. */
export const PUBLISHED = -1;

/** A graph's words; then the graphs that it refers to, then a word for each object, whose address is the object's: its offset. */
const Word = { VALUE: 0, REFERS: 1, FIRST: 2 } as const;

/** A graph that is encoded, and not yet seen by others. */
interface Staged {
  readonly graph: Address;
  readonly objects: readonly object[];
}

export interface PublishedParts {
  readonly memory: { readonly words: Int32Array };
  /** The objects of an encoded value, by number. */
  readonly decode: (block: Address) => object[];
}

export class Published {
  readonly #parts: PublishedParts;
  readonly #objects = new Map<Address, object>();
  readonly #addresses = new Map<object, Address>();
  #staged: Staged | undefined;

  constructor(parts: PublishedParts) {
    this.#parts = parts;
  }

  /** 0 for one that is not published, as far as this thread knows. */
  addressOf(object: object): Address {
    return this.#addresses.get(object) ?? (0 as Address);
  }

  /** How it crosses; undefined for one that is not published. */
  wordsOf(object: object): readonly number[] | undefined {
    if (this.#addresses.size === 0) return undefined;
    const address = this.#addresses.get(object);
    return address === undefined ? undefined : [PUBLISHED, address];
  }

  /**
   * Lays out a graph that was encoded into `value`, with its objects by number and what it refers to. Answers the address
   * that `root`, one of the objects, will have.
   */
  stage(
    heap: Heap,
    value: Address,
    objects: readonly object[],
    referred: readonly object[],
    root: object,
  ): Address {
    const { memory } = this.#parts;
    const graphs = new Set(
      referred.flatMap((object) => {
        const address = this.addressOf(object);
        return address === 0 ? [] : [graphOf(memory.words, address)];
      }),
    );
    const first = Word.FIRST + graphs.size;
    const graph = heap.allocate(first + objects.length);
    const { words } = memory;
    words[graph + Word.VALUE] = value;
    words[graph + Word.REFERS] = graphs.size;
    let at = graph + Word.FIRST;
    for (const one of graphs) words[at++] = one;
    for (let offset = first; offset < first + objects.length; offset++) words[at++] = offset;
    this.#staged = { graph, objects };
    return (graph + first + objects.indexOf(root)) as Address;
  }

  /** What was staged has gone where others see it: it is frozen, and is from now on what its address says. */
  published(): void {
    const staged = this.#staged;
    if (staged === undefined) return;
    this.#staged = undefined;
    this.#know(staged.graph, staged.objects);
  }

  /** It has not. */
  withdrawn(heap: Heap): void {
    const staged = this.#staged;
    if (staged === undefined) return;
    this.#staged = undefined;
    heap.release(this.#parts.memory.words[staged.graph + Word.VALUE] as Address);
    heap.release(staged.graph);
  }

  /** The object at an address, the same each time. */
  at(address: Address): object {
    const known = this.#objects.get(address);
    if (known !== undefined) return known;
    const { words } = this.#parts.memory;
    const open = [graphOf(words, address)];
    for (let graph = open.at(-1); graph !== undefined; graph = open.at(-1)) {
      const before = open.length;
      const first = graph + Word.FIRST + words[graph + Word.REFERS];
      if (!this.#objects.has(first as Address)) {
        for (let at = graph + Word.FIRST; at < first; at++) {
          const other = words[at] as Address;
          if (!this.#objects.has(firstOf(words, other))) open.push(other);
        }
        if (open.length > before) continue;
        this.#know(graph, this.#parts.decode(words[graph + Word.VALUE] as Address));
      }
      open.pop();
    }
    return this.#objects.get(address)!;
  }

  /** As new, for another run. */
  forget(): void {
    if (this.#objects.size > 0) this.#objects.clear();
    if (this.#addresses.size > 0) this.#addresses.clear();
    this.#staged = undefined;
  }

  #know(graph: Address, objects: readonly object[]): void {
    let address: number = firstOf(this.#parts.memory.words, graph);
    for (const object of objects) {
      this.#objects.set(address as Address, object);
      if (isPlain(object) && !this.#addresses.has(object)) {
        // Code has no fields that cross; what is data is the same for ever from here on.
        if (typeof object !== "function") Object.freeze(object);
        this.#addresses.set(object, address as Address);
      }
      address++;
    }
  }
}

/** The graph that an object belongs to. */
function graphOf(words: Int32Array, address: Address): Address {
  return (address - words[address]) as Address;
}

/** The address of a graph's first object. */
function firstOf(words: Int32Array, graph: Address): Address {
  return (graph + Word.FIRST + words[graph + Word.REFERS]) as Address;
}

/** Whether it has no identity of another kind: handles, classes, and the variables of closures have. */
function isPlain(object: object): boolean {
  if (object instanceof Variable || crossingOf(object) !== undefined) return false;
  if (typeof object !== "function") return true;
  return Object.getOwnPropertyDescriptor(object, "prototype")?.writable !== false;
}
