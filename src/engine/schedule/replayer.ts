/**
 * Follows a schedule that was written for this program, or for one that was a little different. A turn that does not fit is
 * passed over and told; the next one is tried from where the run then stands. After the last turn, and for choices that no
 * turn names, the run goes `Onward`.
 *
 * Whether a turn is over is told by what it says (`before …`, `waits`, `ends`), not by its number of steps: an edit may
 * have made them more or fewer. The number decides only where the program no longer has the place that the turn names.
 */
import { SCHEDULE_MESSAGES } from "../../base/catalogue/schedule.ts";
import type { ThreadId } from "../../base/brand.ts";
import { problem, type TraceProblem } from "../../trace/problem.ts";
import type { Anchor, Chosen, Schedule, ThreadName } from "../../trace/schedule.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";
import { Onward } from "./onward.ts";
import { type RunView, threadCalled, Visits } from "./view.ts";

export interface ReplayView extends RunView {
  /** Whether the program has an operation of this text and name anywhere. */
  has(anchor: Anchor): boolean;
}

type Kind = Schedule["turns"][number]["kind"];
type Steps = Extract<Schedule["turns"][number], { kind: "steps" }>;

/** What waits can come to, other than what they wait for. */
const ENDS = {
  "times out": "has a time-out",
  "wakes without a reason": "may end without a reason here",
} as const;

export class ScheduleReplayer implements Scheduler {
  /** What did not fit. */
  readonly problems: TraceProblem[] = [];
  readonly #turns: Schedule["turns"];
  readonly #view: ReplayView;
  readonly #visits = new Visits();
  readonly #next: (Anchor | undefined)[] = [];
  readonly #onward = new Onward();
  #turn = 0;
  /** Made in the turn under way. */
  #steps = 0;
  #choices: readonly Chosen[] = [];
  #toldEnd = false;

  constructor(schedule: Schedule, view: ReplayView) {
    this.#turns = schedule.turns;
    this.#view = view;
  }

  pick(candidates: readonly Candidate[], count: number): number {
    const picked = this.pickWithin(candidates, count);
    return picked >= 0 ? picked : this.#went(candidates, this.#after(candidates, count));
  }

  /** The same, but nobody once the schedule is over: for who wants to stand there. */
  pickWithin(candidates: readonly Candidate[], count: number): number {
    for (let index = 0; index < count; index++) this.#look(candidates[index]);
    const picked = this.#follow(candidates, count);
    return picked < 0 ? picked : this.#went(candidates, picked);
  }

  #went(candidates: readonly Candidate[], index: number): number {
    const { thread } = candidates[index];
    this.#onward.went(thread);
    this.#next[thread] = undefined;
    return index;
  }

  choose(n: number, _thread: ThreadId, otherwise: number): number {
    const [chosen, ...rest] = this.#choices;
    this.#choices = rest;
    if (chosen === undefined) return otherwise;
    if (chosen.among !== n) this.#lost(this.#turn, `a choice is one of ${n} now`);
    return Math.min(chosen.index, n - 1);
  }

  #look(candidate: Candidate): void {
    const { thread, timesOut } = candidate;
    if (timesOut || this.#next[thread] !== undefined) return;
    const anchor = this.#view.anchorOf(candidate);
    this.#next[thread] = { ...anchor, times: this.#visits.arrive(thread, anchor) };
  }

  /** The candidate that the schedule means, -1 once it is over. */
  #follow(candidates: readonly Candidate[], count: number): number {
    for (; this.#turn < this.#turns.length; this.#begin(this.#turn + 1)) {
      const turn = this.#turns[this.#turn];
      const thread = threadCalled(this.#view, turn.thread);
      if (thread === undefined) {
        this.#lost(this.#turn, `there is no thread ${called(turn.thread)} yet`);
        continue;
      }
      const index = indexOf(candidates, count, thread, turn.kind);
      if (turn.kind !== "steps") {
        if (index >= 0) {
          this.#begin(this.#turn + 1);
          return index;
        }
        this.#lost(this.#turn, `${called(turn.thread)} waits for nothing that ${ENDS[turn.kind]}`);
        continue;
      }
      if (this.#isDone(turn, thread, index >= 0)) continue;
      if (this.#steps === 0) this.#choices = turn.choices;
      this.#steps++;
      return index;
    }
    return -1;
  }

  #begin(turn: number): void {
    this.#turn = turn;
    this.#steps = 0;
  }

  /** Whether the turn is over, as far as `thread` can be driven. Tells what is missing. */
  #isDone(turn: Steps, thread: ThreadId, canGo: boolean): boolean {
    const { steps, stop } = turn;
    if (!canGo) {
      const reached =
        stop.kind === "waits" || (stop.kind === "ends" && this.#view.hasEnded(thread));
      if (!(reached && this.#steps > 0) && (stop.kind !== "stops" || this.#steps < steps)) {
        const state = this.#view.hasEnded(thread) ? "has ended" : "cannot go on";
        this.#lost(
          this.#turn,
          `${called(turn.thread)} ${state} after ${this.#steps} of ${steps} steps`,
        );
      }
      return true;
    }
    if (stop.kind === "stops") return this.#steps >= steps;
    if (stop.kind !== "before") return false;
    const next = this.#next[thread]!;
    if (this.#steps > 0 && isSame(next, stop.anchor)) return true;
    if (this.#steps < steps || this.#view.has(stop.anchor)) return false;
    const { text, line, file } = stop.anchor;
    this.#lost(this.#turn, `"${text}" of ${file}:${line} is not in the program`);
    return true;
  }

  #after(candidates: readonly Candidate[], count: number): number {
    if (!this.#toldEnd && count > 1) {
      const names = new Set(
        candidates.slice(0, count).map(({ thread }) => this.#view.nameOf(thread)),
      );
      const told = { threads: [...names].join(", ") };
      this.problems.push(problem("warning", SCHEDULE_MESSAGES.endsEarly, told));
      this.#toldEnd = true;
    }
    return this.#onward.pick(candidates, count);
  }

  #lost(turn: number, reason: string): void {
    const line = this.#turns[Math.min(turn, this.#turns.length - 1)].line ?? turn + 2;
    this.problems.push(problem("warning", SCHEDULE_MESSAGES.turnLost, { line, reason }));
  }
}

function indexOf(
  candidates: readonly Candidate[],
  count: number,
  thread: ThreadId,
  kind: Kind,
): number {
  const timesOut = kind !== "steps";
  const wakes = kind === "wakes without a reason";
  for (let index = 0; index < count; index++) {
    const candidate = candidates[index];
    if (candidate.thread !== thread || candidate.timesOut !== timesOut) continue;
    if ((candidate.wakes ?? false) === wakes) return index;
  }
  return -1;
}

/** Lines move when something is edited above; the text, what it does and how often it was met do not. */
function isSame(one: Anchor, other: Anchor): boolean {
  return (
    one.text === other.text &&
    one.operation === other.operation &&
    one.file === other.file &&
    one.times === other.times
  );
}

function called({ name, nth }: ThreadName): string {
  return nth === 1 ? name : `${name} (${nth})`;
}
