/**
 * The order of an execution as a partial one: a step comes before another where their order makes a difference, or where a
 * chain of such steps leads from one to the other. Executions with the same partial order are one Mazurkiewicz trace: the
 * same run to anybody within the program (Mazurkiewicz, "Trace Theory", 1987).
 *
 * Kept as vector clocks, one a step: O(threads) words each, and as many comparisons as there are threads that touched the
 * same object, in the usual case.
 */
import type { SiteId, ThreadId } from "../base/brand.ts";
import { console_ } from "../objects/console.ts";
import type { ObjectKind } from "../objects/object.ts";
import { thread as threadKind } from "../objects/thread.ts";
import type { Dependence } from "./dependence.ts";
import type { ExploredStep, Key, Part, Thing } from "./step.ts";

/** Sets a wake-up without a reason apart from whatever else the operation may come to. */
const WOKEN = 1 << 16;

/** The steps of one thread on one object, in order. */
type Touches = number[];

/** Two sites, the lower one first. */
export interface MetPair {
  readonly first: SiteId;
  readonly second: SiteId;
  readonly object: string;
  /** 1: the first came first, 2: the second, 3: each did once. */
  readonly orders: number;
}

interface Met {
  readonly first: SiteId;
  readonly second: SiteId;
  readonly thing: Thing;
  orders: number;
}

/** Joining is how one thread waits for the other, and the console is everybody's: neither is a meeting. */
const UNTOLD: ReadonlySet<ObjectKind> = new Set([threadKind, console_]);

const NONE: readonly never[] = [];
const NO_PARTS: readonly Part[] = [];

export class Order {
  readonly #dependence: Dependence;
  /** Those that were read. */
  readonly #steps: ExploredStep[] = [];
  /** As many as there were at most. */
  #threads = 0;
  /** By thread: the last step in which it took part, -1 for none. */
  #last: number[] = [];
  /** By thread: how many steps it has made, and how many of its operations went through. */
  #counts: number[] = [];
  #doneBy: number[] = [];
  /** By step that completed operations of others: the last steps, before it, of those others. */
  readonly #previousOfJoined: (readonly number[] | undefined)[] = [];
  /** A step's clock: how many steps of each thread come before it or are it. */
  #clocks = new Int32Array(1 << 10);
  /**
   * The same in operations that went through, by whosever step: how many of each thread's a step comes after, or are made by
   * it. So it is the same whichever side of a rendezvous came first.
   */
  #done = new Int32Array(1 << 10);
  /** Of a step that meets others or waits to be met: how many of its side came before, on that object; else -1. */
  readonly #arrival: number[] = [];
  readonly #arrivals = new Map<number, number>();
  readonly #met = new Map<number, Met>();
  /** By step: the hash of the execution up to it; for as many as are hashed. */
  readonly #lows: number[] = [];
  readonly #highs: number[] = [];
  #low = 0;
  #high = 0;
  /** The how manieth of its thread a step is, from 1. */
  readonly #place: number[] = [];
  /** The last step before it in which its thread took part, -1 for none. */
  readonly #previous: number[] = [];
  /** By thread. */
  readonly #keys: Key[] = [];
  /** By object's slot: who touched it when. All executions are of one `Execution`. */
  readonly #touches: (Touches | undefined)[][] = [];
  /** What conditions of the program may depend on. */
  readonly #seen: (Touches | undefined)[] = [];

  /** Steps of the calls of a check. */
  readonly #within: (Touches | undefined)[] = [];
  /** By process: the steps within it, and those that have ended it. */
  readonly #inside = new Map<Key, (Touches | undefined)[]>();
  readonly #ends = new Map<Key, (Touches | undefined)[]>();
  /** Where the last step has ended the program: all steps, since it depends on each. */
  readonly #all: (Touches | undefined)[] = [];
  #exits = false;

  constructor(dependence: Dependence) {
    this.#dependence = dependence;
  }

