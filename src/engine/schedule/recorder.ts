/**
 * Writes down the decisions of another scheduler as turns, so that the run can be had again. While it runs as little as can be is
 * done for each step: what a turn is called is found when somebody wants the schedule.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Chosen, Schedule, Stop, ThreadName, Turn } from "../../trace/schedule.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";
import type { Place } from "./program-view.ts";
import { type RunView, threadNameOf, Visits } from "./view.ts";

/** A turn as it is kept. */
interface Made {
  readonly thread: ThreadId;
  /** It has no steps: what became of an operation that did not go through. */
  readonly gaveUp: Exclude<Turn["kind"], "steps"> | undefined;
  readonly steps: number;
  readonly choices: readonly Chosen[];
  /** Before which operation of its it stood then; undefined: it could not go on. */
  readonly stop: Place | undefined;
  readonly times: number;
  readonly hasEnded: boolean;
}

const NO_CHOICES: readonly Chosen[] = [];
const NO_STEPS = { steps: 0, choices: NO_CHOICES, stop: undefined, times: 0, hasEnded: false };

export class ScheduleRecorder implements Scheduler {
  readonly #inner: Scheduler;
  readonly #view: RunView;
  readonly #visits = new Visits();
  readonly #turns: Made[] = [];
  /** What each thread was about to do when it was last looked at, and for which time; undefined once it has done it. */
  readonly #next: (Place | undefined)[] = [];
  readonly #times: number[] = [];
  /** By thread; asked for while the thread is there. */
  readonly #names: ThreadName[] = [];
  #thread: ThreadId | -1 = -1;
  #steps = 0;
  #choices: readonly Chosen[] = NO_CHOICES;

  constructor(inner: Scheduler, view: RunView) {
    this.#inner = inner;
    this.#view = view;
  }

  pick(candidates: readonly Candidate[], count: number): number {
    for (let index = 0; index < count; index++) this.#look(candidates[index]);
    const picked = this.#inner.pick(candidates, count);
    if (picked < 0) return picked;
    const { thread, timesOut, wakes } = candidates[picked];
    if (timesOut) {
      this.#close();
      this.#name(thread);
      const gaveUp = wakes === true ? "wakes without a reason" : "times out";
      this.#turns.push({ ...NO_STEPS, thread, gaveUp });
    } else {
      if (thread !== this.#thread) this.#close();
      this.#thread = thread;
      this.#steps++;
    }
    this.#next[thread] = undefined;
    return picked;
  }

  choose(
    n: number,
    thread: ThreadId,
    otherwise: number,
    caseOf?: (option: number) => number,
  ): number {
    const index = this.#inner.choose(n, thread, otherwise, caseOf);
    this.#choices = [...this.#choices, { index, among: n }];
    return index;
  }

  completed(thread: ThreadId): void {
    this.#inner.completed?.(thread);
  }

  /** What was decided so far. O(turns). */
  get schedule(): Schedule {
    const open = this.#open();
    const all = open === undefined ? this.#turns : [...this.#turns, open];
    return { turns: all.map((made) => turnOf(made, this.#names[made.thread])) };
  }

  #name(thread: ThreadId): void {
    this.#names[thread] ??= threadNameOf(this.#view, thread);
  }

  #look(candidate: Candidate): void {
    const { thread, timesOut } = candidate;
    if (timesOut || this.#next[thread] !== undefined) return;
    const anchor = this.#view.anchorOf(candidate);
    this.#next[thread] = anchor;
    this.#times[thread] = this.#visits.arrive(thread, anchor);
  }

  #close(): void {
    const open = this.#open();
    if (open !== undefined) this.#turns.push(open);
    this.#thread = -1;
    this.#steps = 0;
    this.#choices = NO_CHOICES;
  }

  #open(): Made | undefined {
    const thread = this.#thread;
    if (thread === -1) return undefined;
    this.#name(thread);
    const stop = this.#next[thread];
    const hasEnded = stop === undefined && this.#view.hasEnded(thread);
    const times = this.#times[thread] ?? 0;
    const [steps, choices] = [this.#steps, this.#choices];
    return { thread, gaveUp: undefined, steps, choices, stop, times, hasEnded };
  }
}

function turnOf(made: Made, thread: ThreadName): Turn {
  const { gaveUp, steps, choices, stop, times, hasEnded } = made;
  if (gaveUp !== undefined) return { kind: gaveUp, thread };
  const waits: Stop = { kind: hasEnded ? "ends" : "waits" };
  const stops: Stop = stop === undefined ? waits : { kind: "before", anchor: { ...stop, times } };
  return { kind: "steps", thread, steps, choices, stop: stops };
}
