/**
 * Handles: the objects in a thread's isolate that stand for something shared. A handle crosses to another thread as a few
 * words and is made again there: the same object each time for what is shared (a mutex), a new one for what moves (a
 * channel's end), whose old handle is spent.
 */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { here, type Owned } from "./activation.ts";
import { MovedError, text } from "./errors.ts";
import { engine } from "./intrinsics.ts";

/** The key under which a handle answers how it crosses. */
export const crossing: unique symbol = Symbol("threadloom.crossing");

export interface Handle {
  readonly [crossing]: Crossing;
}

export interface Crossing {
  /** One of those that `crosses` was told. */
  readonly kind: string;
  readonly object: Address;
  /** A second word of the kind's own: a channel end's block, a thread's number. */
  readonly detail: number;
  /** What moves. Absent: shared. */
  readonly moves?: Moves;
}

export interface Moves {
  /** Throws `MovedError` if it may not move any more. */
  check(): void;
  /** It is about to be seen by others (or, with this thread, it stays after all). */
  belongsTo(owner: ThreadId | -1): void;
  /** It moved: this handle is spent. */
  moved(): void;
  /** What its owner drops at its end. Absent: nothing. */
  readonly end?: Owned;
}

type Arrive = (object: Address, detail: number) => object;

const kinds: { readonly name: string; readonly arrive: Arrive; readonly shared: boolean }[] = [];

/** Declares a kind of handle. Kinds are numbered in the order of these calls, which is the same in every thread. */
export function crosses(name: string, how: "shared" | "moves", arrive: Arrive): void {
  kinds.push({ name, arrive, shared: how === "shared" });
}

export function crossingOf(value: object): Crossing | undefined {
  return crossing in value ? (value as Handle)[crossing] : undefined;
}

export function departingWords(departing: Crossing): number[] {
  return [kindNumber(departing.kind), departing.object, departing.detail];
}

/** Of a kind that was declared: what its handles' words begin with. */
export function kindNumber(name: string): number {
  return kinds.findIndex((kind) => kind.name === name);
}

/** What the handle is that these words stand for, and its object: for who only looks. */
export function toldBy(words: ArrayLike<number>): {
  readonly kind: string;
  readonly object: Address;
} {
  return { kind: kinds[words[0]].name, object: words[1] as Address };
}

/** The handle that these words stand for in this thread. */
export function arrive(words: ArrayLike<number>): object {
  const kind = kinds[words[0]];
  const object = words[1] as Address;
  if (!kind.shared) return kind.arrive(object, words[2]);
  const known = here.handles.get(object)?.deref();
  if (known !== undefined) return known;
  const made = kind.arrive(object, words[2]);
  here.handles.set(object, new WeakRef(made));
  return made;
}

/** Remembers a shared handle that was made here, so that it is the one that comes back. */
export function remember<T extends object>(object: Address, handle: T): T {
  here.handles.set(object, new WeakRef(handle));
  return handle;
}

let adopted = 0 as Address;

/** Makes a handle for an object that exists: its constructor finds the address by `adoptedObject`. */
export function adopt<T>(object: Address, make: () => T): T {
  adopted = object;
  return make();
}

/** In a handle's constructor: the object to adopt, 0 to make a new one. */
export function adoptedObject(): Address {
  const object = adopted;
  adopted = 0 as Address;
  return object;
}

/** How the life of a handle came to its end. `spent`: it was for one use, and that was made. */
export type Ended = "moved" | "dropped" | "released" | "spent";

/** What became of a handle that can be used only once or only for a while. */
export class Life {
  #state: "alive" | Ended = "alive";
  #since = 0 as SiteId;

  get alive(): boolean {
    return this.#state === "alive";
  }

  get dropped(): boolean {
    return this.#state === "dropped";
  }

  end(how: Ended): void {
    this.#state = how;
    this.#since = engine.site;
  }

  /** Throws `MovedError` with both places if it is over. */
  check(what: string): void {
    if (this.#state !== "alive") throw usedAfter(this.#state, what, this.#since);
  }
}

/** The error for the use of something at the current place whose life ended at `since`. */
export function usedAfter(ended: Ended, what: string, since: SiteId): MovedError {
  const place = engine.placeOf(engine.site) || "a place that is not known";
  const before = engine.placeOf(since) || "a place that is not known";
  switch (ended) {
    case "moved":
      return new MovedError(text(RUNTIME_MESSAGES.moved, { handle: what, place, moved: before }));
    case "dropped":
      return new MovedError(
        text(RUNTIME_MESSAGES.dropped, { handle: what, place, dropped: before }),
      );
    case "released":
      return new MovedError(
        text(RUNTIME_MESSAGES.released, { lock: what, place, released: before }),
      );
    case "spent":
      return new MovedError(text(RUNTIME_MESSAGES.spent, { handle: what, place, spent: before }));
  }
}
