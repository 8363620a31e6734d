/**
 * How a run is let go on, for each way of asking (`Going`): who is picked, and where it stops. Whoever goes on is decided fairly and
 * always alike: the thread that went last, until it cannot, yields, or has gone long enough; then the next by number.
 */
import type { SiteId, ThreadId } from "../../base/brand.ts";
import type { Going, Notable, Stopped } from "../../protocol/step.ts";
import type { Candidate } from "../scheduler.ts";
import { resumes } from "./move.ts";
import { indexOf } from "./session.ts";
import { whyNobodyElse } from "./keeps-core.ts";
import type { Drive, Passing } from "./stepper.ts";
import { givesWay, type Turns } from "./turns.ts";

/** What going on must know of the run. */
export interface GoingView {
  /** Threads that only go where they are named. */
  readonly frozen: ReadonlySet<ThreadId>;
  /** How the program's execution model has threads take turns. */
  readonly turns: Turns;
  /** Whether threads are stopped before statements; else before operations alone. */
  readonly hasStatements: boolean;
  /** The run has come to stand on another engine since. */
  readonly isElsewhere: boolean;
  /** Of the thread's innermost frame of the person's; Infinity while it has none. */
  depthOf(thread: ThreadId): number;
  /** What the thread would do next. */
  nextOf(thread: ThreadId): Candidate | undefined;
  lineOf(site: SiteId): number | undefined;
  hasEnded(thread: ThreadId): boolean;
  /** Breakpoints before this statement that stop here, if any; logpoints speak. */
  breakpointsAt(passing: Passing): readonly number[] | undefined;
  /** Breakpoints before this operation, on an engine without statements. */
  breakpointsBefore(candidate: Candidate): readonly number[] | undefined;
  /** Breakpoints on events that this operation meets. */
  eventsAt(candidate: Candidate): readonly number[] | undefined;
  /** Whether the operation is one of these. */
  isNotable(what: Notable, candidate: Candidate): boolean;
  /** Threads that wait for what another holds. */
  contending(): readonly ThreadId[];
  /** Two threads that stand before conflicting accesses. */
  races(offered: readonly Candidate[]): readonly ThreadId[] | undefined;
  /** Whether the operation is an access that races with one before it. */
  wouldRace(candidate: Candidate): boolean;
  /** Somebody wants to be heard: go on later. */
  isDue(): boolean;
}

export class GoingOn implements Drive {
  /** Why it stopped; undefined where it has only been interrupted: give the same drive again. */
  stopped: Stopped | undefined;
  readonly #how: Going;
  readonly #view: GoingView;
  /** Who is stepped, where one is. */
  readonly #thread: ThreadId | undefined;
  readonly #depth: number;
  /** Before which operation that thread stood. */
  readonly #from: Pick<Candidate, "site" | "operation"> | undefined;
  /** How many operations it has made. */
  #own = 0;
  #last: ThreadId | -1 = -1;
  /** Who has gone since it began. */
  readonly #gone = new Set<ThreadId>();
  /** Who else could have, when it was last asked. */
  #could = new Set<ThreadId>();
  #inRow = 0;
  #picks = 0;
  #chosen = 0;
  #contending: ReadonlySet<ThreadId>;
  /** Threads that have yet to move in lockstep. */
  #lockstep: ThreadId[] | undefined;

  /** `last`: who went before. */
  constructor(how: Going, view: GoingView, last: ThreadId | -1) {
    this.#how = how;
    this.#view = view;
    this.#last = last;
    this.#thread = "thread" in how ? how.thread : how.kind === "continue" ? how.only : undefined;
    this.#depth = this.#thread === undefined ? 0 : view.depthOf(this.#thread);
    const next = this.#thread === undefined ? undefined : view.nextOf(this.#thread);
    this.#from = next && { site: next.site, operation: next.operation };
    this.#contending = new Set(view.contending());
  }

