/**
 * Threads that go round for ever though they do things: livelock with effects (SEMANTICS, Exploring). The compiler marks loops
 * whose turns leave nothing behind in their thread but what it names (`compiler/twins/spins.ts`), so that at the beginning of a
 * turn in which that is as it was the thread is where it was. Where all that was changed besides is as it was, too, and
 * everybody who could go on meanwhile has done so, the same steps can be made again for ever: a fair cycle without progress.
 *
 * Where somebody could have gone on and has not, the cycle shows nothing new however often it is made: those who made it are
 * held back until somebody else has moved (as in Musuvathi and Qadeer, "Fair Stateless Model Checking", PLDI 2008, where
 * yields tell), so that an execution comes to its end. Whoever was passed over so may starve (`starving.ts`).
 *
 * States are compared, not hashed: where threads are in their turns, how many steps the others have made, and what the
 * objects are that were changed (`object-state.ts`). Whatever else happens (an output, a choice) counts as progress, so that
 * nothing is called a livelock which is none; some that are remain unseen.
 */
import type { ThreadId } from "../base/brand.ts";
import type { Candidate } from "../engine/scheduler.ts";
import { channel } from "../objects/channel.ts";
import { Head } from "../objects/object.ts";
import { EventKind } from "../trace/event.ts";
import { contentOf, isTold, stateOf } from "./object-state.ts";
import { isLook } from "./spinning.ts";
import type { Cycle, Starving } from "./starving.ts";
import type { ExploredStep, Key, Thing } from "./step.ts";
import type { Turn, Turns } from "./turns.ts";

/** So many earlier moments like this one are looked at, the earliest ones. */
const MOST_LIKE = 64;

export interface CirclingParts {
  readonly turns: Turns;
  readonly starving: Starving;
  /** The run's memory, as it is now. */
  readonly words: () => Int32Array;
}

export class Circling {
  readonly #turns: Turns;
  readonly #starving: Starving;
  readonly #words: () => Int32Array;
  /** By thread: how many steps it has made. */
  readonly #made: number[] = [];
  /** By thread: before which step it was offered last, and before which it could not go on. */
  readonly #offered: number[] = [];
  readonly #unable: number[] = [];
  /** By thread: the step before which its last turn began, and what all was like then. */
  readonly #last: ({ readonly index: number; readonly state: string } | undefined)[] = [];
  readonly #changed = new Map<Key, Thing>();
  /** What never comes back. */
  #progress = 0;
  /** By what all was like when a turn began: before which steps that was. */
  readonly #seen = new Map<string, number[]>();
  /** By thread that has gone round alone: what all that it touched was like then. */
  readonly #rests: (readonly (readonly [thing: Thing, state: string])[] | undefined)[] = [];
  /** Who has gone round without anything new, until somebody else moves. */
  #held: ReadonlySet<ThreadId> | undefined;
  /** Who goes round for ever. */
  found: readonly ThreadId[] = [];

  constructor({ turns, starving, words }: CirclingParts) {
    this.#turns = turns;
    this.#starving = starving;
    this.#words = words;
  }

