/** Writes down the decisions of another scheduler as turns, so that the run can be had again. */
import type { ThreadId } from "../../base/brand.ts";
import type { Anchor, Chosen, Schedule, Stop, Turn } from "../../trace/schedule.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";
import { type RunView, threadNameOf, Visits } from "./view.ts";

export class ScheduleRecorder implements Scheduler {
  readonly #inner: Scheduler;
  readonly #view: RunView;
  readonly #visits = new Visits();
  readonly #turns: Turn[] = [];
  /** What each thread was about to do when it was last looked at; undefined once it has done it. */
  readonly #next: (Anchor | undefined)[] = [];
  #thread: ThreadId | -1 = -1;
  #steps = 0;
  #choices: Chosen[] = [];

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
      const kind = wakes === true ? "wakes without a reason" : "times out";
      this.#turns.push({ kind, thread: threadNameOf(this.#view, thread) });
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
    this.#choices.push({ index, among: n });
    return index;
  }

  completed(thread: ThreadId): void {
    this.#inner.completed?.(thread);
  }

  /** What was decided so far. */
  get schedule(): Schedule {
    const open = this.#open();
    return { turns: open === undefined ? [...this.#turns] : [...this.#turns, open] };
  }

  #look(candidate: Candidate): void {
    const { thread, timesOut } = candidate;
    if (timesOut || this.#next[thread] !== undefined) return;
    const anchor = this.#view.anchorOf(candidate);
    this.#next[thread] = { ...anchor, times: this.#visits.arrive(thread, anchor) };
  }

  #close(): void {
    const open = this.#open();
    if (open !== undefined) this.#turns.push(open);
    this.#thread = -1;
    this.#steps = 0;
    this.#choices = [];
  }

  #open(): Turn | undefined {
    if (this.#thread === -1) return undefined;
    return {
      kind: "steps",
      thread: threadNameOf(this.#view, this.#thread),
      steps: this.#steps,
      choices: this.#choices,
      stop: this.#stop(this.#thread),
    };
  }

  #stop(thread: ThreadId): Stop {
    const anchor = this.#next[thread];
    if (anchor !== undefined) return { kind: "before", anchor };
    return { kind: this.#view.hasEnded(thread) ? "ends" : "waits" };
  }
}
