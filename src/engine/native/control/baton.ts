/** A thread's end of the control: it stands still before each operation until the controller lets it go on. */
import type { SiteId } from "../../../base/brand.ts";
import { RunWord, SlotWord } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import { ControlWord, Go, Standing, StandWord } from "./words.ts";

/** How often a thread looks before it parks. Handing over by looking costs a tenth of a microsecond, by parking ten. */
const SPINS = 2000;

export type Order = typeof Go.ON | typeof Go.TIMED_OUT;

export class Baton {
  readonly #words: Int32Array;
  readonly #moving: number;
  readonly #stand: number;
  #calls = 0;
  /** Writes the thread's stack down and answers where: set where somebody looks at stacks. */
  stack: (() => number) | undefined;

  /** `slot`: the thread's. */
  constructor(memory: RunMemory, slot: number) {
    // A fixed view will do: the blocks were made before the thread was.
    this.#words = memory.words;
    this.#moving = memory.words[RunWord.CONTROL] + ControlWord.MOVING;
    this.#stand = memory.words[slot + SlotWord.STAND]!;
  }

  /** A new operation begins: its patience is counted anew. `low`, `high`: further words of its arguments. */
  begin(
    object: number,
    operation: number,
    a: number,
    b: number,
    site: SiteId,
    low = 0,
    high = 0,
  ): void {
    const words = this.#words;
    const stand = this.#stand;
    words[stand + StandWord.OBJECT] = object;
    words[stand + StandWord.OPERATION] = operation;
    words[stand + StandWord.A] = a;
    words[stand + StandWord.B] = b;
    words[stand + StandWord.SITE] = site;
    words[stand + StandWord.LOW] = low;
    words[stand + StandWord.HIGH] = high;
    if (this.stack !== undefined) words[stand + StandWord.STACK] = this.stack();
    words[stand + StandWord.CALL] = ++this.#calls;
  }

  /** Stands still until it may go on. `patience` in milliseconds. */
  stand(standing: number, patience: number): Order {
    const words = this.#words;
    const stand = this.#stand;
    words[stand + StandWord.PATIENCE] =
      patience === Infinity ? -1 : Math.min(Math.round(patience * 1000), 0x7fff_ffff);
    this.#arrive(standing);
    for (let i = 0; i < SPINS; i++) {
      const go = Atomics.load(words, stand + StandWord.GO);
      if (go !== Go.WAIT) return this.#gone(go);
    }
    for (;;) {
      const go = Atomics.load(words, stand + StandWord.GO);
      if (go !== Go.WAIT) return this.#gone(go);
      Atomics.wait(words, stand + StandWord.GO, Go.WAIT);
    }
  }

  /** Asks for a choice among `n` in the middle of a step. */
  choose(n: number, otherwise: number): number {
    this.#words[this.#stand + StandWord.AMONG] = n;
    this.#words[this.#stand + StandWord.OTHERWISE] = otherwise;
    this.stand(Standing.CHOOSES, Infinity);
    return this.#words[this.#stand + StandWord.ANSWER];
  }

  /** It will not move again. */
  leave(): void {
    this.#arrive(Standing.OVER);
  }

  #arrive(standing: number): void {
    const words = this.#words;
    Atomics.store(words, this.#stand + StandWord.GO, Go.WAIT);
    Atomics.store(words, this.#stand + StandWord.STANDING, standing);
    if (Atomics.sub(words, this.#moving, 1) === 1) Atomics.notify(words, this.#moving);
  }

  #gone(go: number): Order {
    Atomics.store(this.#words, this.#stand + StandWord.STANDING, Standing.MOVES);
    return go as Order;
  }
}
