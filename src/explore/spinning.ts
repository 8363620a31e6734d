/**
 * Threads that wait by looking (SEMANTICS, Exploring): where a turn of a loop has only read, and what it read is as it was,
 * the next one would come to the same. So the thread waits until somebody changes something of it; the number of turns is
 * no difference between executions.
 */
import type { ThreadId } from "../base/brand.ts";
import { LOOKS } from "../trace/looks.ts";
import type { ExploredStep, Key } from "./step.ts";
import type { Turn, Turns } from "./turns.ts";

/** Whether a step has left everything as it was. */
export function isLook({ parts, event, noted, joined, chosen }: ExploredStep): boolean {
  if (noted || joined !== undefined || chosen.length > 0) return false;
  return parts === undefined ? LOOKS.has(event) : parts.every((part) => part.looks);
}

export class Spinning {
  readonly #turns: Turns;
  /** By thread: what it waits for to change. */
  readonly #waits: (ReadonlySet<Key> | undefined)[] = [];
  /** By object: how often it was changed. */
  readonly #changes = new Map<Key, number>();

  /** Whether any thread has come to such a loop: until then nothing need be known. */
  #any = false;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  reset(): void {
    this.#any = false;
    this.#waits.length = 0;
    this.#changes.clear();
  }

  /** A thread has come to such a loop. */
  begins(): void {
    this.#any = true;
  }

  /** Whether any thread has come to such a loop, in this execution. */
  get isUsed(): boolean {
    return this.#any;
  }

  /** Whether there is no point in letting the thread go on. */
  waits(thread: ThreadId): boolean {
    return this.#waits[thread] !== undefined;
  }

  /** The thread begins a turn with these variables, after that one. */
  turns(thread: ThreadId, { pure, read, locals }: Turn): void {
    if (!pure || read.size === 0 || this.#turns.of(thread).at(-1)!.locals !== locals) return;
    const isAsItWas = [...read].every(([key, count]) => this.#countOf(key) === count);
    if (isAsItWas) this.#waits[thread] = new Set(read.keys());
  }

  /** The thread has made a turn that came to nothing: it waits until somebody changes some of this. */
  goesRound(thread: ThreadId, touched: ReadonlySet<Key>): void {
    this.#waits[thread] = touched;
  }

  /** A step was made. */
  took(step: ExploredStep): void {
    if (!this.#any) return;
    const { id, thing, parts } = step;
    const looks = isLook(step);
    const turns = this.#turns.of(id);
    if (!looks) for (const turn of turns) turn.pure = false;
    const touched = parts?.map((part) => part.thing) ?? (thing === undefined ? [] : [thing]);
    for (const { key } of touched) {
      if (!looks) {
        this.#changed(key);
        continue;
      }
      for (const { read } of turns) if (!read.has(key)) read.set(key, this.#countOf(key));
    }
  }

  #changed(key: Key): void {
    this.#changes.set(key, this.#countOf(key) + 1);
    for (let thread = 0; thread < this.#waits.length; thread++) {
      if (this.#waits[thread]?.has(key) === true) this.#waits[thread] = undefined;
    }
  }

  #countOf(key: Key): number {
    return this.#changes.get(key) ?? 0;
  }
}
