/**
 * Cores with clocks of their own, one queue of threads that are ready, and a quantum: what all execution models are made of.
 * A discrete simulation: of all threads on a core, the one whose core's clock is least makes the next step, so that steps
 * come in order of time whatever the cores do.
 *
 * A thread that is ready takes the core that is free first, from then on when it became ready. It leaves the core when it
 * can't go on, when it yields, or when its quantum is used up; the last two only if somebody waits for a core.
 *
 * The machine runs a thread's code up to its next operation as soon as a step is made. What a thread worked after a yield is
 * therefore owed: it is spent on the core that the thread has next, be it the same one.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Candidate } from "../scheduler.ts";
import type { ExecutionModel, Switch } from "./model.ts";

export interface CoresOptions {
  readonly cores: number;
  /** In ticks; Infinity: a thread keeps its core until it waits or yields. */
  readonly quantum: number;
}

/** `Candidate.operation` of a thread that is about to yield, where its object is 0. */
const YIELD = 1;
/** However long nobody needs the core: a loop that never ends must not keep the others from theirs. */
const LONGEST_SLICE = 1 << 14;
const NOBODY = -1;

interface Core {
  thread: ThreadId | typeof NOBODY;
  clock: number;
  /** Ticks since the thread came. */
  used: number;
  yields: boolean;
  /** Ticks that the thread worked after its yield. */
  owed: number;
}

interface Waiting {
  readonly thread: ThreadId;
  readonly since: number;
  readonly owed: number;
}

export class Cores implements ExecutionModel {
  readonly cores: number;
  readonly quantum: number;
  readonly switches: Switch[] = [];
  time = 0;
  readonly #cores: Core[];
  #queue: Waiting[] = [];
  /** By thread: index of what it would do, plus one; only of those that could go on. */
  readonly #offers: number[] = [];
  /** By thread: the pick at which it was last seen on a core or in the queue. */
  readonly #placed: number[] = [];
  #picks = 0;
  /** By thread: when it last left a core because it could not go on. */
  readonly #left: number[] = [];
  #last: Core;
  #began = false;

