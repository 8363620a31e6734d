/**
 * Threads that go round for ever though they do things: livelock with effects (SEMANTICS, Exploring). The compiler marks loops
 * whose turns leave nothing behind in their thread (`compiler/twins/spins.ts`), so that at the beginning of each turn the thread
 * is as it was. Where all that was changed besides is as it was, too, and everybody who could go on meanwhile has done so, the
 * same steps can be made again for ever: a fair cycle without progress.
 *
 * States are compared, not hashed: what a thread has done in the turn under way and what that came to, how many steps the
 * others have made, and the words of what was changed. Whatever else happens (a message, an output, a choice) counts as
 * progress, so that nothing is called a livelock which is none; some that are remain unseen.
 */
import type { ThreadId } from "../base/brand.ts";
import type { Candidate } from "../engine/scheduler.ts";
import { atomic } from "../objects/atomic.ts";
import { mutex } from "../objects/mutex.ts";
import { Head, type ObjectKind } from "../objects/object.ts";
import { semaphore } from "../objects/semaphore.ts";
import { type ExploredStep, type Key, NO_CHOICES, type Thing } from "./step.ts";

/** Their own words are all that they are. */
const PLAIN: ReadonlySet<ObjectKind> = new Set([atomic, mutex, semaphore]);
/** So many earlier moments like this one are looked at, the earliest ones. */
const MOST_LIKE = 64;

interface Turn {
  /** Which of the thread's loops it belongs to. */
  readonly loop: number;
  /** What was done in it, and what that came to. */
  deeds: string;
  /** What was changed or looked at. */
  readonly touched: Set<Key>;
}

export class Circling {
  readonly #words: () => Int32Array;
  /** By thread. */
  readonly #turns: (Turn | undefined)[] = [];
  readonly #loops: number[] = [];
  /** By thread: how many steps it has made. */
  readonly #made: number[] = [];
  /** By thread: before which step it was offered last. */
  readonly #offered: number[] = [];
  /** By thread: the step before which its last turn began, and what all was like then. */
  readonly #last: ({ readonly index: number; readonly state: string } | undefined)[] = [];
  readonly #changed = new Map<Key, Thing>();
  /** What never comes back. */
  #progress = 0;
  /** By what all was like when a turn began: before which steps that was. */
  readonly #seen = new Map<string, number[]>();
  /** Who goes round for ever. */
  found: readonly ThreadId[] = [];

  /** `words`: the run's memory, as it is now. */
  constructor(words: () => Int32Array) {
    this.#words = words;
  }

  reset(): void {
    for (const list of [this.#turns, this.#loops, this.#made, this.#offered, this.#last]) {
      list.length = 0;
    }
    this.#changed.clear();
    this.#seen.clear();
    this.#progress = 0;
    this.found = [];
  }

  /** These could go on now. */
  offers(offered: readonly Candidate[], index: number): void {
    for (const { thread } of offered) this.#offered[thread] = index;
  }

  /** A step is begun. */
  picked({ id, operation, timesOut }: ExploredStep): void {
    this.#made[id] = (this.#made[id] ?? 0) + 1;
    const turn = this.#turns[id];
    if (turn !== undefined) turn.deeds += `${operation}${timesOut ? "t" : ""};`;
  }

  /** It was made. */
  took({ id, thing, parts, result, chosen, noted, joined, event }: ExploredStep): void {
    const isPlain = thing !== undefined && PLAIN.has(thing.kind);
    const isOdd = parts !== undefined || noted || joined !== undefined || chosen !== NO_CHOICES;
    if (!isPlain || isOdd) {
      this.#progress++;
      return;
    }
    this.#changed.set(thing.key, thing);
    const turn = this.#turns[id];
    if (turn === undefined) return;
    turn.deeds += `${thing.key}=${result}/${event};`;
    turn.touched.add(thing.key);
  }

  /**
   * The thread comes to a turn of its loop; the first thing that it does there is `isFirst`: to begin. Answers what must change
   * before another turn could come to anything else, if this one came to nothing and nobody else moved.
   */
  turns(
    thread: ThreadId,
    isFirst: boolean,
    steps: readonly ExploredStep[],
  ): ReadonlySet<Key> | undefined {
    if (isFirst) {
      this.#loops[thread] = (this.#loops[thread] ?? 0) + 1;
      this.#turns[thread] = this.#last[thread] = undefined;
      return undefined;
    }
    const before = this.#turns[thread];
    this.#turns[thread] = { loop: this.#loops[thread] ?? 0, deeds: "", touched: new Set() };
    const state = this.#state();
    const index = steps.length;
    const last = this.#last[thread];
    this.#last[thread] = { index, state };
    this.#look(state, steps);
    const isAlone = (from: number): boolean => {
      for (let at = from; at < index; at++) if (steps[at].id !== thread) return false;
      return from < index;
    };
    return last?.state === state && isAlone(last.index) ? before?.touched : undefined;
  }

  #look(state: string, steps: readonly ExploredStep[]): void {
    const index = steps.length;
    const like = this.#seen.get(state) ?? [];
    this.#seen.set(state, like);
    for (const from of like) {
      if (from === index) continue;
      const moved = new Set<ThreadId>();
      for (let at = from; at < index; at++) moved.add(steps[at].id);
      const isFair = this.#offered.every(
        (at, thread) => at < from || moved.has(thread as ThreadId),
      );
      if (isFair) this.found = [...moved].sort((one, other) => one - other);
    }
    if (like.length < MOST_LIKE) like.push(index);
  }

  #state(): string {
    const words = this.#words();
    const parts: (string | number)[] = [this.#progress];
    for (let thread = 0; thread < this.#made.length; thread++) {
      const turn = this.#turns[thread];
      parts.push(turn === undefined ? (this.#made[thread] ?? 0) : `${turn.loop}:${turn.deeds}`);
    }
    for (const { key, kind, at } of this.#changed.values()) {
      parts.push(key, words.subarray(at + Head.OWN, at + Head.OWN + kind.words).join());
    }
    return parts.join("|");
  }
}
