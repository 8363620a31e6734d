/**
 * Follows a recorded run: lets threads make their operations in the order that the trace has them per object and per thread
 * (SEMANTICS, What a recording holds). Any order that keeps to these two is the same run, so where the trace leaves it open, or
 * equal stamps leave it in doubt, whoever can go on and came first does.
 *
 * Threads are known again by who started them and as which child; nothing depends on ids, which are given in whatever order
 * threads happen to start. Where nobody can do what the trace says next, the run has left the recorded one: that is told once,
 * and the rest goes `Onward`.
 *
 * A thread that is stopped by the end of its program or process may have made a step whose record it had no time to write. The
 * trace shows that by a hole among the operations of an object; such a thread goes on until others can.
 */
import type { ThreadId } from "../../base/brand.ts";
import { SCHEDULE_MESSAGES } from "../../base/catalogue/schedule.ts";
import { problem, type TraceProblem } from "../../trace/problem.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";
import { Onward } from "./onward.ts";
import { type Deed, type Place, readScripts, type Script } from "./trace-scripts.ts";
import type { FamilyView } from "./view.ts";

/**
 * Which operations on an object have been made: all up to one, and some beyond it. Who was woken makes its operation at once
 * here, where a real thread may come to it after others have made theirs.
 */
interface Made {
  upTo: number;
  readonly beyond: Set<number>;
}

export class TraceOrder implements Scheduler {
  /** Where the run left the recorded one, if it did. */
  readonly problems: TraceProblem[] = [];
  readonly #view: FamilyView;
  readonly #scripts: ReadonlyMap<ThreadId, Script>;
  /** By thread of this run: who it is in the trace. */
  readonly #roles: (ThreadId | -1)[] = [0 as ThreadId];
  /** By object of the trace: its operations so far. */
  readonly #made = new Map<number, Made>();
  readonly #onward = new Onward();
  /** Operations that others came after, and nobody has recorded. */
  readonly #holes: Place[];
  #steps = 0;
  #left = false;
  /** What the step under way is in the trace. */
  #last: Deed | undefined;

  constructor(trace: Trace, view: FamilyView) {
    this.#view = view;
    this.#scripts = readScripts(trace);
    this.#holes = holesIn(this.#scripts);
  }

  pick(candidates: readonly Candidate[], count: number): number {
    if (!this.#left) {
      let found = this.#find(candidates, count);
      if (found < 0 && this.#holes.length > 0) found = this.#findUntold(candidates, count);
      if (found >= 0) {
        this.#steps++;
        this.#onward.went(candidates[found].thread);
        return found;
      }
      this.#leave(candidates, count);
    }
    return this.#onward.pick(candidates, count);
  }

  choose(
    n: number,
    _thread: ThreadId,
    otherwise: number,
    caseOf?: (option: number) => number,
  ): number {
    const ready = this.#last?.ready;
    // A poll finds ready what it found then, and nothing else.
    if (ready !== undefined && ready.size > 0) {
      return Math.min(ready.get(caseOf?.(0) ?? -1) ?? 0, n - 1);
    }
    const taken = this.#last?.taken;
    for (let option = 0; taken !== undefined && option < n; option++) {
      if (caseOf?.(option) === taken) return option;
    }
    return Math.min(this.#last?.choice ?? otherwise, n - 1);
  }

  completed(thread: ThreadId): void {
    const script = this.#scriptOf(thread);
    if (script === undefined) return;
    let at = script.next;
    while (script.deeds[at]?.kind === "note") at++;
    const deed = script.deeds[at];
    if (deed?.kind === "step" || deed?.kind === "either") this.#done(script, deed);
  }

  /** The candidate whose next deed comes first among those that can be done. */
  #find(candidates: readonly Candidate[], count: number): number {
    let best = -1;
    let bestDeed: Deed | undefined;
    let bestScript: Script | undefined;
    for (let index = 0; index < count; index++) {
      const candidate = candidates[index];
      const script = this.#scriptOf(candidate.thread);
      if (script === undefined) continue;
      const deed = this.#nextDeed(script, candidate);
      if (deed === undefined || !this.#isDue(deed, candidates, count)) continue;
      if (bestDeed !== undefined && bestDeed.time <= deed.time) continue;
      best = index;
      bestDeed = deed;
      bestScript = script;
    }
    this.#last = bestDeed;
    if (bestDeed !== undefined) this.#done(bestScript!, bestDeed);
    return best;
  }

  /** Somebody of whom the trace tells no more: makes what it has a hole for. */
  #findUntold(candidates: readonly Candidate[], count: number): number {
    for (let index = 0; index < count; index++) {
      const { thread, timesOut } = candidates[index];
      const script = this.#scriptOf(thread);
      if (timesOut || script === undefined || script.next < script.deeds.length) continue;
      this.#last = undefined;
      this.#make(this.#holes.shift()!);
      return index;
    }
    return -1;
  }

  /** What the script says of this candidate, if it is what the candidate would do. */
  #nextDeed(script: Script, candidate: Candidate): Deed | undefined {
    const wanted = wantedOf(candidate);
    let at = script.next;
    // Whoever can go on now need not wait first; whoever's time is up may have waited without leaving a note.
    if (wanted !== "note") while (script.deeds[at]?.kind === "note") at++;
    const deed = script.deeds[at];
    if (deed === undefined) return undefined;
    const either = deed.kind === "either" && wanted !== "note";
    return deed.kind === wanted || either ? deed : undefined;
  }