  /** Somebody has paused it: if one thread alone went since it began though others could, that is said. */
  paused(nameOf: (thread: ThreadId) => string): Stopped {
    const [thread] = this.#gone;
    if (thread === undefined || this.#gone.size > 1) return { why: "pause" };
    const text = whyNobodyElse(this.#view.turns, thread, [...this.#could], nameOf);
    return { why: "pause", thread, ...(text === undefined ? {} : { text }) };
  }

  pick(candidates: readonly Candidate[], count: number): number {
    if (this.stopped !== undefined) return -1;
    const offered = candidates.length === count ? candidates : candidates.slice(0, count);
    if (this.#picks > 0 && this.#view.isDue()) {
      this.#could = this.#others(offered);
      return -1;
    }
    if (this.#picks > 0 && this.#isThere(offered)) return -1;
    const index = this.#choose(offered);
    if (index < 0) return -1;
    const candidate = offered[index];
    if (this.#picks > 0 && this.#isBefore(candidate)) return -1;
    this.#picks++;
    this.#gone.add(candidate.thread);
    this.#inRow = candidate.thread === this.#last ? this.#inRow + 1 : 0;
    this.#last = candidate.thread;
    if (candidate.thread === this.#thread) this.#own++;
    return index;
  }

  choose(_n: number, _thread: ThreadId, otherwise: number): number {
    const { choices = [] } = this.#how as Extract<Going, { kind: "operation" }>;
    return choices[this.#chosen++] ?? otherwise;
  }

  stopsAt(passing: Passing): boolean {
    const breakpoints = this.#view.breakpointsAt(passing);
    if (breakpoints !== undefined) {
      this.stopped ??= { why: "breakpoint", thread: passing.thread, breakpoints };
      return true;
    }
    if (this.stopped !== undefined || passing.thread !== this.#thread) return false;
    const { depth } = passing;
    const isThere =
      this.#how.kind === "into" ||
      (this.#how.kind === "over" && depth <= this.#depth) ||
      (this.#how.kind === "out" && depth < this.#depth);
    if (isThere) this.stopped = { why: "step", thread: passing.thread };
    return isThere;
  }

  // ---- where to stop between operations

  #isThere(offered: readonly Candidate[]): boolean {
    const { kind } = this.#how;
    if (kind === "operation") return this.#stop({ why: "step", thread: this.#thread });
    if (kind === "over" || kind === "into" || kind === "out") {
      const isDone = this.#view.hasEnded(this.#thread!) || this.#isAtNextOperation(kind);
      return isDone && this.#stop({ why: "step", thread: this.#thread });
    }
    if (kind !== "until") return false;
    if (this.#how.what === "contention") {
      const now = this.#view.contending();
      const fresh = now.find((thread) => !this.#contending.has(thread));
      this.#contending = new Set(now);
      return fresh !== undefined && this.#stop({ why: "event", thread: fresh });
    }
    if (this.#how.what === "race") {
      const pair = this.#view.races(offered);
      return pair !== undefined && this.#stop({ why: "event", thread: pair[1] });
    }
    return false;
  }

  /** Without statements: whether the thread has come as far as a step over, into or out of one would have brought it. */
  #isAtNextOperation(kind: "over" | "into" | "out"): boolean {
    if (this.#view.isElsewhere) return true;
    if (this.#view.hasStatements || this.#own === 0) return false;
    if (kind === "into") return true;
    const depth = this.#view.depthOf(this.#thread!);
    if (kind === "out") return depth < this.#depth;
    const next = this.#view.nextOf(this.#thread!);
    if (next === undefined || this.#from === undefined) return true;
    const { site, operation } = this.#from;
    const isAnotherLine = this.#view.lineOf(next.site) !== this.#view.lineOf(site);
    return depth <= this.#depth && (isAnotherLine || isSame(next, { site, operation }));
  }

  /** Whether it stops before this operation of the one who is to go on. */
  #isBefore(candidate: Candidate): boolean {
    const { thread } = candidate;
    const met = this.#view.hasStatements ? undefined : this.#view.breakpointsBefore(candidate);
    if (met !== undefined) return this.#stop({ why: "breakpoint", thread, breakpoints: met });
    const breakpoints = this.#view.eventsAt(candidate);
    if (breakpoints !== undefined) return this.#stop({ why: "event", thread, breakpoints });
    if (this.#how.kind !== "until") return false;
    const { what } = this.#how;
    const isThere =
      what === "switch"
        ? thread !== this.#last
        : what === "race"
          ? this.#view.wouldRace(candidate)
          : this.#view.isNotable(what, candidate);
    return isThere && this.#stop({ why: "event", thread });
  }

  #stop(why: Stopped): true {
    this.stopped = why;
    return true;
  }

  // ---- who goes on

  #others(offered: readonly Candidate[]): Set<ThreadId> {
    const { frozen } = this.#view;
    const could = offered.filter(
      ({ thread, timesOut }) => thread !== this.#last && !timesOut && !frozen.has(thread),
    );
    return new Set(could.map(({ thread }) => thread));
  }

  #choose(offered: readonly Candidate[]): number {
    const how = this.#how;
    switch (how.kind) {
      case "operation":
        return this.#onlyThis(offered, how.timesOut, how.wakes);
      case "lockstep":
        return this.#nextInStep(offered);
      case "continue":
        return how.only === undefined ? this.#anybody(offered) : this.#onlyThis(offered, false);
      case "until":
        return this.#anybody(offered);
      default: {
        const own = indexOf(offered, offered.length, how.thread);
        if (own >= 0) return own;
        return how.others === "frozen" ? this.#onlyThis(offered, false) : this.#anybody(offered);
      }
    }
  }

  #onlyThis(offered: readonly Candidate[], timesOut: boolean, wakes = false): number {
    const index = indexOf(offered, offered.length, this.#thread!, timesOut || wakes, wakes);
    // Where nothing else can happen, time goes by.
    const late =
      index < 0 && !timesOut && !wakes
        ? indexOf(offered, offered.length, this.#thread!, true)
        : index;
    if (late < 0) this.#stop({ why: "blocked", thread: this.#thread });
    return late;
  }

  #anybody(offered: readonly Candidate[]): number {
    const goesOn = this.#inRow + 1 < this.#patience && !this.#gaveWay;
    const own =
      goesOn && this.#last >= 0 ? indexOf(offered, offered.length, this.#last as ThreadId) : -1;
    const isFree = own >= 0 && !this.#view.frozen.has(offered[own].thread);
    const index = isFree ? own : nextAfter(this.#last, offered, this.#view.frozen);
    if (index < 0) {
      this.#stop({ why: "blocked", text: "every thread that could go on is frozen" });
      return -1;
    }
    const picked = offered[index];
    this.#gaveWay = givesWay(this.#view.turns, picked);
    return index;
  }

  #gaveWay = false;

  /** Contention and races come where threads take turns. */
  get #patience(): number {
    const how = this.#how;
    return how.kind === "until" && (how.what === "contention" || how.what === "race")
      ? 0
      : this.#view.turns.longest;
  }

  #nextInStep(offered: readonly Candidate[]): number {
    this.#lockstep ??= [
      ...new Set(
        offered
          .filter(({ thread, timesOut }) => !timesOut && !this.#view.frozen.has(thread))
          .map(({ thread }) => thread),
      ),
    ];
    for (let next = this.#lockstep[0]; next !== undefined; next = this.#lockstep[0]) {
      const index = indexOf(offered, offered.length, next);
      // A thread that was paused in its code goes on to its operation, and makes that too.
      if (index < 0 || !resumes(offered[index])) this.#lockstep.shift();
      if (index >= 0) return index;
    }
    this.#stop({ why: "step" });
    return -1;
  }
}

/** Whether it is the same operation again, as in a loop. */
const isSame = (
  one: Pick<Candidate, "site" | "operation">,
  other: Pick<Candidate, "site" | "operation">,
): boolean => one.site === other.site && one.operation === other.operation;

/** The first by number after `last`, else the first of all; time-outs when nothing else is left; -1 if all are frozen. */
function nextAfter(
  last: ThreadId | -1,
  offered: readonly Candidate[],
  frozen: ReadonlySet<ThreadId>,
): number {
  let first = -1;
  let late = -1;
  for (let index = 0; index < offered.length; index++) {
    const { thread, timesOut, wakes } = offered[index];
    if (frozen.has(thread) || wakes === true) continue;
    if (timesOut) {
      if (late < 0) late = index;
    } else if (thread > last) {
      return index;
    } else if (first < 0) {
      first = index;
    }
  }
  return first >= 0 ? first : late;
}