  reset(): void {
    const lists = [this.#made, this.#offered, this.#unable, this.#last, this.#rests];
    for (const list of lists) list.length = 0;
    this.#changed.clear();
    this.#seen.clear();
    this.#progress = 0;
    this.#held = undefined;
    this.found = [];
  }

  /** Takes those out of what is offered who are held back, unless nobody else could go on. */
  holdBack(offered: Candidate[]): void {
    const held = this.#held;
    if (held === undefined || offered.every(({ thread }) => held.has(thread))) return;
    let left = 0;
    for (const one of offered) if (!held.has(one.thread)) offered[left++] = one;
    offered.length = left;
  }

  /** Whether the thread would only go round once more, as it did before: until something is not as it was then. */
  rests(thread: ThreadId): boolean {
    const known = this.#rests[thread];
    if (known === undefined) return false;
    const words = this.#words();
    return known.every(([{ kind, at }, state]) => stateOf(kind, words, at) === state);
  }

  /** These could go on now. */
  offers(offered: readonly Candidate[], index: number): void {
    for (const { thread } of offered) this.#offered[thread] = index;
    for (let thread = 0; thread < this.#made.length; thread++) {
      const isHeld = this.#held?.has(thread as ThreadId) === true;
      if (this.#offered[thread] !== index && !isHeld) this.#unable[thread] = index;
    }
  }

  /** A step is begun. */
  picked({ id, operation, timesOut }: ExploredStep): void {
    this.#made[id] = (this.#made[id] ?? 0) + 1;
    this.#rests[id] = undefined;
    if (this.#held?.has(id) === false) this.#held = undefined;
    const turn = this.#turns.of(id).at(-1);
    if (turn !== undefined) turn.deeds += `${operation}${timesOut ? "t" : ""};`;
  }

  /** It was made. */
  took(step: ExploredStep): void {
    const { id, thing, noted, joined, chosen, parts } = step;
    const looks = isLook(step);
    const isOdd = noted || joined !== undefined || chosen.length > 0;
    if (!looks && (isOdd || parts !== undefined || thing === undefined || !isTold(thing.kind))) {
      this.#progress++;
      return;
    }
    const turns = this.#turns.of(id);
    const touched = parts?.map((part) => part.thing) ?? [thing!];
    for (const one of touched) {
      if (isTold(one.kind)) this.#changed.set(one.key, one);
      for (const turn of turns) this.#touch(turn, one);
    }
    const turn = turns.at(-1);
    if (turn !== undefined) turn.deeds += `${step.event}${this.#cameTo(step)};`;
  }

  #touch(turn: Turn, thing: Thing): void {
    const { at, kind, key } = thing;
    turn.touched.add(key);
    const words = this.#words().slice(at, at + Head.OWN + kind.words);
    turn.glimpses.push({ thing, words });
  }

  /** What a step has told its thread: what its object is after it tells what it read. */
  #cameTo({ thing, result, event }: ExploredStep): string {
    if (thing === undefined) return `=${result}`;
    const words = this.#words();
    const state = stateOf(thing.kind, words, thing.at) ?? "";
    const isMessage = thing.kind === channel && event === EventKind.receive;
    const told = isMessage ? contentOf(words, result) : result;
    return `${thing.key}=${told}>${state}`;
  }

  /**
   * The thread comes to a turn of its loop, after `before`. Answers what that has touched if it has come to nothing though nobody
   * else moved, and if it cannot be told from that whether another turn would: until somebody changes some of it.
   */
  turns(
    thread: ThreadId,
    before: Turn | undefined,
    steps: readonly ExploredStep[],
  ): ReadonlySet<Key> | undefined {
    const state = this.#state();
    const index = steps.length;
    const last = this.#last[thread];
    this.#last[thread] = { index, state };
    this.#look(state, steps);
    const isAlone = (from: number): boolean => {
      for (let at = from; at < index; at++) if (steps[at].id !== thread) return false;
      return from < index;
    };
    if (before === undefined || last?.state !== state || !isAlone(last.index)) return undefined;
    this.#starving.goesRound(thread, before);
    const touched = [...before.touched];
    if (!touched.every((key) => this.#changed.has(key))) return before.touched;
    const words = this.#words();
    this.#rests[thread] = touched.map((key) => {
      const thing = this.#changed.get(key)!;
      return [thing, stateOf(thing.kind, words, thing.at)!];
    });
    return undefined;
  }

  #look(state: string, steps: readonly ExploredStep[]): void {
    const index = steps.length;
    const like = this.#seen.get(state) ?? [];
    this.#seen.set(state, like);
    for (const from of like) {
      if (from === index) continue;
      const cycle = steps.slice(from, index);
      const moved = new Set(cycle.map(({ id }) => id));
      const passed = this.#passedOver(from, moved);
      if (passed.length === 0) {
        this.found = [...moved].sort((one, other) => one - other);
        continue;
      }
      this.#held = moved;
      this.#tellStarved(passed, { from, steps: cycle });
    }
    if (like.length < MOST_LIKE) like.push(index);
  }

  /** Who could have gone on since, and has not. */
  #passedOver(from: number, moved: ReadonlySet<ThreadId>): ThreadId[] {
    const passed: ThreadId[] = [];
    for (let thread = 0; thread < this.#offered.length; thread++) {
      const id = thread as ThreadId;
      if ((this.#offered[id] ?? -1) >= from && !moved.has(id)) passed.push(id);
    }
    return passed;
  }

  /** Where nobody could have gone on all the time, the cycle is fair enough, and they starve in it. */
  #tellStarved(passed: readonly ThreadId[], cycle: Cycle & { readonly from: number }): void {
    const isWeaklyFair = passed.every((thread) => (this.#unable[thread] ?? -1) >= cycle.from);
    if (isWeaklyFair) for (const thread of passed) this.#starving.passedOver(thread, cycle);
  }

  #state(): string {
    const words = this.#words();
    const parts: (string | number)[] = [this.#progress];
    for (let thread = 0; thread < this.#made.length; thread++) {
      parts.push(this.#turns.placeOf(thread as ThreadId) ?? this.#made[thread] ?? 0);
    }
    for (const { key, kind, at } of this.#changed.values()) {
      parts.push(key, stateOf(kind, words, at)!);
    }
    return parts.join("|");
  }
}
