/**
 * The word-locks that a thread takes for a step, always in order of address, so that no two threads wait for each other here.
 *
 * Nearly every step takes one, or two that are known beforehand (`gate.ts` takes the first by itself: it is worth it). A select
 * takes those of all its cases; and whoever acts on an object at which selects have left notes takes those of all their
 * cases too, since it may complete one of them and has to withdraw its other notes. Who they are can only be seen with the
 * first word-lock held: so they are taken, looked at again, and given back and taken anew until they are enough.
 */
import type { Address } from "../../base/brand.ts";
import { SELECT, select } from "../../objects/kinds.ts";
import { Head } from "../../objects/object.ts";
import { CaseWord } from "../../objects/select.ts";
import type { RunMemory } from "./memory.ts";
import type { Parking } from "./parking.ts";

/** How often a word-lock is tried before the thread naps. */
const SPINS = 200;

export class WordLocks {
  readonly #memory: RunMemory;
  readonly #parking: Parking;
  /** What they hold while this thread has them. */
  readonly #mine: number;
  /** Those of a step with many, in order of address. */
  readonly #held: number[] = [];
  readonly #wanted: number[] = [];

  constructor(memory: RunMemory, parking: Parking, mine: number) {
    this.#memory = memory;
    this.#parking = parking;
    this.#mine = mine;
  }

  take(at: number): void {
    if (Atomics.compareExchange(this.#memory.words, at, 0, this.#mine) !== 0) this.contend(at);
  }

  takeBoth(at: number, partner: number): void {
    this.take(Math.min(at, partner));
    this.take(Math.max(at, partner));
  }

  contend(at: number): void {
    const { words } = this.#memory;
    let spins = 0;
    while (Atomics.compareExchange(words, at, 0, this.#mine) !== 0) {
      // Whoever holds it has been interrupted in the middle: let it run.
      if (++spins > SPINS) this.#parking.nap();
    }
  }

  /** Whether `takeAll` was the last to take any. */
  get areMany(): boolean {
    return this.#held.length > 0;
  }

  /** Whether a step on `at`, whose word-lock is held, may complete somebody's select. */
  meetsSelects(words: Int32Array, at: Address): boolean {
    for (let row = words[at + Head.WATCHERS]; row !== 0; row = words[row + CaseWord.NEXT]) {
      if (words[row + CaseWord.NOTED] === 1) return true;
    }
    return false;
  }

  /** Takes all that a step on `at`, an object or a select, may need. None is held before. */
  takeAll(at: Address): void {
    const held = this.#held;
    const wanted = this.#wanted;
    wanted.length = 0;
    this.#want(at);
    do {
      this.releaseAll();
      for (const one of wanted) {
        this.take(one);
        held.push(one);
      }
      this.#memory.refresh();
      wanted.length = 0;
      this.#want(at);
      for (const one of held) this.#wantWatching(one as Address);
    } while (!wanted.every((one) => held.includes(one)));
  }

  releaseAll(): void {
    const { words } = this.#memory;
    for (const one of this.#held) Atomics.store(words, one, 0);
    this.#held.length = 0;
  }

  /** The object itself; of a select, those of all its cases. */
  #want(at: Address): void {
    const { words } = this.#memory;
    if (words[at + Head.KIND] !== SELECT) return this.#add(at);
    for (let index = 0; ; index++) {
      const object = select.objectAt(words, at, index);
      if (object === 0) return;
      this.#add(object);
    }
  }

  /** Those of the selects that have left notes at `at`. */
  #wantWatching(at: Address): void {
    const { words } = this.#memory;
    for (let row = words[at + Head.WATCHERS]; row !== 0; row = words[row + CaseWord.NEXT]) {
      if (words[row + CaseWord.NOTED] === 1) this.#want(words[row + CaseWord.SELECT] as Address);
    }
  }

  #add(at: number): void {
    const wanted = this.#wanted;
    let index = wanted.length;
    while (index > 0 && wanted[index - 1] > at) index--;
    if (wanted[index - 1] !== at) wanted.splice(index, 0, at);
  }
}
