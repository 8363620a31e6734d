/**
 * What never ends, though each step can be made: threads that wait by looking (`spinning.ts`), that go round doing things
 * (`circling.ts`), and that are passed over meanwhile (`starving.ts`). Costs nothing until a thread comes to a loop which the
 * compiler has marked.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import type { Candidate } from "../engine/scheduler.ts";
import { Circling } from "./circling.ts";
import { Spinning } from "./spinning.ts";
import { type Starved, Starving, type Wanting } from "./starving.ts";
import type { ExploredStep, Thing } from "./step.ts";
import { Turns } from "./turns.ts";

export interface EndlessParts {
  /** Of the execution under way. */
  readonly steps: readonly ExploredStep[];
  /** The run's memory, as it is now. */
  readonly words: () => Int32Array;
  readonly thingAt: (object: Address) => Thing | undefined;
  /** What a thread would do next, if it stands before an operation. */
  readonly nextOf: (thread: ThreadId) => Wanting | undefined;
}

export class Endless {
  readonly #steps: readonly ExploredStep[];
  readonly #turns = new Turns();
  readonly #spinning = new Spinning(this.#turns);
  readonly #starving: Starving;
  readonly #circling: Circling;

  constructor(parts: EndlessParts) {
    const { steps, words } = parts;
    this.#steps = steps;
    this.#starving = new Starving(parts);
    this.#circling = new Circling({ turns: this.#turns, starving: this.#starving, words });
  }

  /** Another execution begins. */
  reset(): void {
    if (!this.isUsed) return;
    this.#turns.reset();
    this.#spinning.reset();
    this.#circling.reset();
    this.#starving.reset();
  }

  /** Whether any thread has come to a marked loop, in this execution. */
  get isUsed(): boolean {
    return this.#spinning.isUsed;
  }

  /** Whether a fair cycle without progress was made. */
  get isFound(): boolean {
    return this.#circling.found.length > 0;
  }

  /** Who may be passed over for ever. */
  get starved(): readonly Starved[] {
    return this.#starving.found;
  }

  /** Whether there is no point in letting the thread go on now. */
  waits(thread: ThreadId): boolean {
    return this.#spinning.waits(thread) || this.#circling.rests(thread);
  }

  /** Where nothing comes of going on: whether the thread is one of those that could. */
  goesRound(thread: ThreadId): boolean {
    return this.isFound ? this.#circling.found.includes(thread) : this.waits(thread);
  }

  /** These could go on: takes those out who are to be held back. */
  offers(offered: Candidate[]): void {
    if (!this.isUsed) return;
    this.#starving.offers(offered, (thread) => this.waits(thread));
    this.#circling.holdBack(offered);
  }

  /** A step is begun, while these could go on. */
  picked(step: ExploredStep, offered: readonly Candidate[]): void {
    if (!this.isUsed) return;
    this.#circling.offers(offered, step.index);
    this.#circling.picked(step);
  }

  /** It was made. */
  took(step: ExploredStep): void {
    if (!this.isUsed) return;
    this.#spinning.took(step);
    this.#circling.took(step);
  }

  /** The thread comes to a marked loop, or (with `locals`) to another turn of it. */
  turns(thread: ThreadId, loop: number, locals?: readonly unknown[]): void {
    this.#spinning.begins();
    if (locals === undefined) return this.#turns.begins(thread, loop);
    const before = this.#turns.turns(thread, loop, locals);
    if (before !== undefined) this.#spinning.turns(thread, before);
    const touched = this.#circling.turns(thread, before, this.#steps);
    if (touched !== undefined) this.#spinning.goesRound(thread, touched);
  }
}