  /**
   * Reads an execution. `threads`: how many there are. What it begins with, if that are the very steps of the one that was read
   * last, is not read again: O(steps) for those, O(steps · threads) for the others.
   */
  read(steps: readonly ExploredStep[], threads: number): void {
    const exits = steps.at(-1)?.exits === true;
    if (threads > this.#threads || exits || this.#exits) this.#forgetAll(threads);
    this.#exits = exits;
    let same = 0;
    while (same < this.#steps.length && this.#steps[same] === steps[same]) same++;
    this.#forget(same);
    this.#room(steps.length * this.#threads);
    for (let index = same; index < steps.length; index++) {
      this.#steps.push(steps[index]);
      this.#add(index);
    }
  }

  #room(words: number): void {
    if (this.#clocks.length >= words) return;
    const [clocks, done] = [this.#clocks, this.#done];
    this.#clocks = new Int32Array(2 * words);
    this.#done = new Int32Array(2 * words);
    this.#clocks.set(clocks);
    this.#done.set(done);
  }

  #forgetAll(threads: number): void {
    this.#threads = Math.max(this.#threads, threads);
    this.#steps.length = this.#lows.length = this.#highs.length = 0;
    this.#touches.length = 0;
    this.#seen.length = 0;
    this.#within.length = 0;
    this.#all.length = 0;
    this.#inside.clear();
    this.#ends.clear();
    this.#arrivals.clear();
    const fresh = (value: number): number[] => new Array<number>(this.#threads).fill(value);
    [this.#last, this.#counts, this.#doneBy] = [fresh(-1), fresh(0), fresh(0)];
  }

  /** As if only so many steps had been read. */
  #forget(length: number): void {
    for (let index = this.#steps.length - 1; index >= length; index--) {
      const step = this.#steps[index];
      const { id, thing, partner, parts, joined } = step;
      const drop = (touches: readonly (Touches | undefined)[] | undefined): void => {
        const list = touches?.[id];
        if (list?.[list.length - 1] === index) list.pop();
      };
      if (thing !== undefined) drop(this.#touches[thing.slot]);
      if (partner !== undefined) drop(this.#touches[partner.slot]);
      for (const part of parts ?? NO_PARTS) drop(this.#touches[part.thing.slot]);
      if (step.seen) drop(this.#seen);
      if (step.within) drop(this.#within);
      if (step.ends !== undefined) drop(this.#ends.get(step.ends));
      for (const process of step.processes) drop(this.#inside.get(process));
      if (joined !== undefined) {
        for (let at = joined.length - 1; at >= 0; at--) {
          this.#last[joined[at].id] = this.#previousOfJoined[index]![at];
          this.#doneBy[joined[at].id]--;
        }
      }
      this.#last[id] = this.#previous[index];
      this.#counts[id]--;
      if (!step.noted) this.#doneBy[id]--;
      const arrival = this.#arrival[index];
      if (arrival >= 0) this.#arrivals.set(sideKey(thing!, step.operation), arrival);
    }
    this.#steps.length = length;
    this.#lows.length = this.#highs.length = Math.min(this.#lows.length, length);
  }

  /** Pairs of lines that met in any execution that was read: what they touched, and whether each came first once. */
  get pairs(): readonly MetPair[] {
    return [...this.#met.values()].map(({ thing, ...met }) => ({ ...met, object: thing.name }));
  }

  /** Whether step `one` comes before step `other`, or is it. */
  before(one: number, other: number): boolean {
    const { id } = this.#steps[one];
    return this.#clocks[other * this.#threads + id] >= this.#place[one];
  }

  /** The last step before `index` in which its thread took part, -1 for none. */
  previous(index: number): number {
    return this.#previous[index];
  }

  /** Whether `one` comes before the thread of `step` could do anything, after `previous`, its last step. */
  isPast(one: number, previous: number): boolean {
    return previous >= 0 && this.before(one, previous);
  }

  /**
   * The steps of other threads before `end` on which `step` depends and that its own thread does not know of (`previous`:
   * its last step), the last first.
   */
  rivals(step: ExploredStep, end: number, previous: number): number[] {
    const found: number[] = [];
    const look = (touches: readonly (Touches | undefined)[]): void => {
      for (let id = 0; id < touches.length; id++) {
        const list = touches[id];
        if (list === undefined || id === step.id) continue;
        for (let at = list.length - 1; at >= 0; at--) {
          const one = list[at];
          if (one >= end) continue;
          if (this.isPast(one, previous)) break;
          if (this.#isRival(this.#steps[one], step) && !found.includes(one)) {
            found.push(one);
          }
        }
      }
    };
    if (step.thing !== undefined) look(this.#touches[step.thing.slot] ?? NONE);
    if (step.partner !== undefined) look(this.#touches[step.partner.slot] ?? NONE);
    for (const { thing } of step.parts ?? NO_PARTS) look(this.#touches[thing.slot] ?? NONE);
    if (step.seen) look(this.#seen);
    if (step.within) look(this.#within);
    if (step.ends !== undefined) look(this.#inside.get(step.ends) ?? NONE);
    for (const process of step.processes) look(this.#ends.get(process) ?? NONE);
    if (step.exits || this.#exits) look(this.#all);
    return found.sort((one, other) => other - one);
  }

  /** What lets a patient thread go on has come before the end of its patience. */
  #isRival(one: ExploredStep, step: ExploredStep): boolean {
    const dependence = this.#dependence;
    return dependence.conflict(one, step) || (step.patient && dependence.enables(one, step));
  }

  /** The last step of a thread, -1 if it has made none. */
  lastOf(id: ThreadId): number {
    for (let index = this.#steps.length - 1; index >= 0; index--) {
      const { id: one, joined } = this.#steps[index];
      if (one === id || joined?.some((part) => part.id === id)) return index;
    }
    return -1;
  }

  /** The same for all executions that are the same trace: 64 bits in hexadecimal. O(steps · threads). */
  hash(): string {
    this.#hashAll();
    return hex(this.#high) + hex(this.#low);
  }

  /** Of each beginning of the execution, from none of its steps on: 52 bits, the same where it is the same trace. */
  prefixes(): Float64Array {
    this.#hashAll();
    const hashes = new Float64Array(this.#steps.length + 1);
    for (let index = 0; index < this.#steps.length; index++) {
      hashes[index + 1] = (this.#highs[index] >>> 12) * 2 ** 32 + (this.#lows[index] >>> 0);
    }
    return hashes;
  }

  #hashAll(): void {
    const known = this.#lows.length;
    this.#low = this.#lows[known - 1] ?? 0;
    this.#high = this.#highs[known - 1] ?? 0;
    for (let index = known; index < this.#steps.length; index++) {
      this.#hash(index);
      this.#lows.push(this.#low);
      this.#highs.push(this.#high);
    }
  }

  /** Adds the operations that a step completes, whoever's step it is, and where it meets others its place among its side. */
  #hash(index: number): void {
    const { id, thread, operation, chosen, timesOut, wakes, thing, parts, noted, joined } =
      this.#steps[index];
    const start = index * this.#threads;
    let known = thing?.key ?? 0;
    for (let other = 0; other < this.#threads; other++) {
      const count = this.#done[start + other];
      if (count > 0) known = (known + mix(this.#keys[other], count)) | 0;
    }
    for (const choice of chosen) known = mix(known, choice + 1);
    for (const part of parts ?? NO_PARTS) {
      if (!part.looks) known = (known + mix(part.thing.key, part.operation + 1)) | 0;
    }
    const add = (key: Key, count: number, what: number): void => {
      const one = mix(mix(key, count), what);
      this.#low = (this.#low + one) | 0;
      this.#high = (this.#high + mix(one, 0x1b873593)) | 0;
    };
    const way = (timesOut ? 1 : 0) + (wakes ? WOKEN : 0);
    if (!noted) add(thread, this.#done[start + id], mix(known, operation * 2 + way));
    for (const one of joined ?? NONE) {
      add(one.thread, this.#done[start + one.id], mix(known, one.operation * 2));
    }
    const arrival = this.#arrival[index];
    if (arrival < 0) return;
    add(thread, this.#done[start + id] + (noted ? 1 : 0), mix(sideOf(operation), arrival));
  }

  #add(index: number): void {
    const step = this.#steps[index];
    const [last, counts, done] = [this.#last, this.#counts, this.#doneBy];
    const { id, thing, partner, joined } = step;
    const threads = this.#threads;
    const start = index * threads;
    this.#clocks.fill(0, start, start + threads);
    this.#done.fill(0, start, start + threads);
    this.#keys[id] = step.thread;
    this.#previous[index] = last[id];
    if (last[id] >= 0) this.#join(start, last[id]);
    if (joined !== undefined) {
      for (const part of joined) if (last[part.id] >= 0) this.#join(start, last[part.id]);
    }
    if (thing !== undefined) this.#follow(step, index, (this.#touches[thing.slot] ??= []));
    if (partner !== undefined) this.#follow(step, index, (this.#touches[partner.slot] ??= []));
    for (const { thing: one } of step.parts ?? NO_PARTS) {
      this.#follow(step, index, (this.#touches[one.slot] ??= []));
    }
    if (step.seen) this.#follow(step, index, this.#seen);
    if (step.within) this.#follow(step, index, this.#within);
    if (this.#exits) this.#follow(step, index, this.#all);
    if (step.ends !== undefined) {
      this.#comeAfter(step, index, touchesOf(this.#inside, step.ends));
      (touchesOf(this.#ends, step.ends)[id] ??= []).push(index);
    }
    for (const process of step.processes) (touchesOf(this.#inside, process)[id] ??= []).push(index);
    this.#place[index] = ++counts[id];
    this.#clocks[start + id] = counts[id];
    last[id] = index;
    this.#arrival[index] = this.#arrive(step);
    this.#done[start + id] = done[id];
    if (!step.noted) this.#done[start + id] = ++done[id];
    if (joined === undefined) return;
    this.#previousOfJoined[index] = joined.map((part) => {
      const before = last[part.id];
      last[part.id] = index;
      return before;
    });
    for (const part of joined) {
      this.#done[start + part.id] = ++done[part.id];
    }
  }

  /** Either side of a meeting may wait for the other: what counts is the order of each side. */
  #arrive({ thing, noted, joined, operation }: ExploredStep): number {
    if (thing === undefined || (!noted && joined === undefined)) return -1;
    const side = sideKey(thing, operation);
    const before = this.#arrivals.get(side) ?? 0;
    this.#arrivals.set(side, before + 1);
    return before;
  }

  /** It comes after what it depends on; then it is one that others may depend on. */
  #follow(step: ExploredStep, index: number, touches: (Touches | undefined)[]): void {
    this.#comeAfter(step, index, touches);
    (touches[step.id] ??= []).push(index);
  }

  #comeAfter(step: ExploredStep, index: number, touches: readonly (Touches | undefined)[]): void {
    const { id } = step;
    const start = index * this.#threads;
    for (let other = 0; other < touches.length; other++) {
      const list = touches[other];
      if (list === undefined || other === id) continue;
      for (let at = list.length - 1; at >= 0; at--) {
        const one = list[at];
        if (this.#clocks[start + other] >= this.#place[one]) break;
        const before = this.#steps[one];
        if (this.#dependence.between(before, step)) {
          this.#meet(before, step);
          this.#join(start, one);
          break;
        }
        if (this.#dependence.enables(before, step)) {
          this.#join(start, one);
          break;
        }
      }
    }
  }

  /** Two lines meet, in this order. */
  #meet(before: ExploredStep, after: ExploredStep): void {
    const { thing } = after;
    if (thing === undefined || UNTOLD.has(thing.kind)) return;
    // Steps of two calls may have nothing to do with each other but the order of the calls.
    if (after.within && before.thing?.key !== thing.key) return;
    const isTurned = before.site > after.site;
    const [first, second] = isTurned ? [after.site, before.site] : [before.site, after.site];
    const pair = first * 2 ** 20 + second;
    const met = this.#met.get(pair);
    const order = first === second ? 3 : isTurned ? 2 : 1;
    if (met === undefined) this.#met.set(pair, { first, second, thing, orders: order });
    else met.orders |= order;
  }

  #join(start: number, one: number): void {
    const from = one * this.#threads;
    for (let id = 0; id < this.#threads; id++) {
      if (this.#clocks[from + id] > this.#clocks[start + id]) {
        this.#clocks[start + id] = this.#clocks[from + id];
      }
      if (this.#done[from + id] > this.#done[start + id]) {
        this.#done[start + id] = this.#done[from + id];
      }
    }
  }
}

function touchesOf(all: Map<Key, (Touches | undefined)[]>, key: Key): (Touches | undefined)[] {
  let touches = all.get(key);
  if (touches === undefined) all.set(key, (touches = []));
  return touches;
}

/** An operation and its try are of one side. */
const SIDES = 16;

function sideOf(operation: number): number {
  return operation >> 1;
}

function sideKey({ slot }: Thing, operation: number): number {
  return slot * SIDES + sideOf(operation);
}

function mix(hash: number, value: number): number {
  let z = Math.imul(hash ^ value, 0x9e3779b1) ^ Math.imul(value + 0x7f4a7c15, 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 15), 0x2c1b3c6d);
  z = Math.imul(z ^ (z >>> 12), 0x297a2d39);
  return z ^ (z >>> 15);
}

function hex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, "0");
}
