/**
 * The tasks of one thread, or the jobs that a thread of a pool did, from its own records: when each of them ran, what it awaited, and how long it could have gone on before
 * it did. Tasks that are there at the same time lie in rows beneath each other, each in one row from its begin to its end.
 *
 * Left out: tasks of which no record has a place in the person's text (loops of runtimes), and where more are there at once
 * than there are rows, those that found none; the table has them.
 */
import { EventKind } from "../../src/trace/event.ts";
import { SpanColumns, type Spans } from "../../src/trace/timeline/spans.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import type { Marks } from "./marks.ts";

/** Of tasks that are there at once. */
export const MOST_TASK_ROWS = 12;

export interface Tasks {
  /**
   * Those that are drawn. `value` is a `ThreadState`: running, waiting (it awaits), runnable (what it awaits has come);
   * `object` the task's number, of a job less than 0, `other` the row of the record with which it began, `site` where it is.
   */
  readonly rows: readonly Spans[];
  /** The spans of those that are in no row, one task after the other. */
  readonly rest: Spans;
  readonly count: number;
  /** How many are in no row. */
  readonly left: number;
}

interface Task {
  readonly number: number;
  readonly begun: number;
  readonly steps: { time: number; state: ThreadState; site: number; row: number }[];
  ended: number;
  placed: boolean;
}

/** `marks`: the thread's records; `until`: where tasks that have not ended are cut. O(records × rows). */
export function tasksOf(marks: Marks, until: number): Tasks {
  const tasks = read(marks, until).filter(({ placed }) => placed);
  const rest = new SpanColumns();
  const rows: SpanColumns[] = [];
  let left = 0;
  for (const task of tasks) {
    const began = task.steps[0].time;
    let at = rows.findIndex((row) => row.end[row.count - 1] <= began);
    if (at < 0 && rows.length < MOST_TASK_ROWS) at = rows.push(new SpanColumns()) - 1;
    if (at < 0) left++;
    add(rows[at] ?? rest, task);
  }
  return { rows, rest, count: tasks.length, left };
}

function read({ events, rows, count }: Marks, until: number): Task[] {
  const { time, kind, object, argument, site } = events;
  const tasks = new Map<number, Task>();
  for (let index = 0; index < count; index++) {
    const row = rows[index];
    const state = STATES[kind[row]];
    if (state === undefined) continue;
    const isJob = kind[row] === EventKind.jobStart || kind[row] === EventKind.jobEnd;
    // A job is known by its object: below 0, where no number of a task is.
    const number = isJob ? -object[row] : argument[row];
    if (kind[row] === EventKind.taskBegin || kind[row] === EventKind.jobStart) {
      tasks.set(number, { number, begun: row, steps: [], ended: until, placed: isJob });
    }
    const task = tasks.get(number);
    if (task === undefined) continue;
    if (site[row] > 0) task.placed = true;
    if (kind[row] === EventKind.taskEnd || kind[row] === EventKind.jobEnd) task.ended = time[row];
    else {
      // Where it awaits is said by the record that it does: whoever wakes it stands elsewhere.
      const isWoken = kind[row] === EventKind.taskWake;
      const at = isWoken ? (task.steps.at(-1)?.site ?? 0) : site[row];
      task.steps.push({ time: time[row], state, site: at, row });
    }
  }
  return [...tasks.values()];
}

/** What a task is from a record on; the ends begin nothing. */
const STATES: { readonly [kind: number]: ThreadState | undefined } = {
  [EventKind.taskBegin]: ThreadState.running,
  [EventKind.taskAwait]: ThreadState.waiting,
  [EventKind.taskWake]: ThreadState.runnable,
  [EventKind.taskResume]: ThreadState.running,
  [EventKind.taskEnd]: ThreadState.running,
  [EventKind.jobStart]: ThreadState.running,
  [EventKind.jobEnd]: ThreadState.running,
};

function add(spans: SpanColumns, { number, begun, steps, ended }: Task): void {
  steps.forEach(({ time, state, site, row }, index) => {
    const end = Math.max(steps[index + 1]?.time ?? ended, time);
    spans.add(time, end, state, number, begun, site, row);
  });
}