  /**
   * Whether it comes next on its object: all that comes before has been done, or is the deed of threads that are blocked and
   * will be done by this very step.
   */
  #isDue(deed: Deed, candidates: readonly Candidate[], count: number): boolean {
    if (deed.object === 0 || deed.kind === "note") return true;
    return (
      this.#isNext(deed, candidates, count) &&
      (deed.others?.every((other) => this.#isNext(other, candidates, count)) ?? true)
    );
  }

  #isNext({ object, version }: Place, candidates: readonly Candidate[], count: number): boolean {
    const made = this.#made.get(object);
    for (let before = (made?.upTo ?? 0) + 1; before < version; before++) {
      if (made?.beyond.has(before)) continue;
      if (!this.#isBlockedIn(object, before, candidates, count)) return false;
    }
    return true;
  }

  #isBlockedIn(
    object: number,
    version: number,
    candidates: readonly Candidate[],
    count: number,
  ): boolean {
    for (let id = 0; id < this.#roles.length; id++) {
      if (this.#roles[id] === undefined) continue;
      const script = this.#scriptOf(id as ThreadId);
      if (script === undefined) continue;
      let at = script.next;
      // It may have been told to wait in more places than one, or to leave no note.
      while (script.deeds[at]?.kind === "note") at++;
      const deed = script.deeds[at];
      if (deed === undefined || !isOn(deed, object, version)) continue;
      for (let index = 0; index < count; index++) {
        if (candidates[index].thread === id && !candidates[index].timesOut) return false;
      }
      return true;
    }
    return false;
  }

  #done(script: Script, deed: Deed): void {
    while (script.deeds[script.next] !== deed) script.next++;
    script.next++;
    if (deed.object === 0 || deed.kind === "note") return;
    this.#make(deed);
    deed.others?.forEach((other) => this.#make(other));
  }

  #make({ object, version }: Place): void {
    let made = this.#made.get(object);
    if (made === undefined) this.#made.set(object, (made = { upTo: 0, beyond: new Set() }));
    made.beyond.add(version);
    while (made.beyond.delete(made.upTo + 1)) made.upTo++;
  }

  #scriptOf(thread: ThreadId): Script | undefined {
    const role = (this.#roles[thread] ??= this.#roleOf(thread));
    return role === -1 ? undefined : this.#scripts.get(role);
  }

  /** Threads of several parents may begin in another order than that of their numbers; those of one parent do not. */
  #roleOf(thread: ThreadId): ThreadId | -1 {
    const parent = this.#view.parentOf(thread);
    if (parent === -1) return -1;
    let nth = 0;
    for (let id = 0; id < thread; id++) {
      if (this.#view.parentOf(id as ThreadId) === parent) nth++;
    }
    return this.#scriptOf(parent)?.children[nth] ?? -1;
  }

  #leave(candidates: readonly Candidate[], count: number): void {
    this.#left = true;
    const isOver = [...this.#scripts.values()].every(({ deeds, next }) => next >= deeds.length);
    const could = new Set(candidates.slice(0, count).map(({ thread }) => thread)).size;
    const reason = isOver
      ? "the trace ends here, and threads could still go on"
      : `none of the ${could} threads that could go on did so then`;
    this.problems.push(
      problem("warning", SCHEDULE_MESSAGES.traceLeft, { steps: this.#steps, reason }),
    );
  }
}

function wantedOf({ timesOut, wakes, notes }: Candidate): Deed["kind"] {
  if (timesOut) return wakes === true ? "wake-up" : "time-out";
  return notes ? "note" : "step";
}

function isOn(deed: Deed, object: number, version: number): boolean {
  const is = (place: Place): boolean => place.object === object && place.version === version;
  return is(deed) || (deed.others?.some(is) ?? false);
}

/** In the order of their objects and versions. */
function holesIn(scripts: ReadonlyMap<ThreadId, Script>): Place[] {
  const told = new Map<number, Set<number>>();
  for (const { deeds } of scripts.values()) {
    for (const deed of deeds) {
      if (deed.kind === "note") continue;
      for (const { object, version } of [deed, ...(deed.others ?? [])]) {
        if (object === 0) continue;
        const versions = told.get(object);
        if (versions === undefined) told.set(object, new Set([version]));
        else versions.add(version);
      }
    }
  }
  const holes: Place[] = [];
  for (const [object, versions] of told) {
    let left = versions.size;
    for (let version = 1; left > 0; version++) {
      if (versions.has(version)) left--;
      else holes.push({ object, version });
    }
  }
  return holes;
}
