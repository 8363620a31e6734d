/**
 * The objects of an execution, by names that are the same in all executions: a key by who made it and as which of its children,
 * and a small number for each key. What the last execution has in common with this one is not looked at again.
 */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";
import { empty } from "../base/empty.ts";
import type { Prepared } from "../engine/model/prepared.ts";
import { cell } from "../objects/cell.ts";
import { console_ } from "../objects/console.ts";
import { KINDS } from "../objects/kinds.ts";
import { Head } from "../objects/object.ts";
import { thread as threadKind } from "../objects/thread.ts";
import { type Key, keyOf, type Thing } from "./step.ts";

/** No words of theirs tell whether operations commute, or could go through. */
export const PLAIN = new Set([cell, console_, threadKind]);
const NO_WORDS = new Int32Array(0);

export class Things {
  readonly #inside: Prepared;
  /** By `ObjectId`. */
  readonly #things: Thing[] = [];
  /** By thread: how many objects it has made. */
  readonly #made: number[] = [];
  /** The threads' objects. */
  readonly #threads: (Thing | undefined)[] = [];
  /** By key: `Thing.slot`. */
  readonly #slots = new Map<Key, number>();

  constructor(inside: Prepared) {
    this.#inside = inside;
  }

  /** Another execution begins. `anew`: with nothing of the last one. */
  begin(anew: boolean): void {
    empty(this.#made);
    empty(this.#threads);
    if (anew) this.#things.length = 0;
  }

  /** The thread has made an object, `isKept`: as it did in the last execution. */
  created(thread: ThreadId, at: Address, isKept: boolean): void {
    const nth = (this.#made[thread] = (this.#made[thread] ?? 0) + 1);
    if (isKept) return;
    const { words } = this.#inside.memory;
    const kind = KINDS[words[at + Head.KIND]];
    const site = words[at + Head.SITE] as SiteId;
    const key = keyOf(this.#keyOfMaker(thread), nth);
    this.#things[words[at + Head.ID]] = {
      ...{ key, slot: this.#slotOf(key), kind, at, site },
      name: this.nameOf(site) ?? kind.name,
      words: PLAIN.has(kind) ? NO_WORDS : words.slice(at, at + Head.OWN + kind.words),
    };
  }

  /** What the person calls what is made there. */
  nameOf(site: number): string | undefined {
    return this.#inside.program.sites[site]?.name;
  }

  at(object: Address): Thing | undefined {
    return object === 0 ? undefined : this.#things[this.#inside.memory.words[object + Head.ID]];
  }

  ofThread(id: ThreadId): Thing {
    return (this.#threads[id] ??= this.at(this.#inside.machine.threads[id].object)!);
  }

  /** Main makes its own object, and the console, before it begins. */
  #keyOfMaker(thread: ThreadId): Key {
    return this.#inside.machine.threads[thread] === undefined ? 0 : this.ofThread(thread).key;
  }

  #slotOf(key: Key): number {
    const { size } = this.#slots;
    const slot = this.#slots.get(key) ?? size;
    if (slot === size) this.#slots.set(key, slot);
    return slot;
  }
}
