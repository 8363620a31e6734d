/**
 * What one thread remembers of one protected value, so that its objects keep their identity: each object of the graph
 * has an id that crosses with it, and a value that arrives again refreshes the objects that are known by their ids.
 *
 * A session holds the graph that crossed last, in either direction, and nothing older: what has left the graph is
 * forgotten. Graphs change little from one crossing to the next, so an object or id is first looked for at the place
 * where it stood last time; only when it is not there, a table of all is made.
 */

/**
 * Where the ids of new objects come from: one for a thread, so that ids of two threads never meet. Ids are whole
 * numbers below 2^53.
 */
export interface IdSource {
  /** The next id; counts up. */
  next: number;
}

/** Ids a thread may give: 2^39, a million a second for six days. */
const IDS_A_THREAD = 2 ** 39;

/** `thread` counts from 0 and is below 2^14. */
export function idsOf(thread: number): IdSource {
  return { next: thread * IDS_A_THREAD + 1 };
}

/** The objects of a graph in the order of their heads. */
export interface Graph {
  objects: object[];
  ids: number[];
  /** First words of their heads: what each was written as. */
  heads: number[];
}

const emptyGraph = (): Graph => ({ objects: [], ids: [], heads: [] });

export class Session {
  readonly #source: IdSource;
  #now = emptyGraph();
  /** The graph under way: becomes `#now` when its crossing has succeeded. */
  #next = emptyGraph();
  #numbers: Map<object, number> | undefined;
  #places: Map<number, number> | undefined;

  constructor(source: IdSource) {
    this.#source = source;
  }

  /** How many objects are remembered. */
  get size(): number {
    return this.#now.objects.length;
  }

  /** Forgets everything: the next value to arrive is made anew. */
  forget(): void {
    this.#now = emptyGraph();
    this.discard();
  }

  /** The id of an object that is being written, which is then the next one of the graph under way. */
  idFor(object: object, head: number): number {
    const now = this.#now;
    const next = this.#next;
    let place = next.objects.length;
    let id: number;
    if (now.objects[place] === object) {
      id = now.ids[place];
    } else {
      this.#numbers ??= new Map(now.objects.map((one, index) => [one, index]));
      place = this.#numbers.get(object) ?? -1;
      id = place < 0 ? this.#source.next++ : now.ids[place];
    }
    next.objects.push(object);
    next.ids.push(id);
    next.heads.push(head);
    return id;
  }

  /** The object known by `id`, if it was written as `head` tells. */
  known(id: number, head: number): object | undefined {
    const now = this.#now;
    let place = this.#next.objects.length;
    if (now.ids[place] !== id) {
      this.#places ??= new Map(now.ids.map((one, index) => [one, index]));
      place = this.#places.get(id) ?? -1;
      if (place < 0) return undefined;
    }
    return now.heads[place] === head ? now.objects[place] : undefined;
  }

  /** An object that is being read is the next one of the graph under way. */
  arrived(object: object, id: number, head: number): void {
    this.#next.objects.push(object);
    this.#next.ids.push(id);
    this.#next.heads.push(head);
  }

  /** The graph under way is complete. */
  adopt(): void {
    const { objects, ids, heads } = this.#now;
    this.#now = this.#next;
    this.#next = { objects, ids, heads };
    this.discard();
  }

  /** The graph under way came to nothing. */
  discard(): void {
    const next = this.#next;
    next.objects.length = next.ids.length = next.heads.length = 0;
    this.#numbers = this.#places = undefined;
  }
}
