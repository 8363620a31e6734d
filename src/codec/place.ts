/**
 * Where in a graph an encoder is, kept so cheaply that it costs nothing until something is refused: two stores for each
 * child that may be refused. Told in source form, `job.items[3].handle`.
 */

/** How one leads from an object to what it holds. */
export const Way = {
  /** `.name`; the key is the name or a symbol. */
  FIELD: 0,
  /** `[3]` */
  ELEMENT: 1,
  /** `.get("x")`, for a key that is no object. */
  MAP_VALUE: 2,
  /** `.keys()[3]`; the key is the number. */
  MAP_KEY: 3,
  /** `.values()[3]`, of a Set, or of a Map whose key is an object; the key is the number. */
  VALUE: 4,
  /** `#name`; the key is the name or a number. */
  HIDDEN: 5,
  /** A captured variable of the function that crosses: the key is its name. */
  CAPTURE: 6,
  /** A captured variable of any other function or class. */
  CAPTURE_WITHIN: 7,
  /** From a box to its content, from a boxed primitive to the primitive: not written. */
  CONTENT: 8,
} as const;
export type Way = (typeof Way)[keyof typeof Way];

interface Node {
  readonly parent: Node | undefined;
  readonly way: Way;
  readonly key: unknown;
}
export type Place = Node | undefined;

/** More steps than this are told with a gap. */
const MOST_STEPS = 16;
const STEPS_AT_AN_END = 6;

export class Trail {
  readonly #ways: Way[] = [];
  /** Names, symbols and numbers only: nothing is kept alive by them. */
  readonly #keys: unknown[] = [];
  #base: Place = undefined;
  #start = 0;

  /** The walk goes on at `depth` `start`, at the place `base`. Answers what `back` takes. */
  from(base: Place, start: number): { readonly base: Place; readonly start: number } {
    const before = { base: this.#base, start: this.#start };
    this.#base = base;
    this.#start = start;
    return before;
  }

  back(before: { readonly base: Place; readonly start: number }): void {
    this.#base = before.base;
    this.#start = before.start;
  }

  /** From the object at `depth` the walk goes this way. */
  step(depth: number, way: Way, key: unknown): void {
    this.#ways[depth] = way;
    this.#keys[depth] = key;
  }

  /** The place of the value at `depth`. */
  at(depth: number): Place {
    let place = this.#base;
    for (let index = this.#start; index < depth; index++) {
      place = { parent: place, way: this.#ways[index], key: this.#keys[index] };
    }
    return place;
  }

  clear(): void {
    this.#base = undefined;
    this.#start = 0;
  }
}

export function within(parent: Place, way: Way, key: unknown): Place {
  return { parent, way, key };
}

/**
 * The place in source form. `root` is what the whole value is called; where it is called nothing (the body of a thread),
 * what it captures is called by its own name.
 */
export function tellPlace(place: Place, root: string): string {
  const steps: string[] = [];
  for (let node = place; node !== undefined; node = node.parent) {
    const step = tellStep(node.way, node.key);
    if (step !== "") steps.push(step);
  }
  steps.reverse();
  if (steps.length > MOST_STEPS) {
    steps.splice(STEPS_AT_AN_END, steps.length - 2 * STEPS_AT_AN_END, " … ");
  }
  const way = steps.join("");
  return root === "" ? way.replace(/^\./, "") : root + way;
}

function tellStep(way: Way, key: unknown): string {
  switch (way) {
    case Way.FIELD:
      return member(key);
    case Way.ELEMENT:
      return `[${String(key)}]`;
    case Way.MAP_VALUE:
      return `.get(${typeof key === "string" ? JSON.stringify(key) : String(key)})`;
    case Way.MAP_KEY:
      return `.keys()[${String(key)}]`;
    case Way.VALUE:
      return `.values()[${String(key)}]`;
    case Way.HIDDEN:
      return typeof key === "string" ? `.#${key.replace(/^#/, "")}` : `.#private[${String(key)}]`;
    case Way.CAPTURE:
      return member(key);
    case Way.CAPTURE_WITHIN:
      return `.captures${member(key)}`;
    case Way.CONTENT:
      return "";
  }
}

function member(key: unknown): string {
  if (typeof key === "symbol") return `[${key.toString()}]`;
  if (typeof key === "number") return `[${key}]`;
  const name = String(key);
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `.${name}`
    : `[${JSON.stringify(name)}]`;
}
