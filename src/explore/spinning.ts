/**
 * Threads that wait by looking (SEMANTICS, Exploring): where a turn of a loop has only read, and what it read is as it was,
 * the next one would come to the same. So the thread waits until somebody changes something of it; the number of turns is
 * no difference between executions.
 */
import type { ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import type { ExploredStep, Key } from "./step.ts";

/** Steps that leave everything as it was. */
const LOOKS: ReadonlySet<EventKind> = new Set([
  EventKind.read,
  EventKind.load,
  EventKind.compareFailed,
  EventKind.query,
  EventKind.lockRefused,
  EventKind.sendRefused,
  EventKind.receiveRefused,
  EventKind.acquireRefused,
  EventKind.find,
  EventKind.findNothing,
  EventKind.insertRefused,
  EventKind.writeRefused,
  EventKind.readRefused,
  EventKind.acceptRefused,
  EventKind.yield,
]);

interface Turn {
  /** What it has read so far, and how often that had been changed. */
  readonly read: Map<Key, number>;
  /** Whether it did nothing else. */
  pure: boolean;
}

export class Spinning {
  /** By thread: the turn under way. */
  readonly #turns: (Turn | undefined)[] = [];
  /** By thread: what it waits for to change. */
  readonly #waits: (ReadonlySet<Key> | undefined)[] = [];
  /** By object: how often it was changed. */
  readonly #changes = new Map<Key, number>();

  /** Whether any thread has come to such a loop: until then nothing need be known. */
  #any = false;

  reset(): void {
    this.#any = false;
    this.#turns.length = 0;
    this.#waits.length = 0;
    this.#changes.clear();
  }

  /** Whether any thread has come to such a loop, in this execution. */
  get isUsed(): boolean {
    return this.#any;
  }

  /** Whether there is no point in letting the thread go on. */
  waits(thread: ThreadId): boolean {
    return this.#waits[thread] !== undefined;
  }

  /** The thread comes to a turn of its loop; the first thing that it does there is `isFirst`: to begin. */
  turns(thread: ThreadId, isFirst: boolean): void {
    this.#any = true;
    const turn = this.#turns[thread];
    if (isFirst) {
      this.#turns[thread] = undefined;
      return;
    }
    this.#turns[thread] = { read: new Map(), pure: true };
    if (turn === undefined || !turn.pure || turn.read.size === 0) return;
    const isAsItWas = [...turn.read].every(([key, count]) => this.#countOf(key) === count);
    if (isAsItWas) this.#waits[thread] = new Set(turn.read.keys());
  }

  /** The thread has made a turn that came to nothing: it waits until somebody changes some of this. */
  goesRound(thread: ThreadId, touched: ReadonlySet<Key>): void {
    this.#waits[thread] = touched;
  }

  /** A step was made. */
  took({ id, thing, parts, event, noted, joined, chosen }: ExploredStep): void {
    if (!this.#any) return;
    const isPlain = !noted && joined === undefined && chosen.length === 0;
    const looks =
      isPlain && (parts === undefined ? LOOKS.has(event) : parts.every((part) => part.looks));
    const turn = this.#turns[id];
    if (turn !== undefined && !looks) turn.pure = false;
    const touched = parts?.map((part) => part.thing) ?? (thing === undefined ? [] : [thing]);
    for (const { key } of touched) {
      if (!looks) this.#changed(key);
      else if (turn !== undefined && !turn.read.has(key)) turn.read.set(key, this.#countOf(key));
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
