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
interface IdSource {
  /** The next id; counts up. */
  next: number;
}

/** Ids a thread may give: 2^39, a million a second for six days. */
const IDS_A_THREAD = 2 ** 39;

/** `thread` counts from 0 and is below 2^14. */
export function idsOf(thread: number): IdSource {
  return { next: thread * IDS_A_THREAD + 1 };
}

/** The objects of a graph, in the order in which they crossed. */
class Graph {
  /** How many there are; the arrays may be longer, and hold nothing there. */
  count = 0;
  objects: (object | undefined)[] = [];
  ids: number[] = [];
  /** What each was written as: it keeps its identity as long as that is the same. */
  kinds: number[] = [];

  add(object: object, id: number, kind: number): void {
    const place = this.count++;
    this.objects[place] = object;
    this.ids[place] = id;
    this.kinds[place] = kind;
  }

  clear(): void {
    if (this.count > KEPT) {
      this.objects = [];
      this.ids = [];
      this.kinds = [];
    } else {
      for (let place = 0; place < this.count; place++) this.objects[place] = undefined;
    }
    this.count = 0;
  }
}

/** Places that are kept for the next graph. */
const KEPT = 1 << 10;

export class Session {
  readonly #source: IdSource;
  #now = new Graph();
  /** The graph under way: becomes `#now` when its crossing has succeeded. */
  #next = new Graph();
  #places: Map<object, number> | undefined;
  #placesOfIds: Map<number, number> | undefined;

  constructor(source: IdSource) {
    this.#source = source;
  }

  /** How many objects are remembered. */
  get size(): number {
    return this.#now.count;
  }

  /** Forgets everything: the next value to arrive is made anew. */
  forget(): void {
    this.#now.clear();
    this.discard();
  }

  /** The id of an object that is being written, which is then the next one of the graph under way. */
  idFor(object: object, kind: number): number {
    const place = this.#placeOf(object);
    const id = place < 0 ? this.#source.next++ : this.#now.ids[place];
    this.#next.add(object, id, kind);
    return id;
  }

  #placeOf(object: object): number {
    const now = this.#now;
    const place = this.#next.count;
    if (place < now.count && now.objects[place] === object) return place;
    this.#places ??= new Map(now.objects.slice(0, now.count).map((one, index) => [one!, index]));
    return this.#places.get(object) ?? -1;
  }

  /** The object known by `id`, if it was written as the same kind. */
  known(id: number, kind: number): object | undefined {
    const now = this.#now;
    let place = this.#next.count;
    if (!(place < now.count && now.ids[place] === id)) {
      this.#placesOfIds ??= new Map(now.ids.slice(0, now.count).map((one, index) => [one, index]));
      place = this.#placesOfIds.get(id) ?? -1;
      if (place < 0) return undefined;
    }
    return now.kinds[place] === kind ? now.objects[place] : undefined;
  }

  /** An object that is being read is the next one of the graph under way. */
  arrived(object: object, id: number, kind: number): void {
    this.#next.add(object, id, kind);
  }

  /** The graph under way is complete. */
  adopt(): void {
    const before = this.#now;
    this.#now = this.#next;
    this.#next = before;
    this.discard();
  }

  /** The graph under way came to nothing. */
  discard(): void {
    this.#next.clear();
    this.#places = undefined;
    this.#placesOfIds = undefined;
  }
}