  constructor({ cores, quantum }: CoresOptions) {
    this.cores = cores;
    this.quantum = quantum;
    this.#cores = Array.from({ length: cores }, () => ({
      thread: NOBODY,
      clock: 0,
      used: 0,
      yields: false,
      owed: 0,
    }));
    this.#last = this.#cores[0];
  }

  get slice(): number {
    const left = this.quantum - this.#last.used;
    // On a single core nobody comes to wait for it while its thread works.
    const isWanted = this.#queue.length > 0 || this.cores > 1;
    return isWanted ? Math.max(1, Math.min(left, LONGEST_SLICE)) : LONGEST_SLICE;
  }

  worked(thread: ThreadId, ticks: number): void {
    const core = this.#cores.find((one) => one.thread === thread);
    if (core === undefined) return;
    core.owed += ticks;
    if (!core.yields) spend(core);
  }

  reached(thread: ThreadId): number {
    const core = this.#cores.find((one) => one.thread === thread);
    return core === undefined ? this.time : core.clock + core.owed;
  }

  pick(candidates: readonly Candidate[], count: number): number {
    this.switches.length = 0;
    this.#take(candidates, count);
    for (const core of this.#cores) this.#free(core);
    this.#queueUp(candidates, count);
    const core = this.#due();
    const index = this.#offers[core.thread] - 1;
    const { object, operation } = candidates[index];
    core.yields = object === 0 && operation === YIELD;
    this.#last = core;
    this.#began = true;
    this.time = core.clock++;
    core.used++;
    return index;
  }

  choose(_n: number, _thread: ThreadId, otherwise: number): number {
    return otherwise;
  }

  #take(candidates: readonly Candidate[], count: number): void {
    this.#offers.fill(0);
    for (let index = 0; index < count; index++) {
      const { thread } = candidates[index];
      while (this.#offers.length <= thread) this.#offers.push(0);
      // A thread's operation stands before the end of its patience, and comes before it.
      if (this.#offers[thread] === 0) this.#offers[thread] = index + 1;
    }
  }

  #free(core: Core): void {
    if (core.thread === NOBODY || this.#offers[core.thread] !== 0) return;
    spend(core);
    this.#left[core.thread] = core.clock;
    core.thread = NOBODY;
  }

  #queueUp(candidates: readonly Candidate[], count: number): void {
    if (this.#queue.some(({ thread }) => this.#offers[thread] === 0)) {
      this.#queue = this.#queue.filter(({ thread }) => this.#offers[thread] !== 0);
    }
    const picks = ++this.#picks;
    for (const { thread } of this.#cores) if (thread !== NOBODY) this.#placed[thread] = picks;
    for (const { thread } of this.#queue) this.#placed[thread] = picks;
    // Whoever became ready did so by the last step.
    const since = this.#began ? this.time + 1 : 0;
    for (let index = 0; index < count; index++) {
      const { thread } = candidates[index];
      if (this.#placed[thread] === picks) continue;
      this.#placed[thread] = picks;
      // What it waits for may come while it has yet to get there, as code runs early.
      const from = Math.max(since, this.#left[thread] ?? 0);
      this.#queue.push({ thread, since: from, owed: 0 });
    }
  }

  /**
   * The core that makes the next step. Cores are ahead of each other, since code runs early: what becomes of one that is
   * ahead is decided only when all others have come as far, or who waits would be given a core that is free too late.
   */
  #due(): Core {
    for (;;) {
      if (this.#fill()) continue;
      const core = least(this.#cores, (one) => one.thread !== NOBODY)!;
      if (!this.#preempt(core)) return core;
    }
  }

  /** Whether that changed where the core is, or who is on it. */
  #preempt(core: Core): boolean {
    const { thread, clock, owed } = core;
    const mayStay = !core.yields && core.used < this.quantum;
    if (thread === NOBODY || mayStay) return false;
    core.yields = false;
    if (!this.#queue.some(({ since }) => since <= clock)) {
      // Nobody waits: it has the next quantum as well.
      core.used = 0;
      // What it worked after its yield may have it ahead of others.
      if (owed === 0) return false;
      spend(core);
      return true;
    }
    this.#move(core, thread, false, 0);
    core.thread = NOBODY;
    core.owed = 0;
    this.#queue.push({ thread, since: clock, owed });
    return true;
  }

  /** Gives a free core to who waits: the core that was free first to who waited longest. Whether there was such a pair. */
  #fill(): boolean {
    const first = longestWaiting(this.#queue);
    const core = least(this.#cores, (one) => one.thread === NOBODY);
    if (first === undefined || core === undefined) return false;
    const at = Math.max(core.clock, first.since);
    const soonest = least(this.#cores, (one) => one.thread !== NOBODY);
    if (soonest !== undefined && soonest.clock < at) return false;
    this.#queue.splice(this.#queue.indexOf(first), 1);
    core.clock = at;
    core.thread = first.thread;
    core.used = 0;
    core.yields = false;
    this.#move(core, first.thread, true, at - first.since);
    core.owed = first.owed;
    spend(core);
    return true;
  }

  #move(core: Core, thread: ThreadId, on: boolean, waited: number): void {
    const { clock: time } = core;
    this.switches.push({ core: this.#cores.indexOf(core), thread, on, time, waited });
  }
}

/** The thread has worked what it owed. */
function spend(core: Core): void {
  core.clock += core.owed;
  core.used += core.owed;
  core.owed = 0;
}

function longestWaiting(queue: readonly Waiting[]): Waiting | undefined {
  let found: Waiting | undefined;
  for (const one of queue) if (found === undefined || one.since < found.since) found = one;
  return found;
}

/** The core whose clock is least; of equals the first. */
function least(cores: readonly Core[], test: (core: Core) => boolean): Core | undefined {
  let found: Core | undefined;
  for (const core of cores) {
    if (test(core) && (found === undefined || core.clock < found.clock)) found = core;
  }
  return found;
}
