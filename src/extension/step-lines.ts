/** Where the threads of a session stand in the source: what is drawn beside their lines. Pure. */
import type { StepState, StepThread } from "../protocol/step.ts";

export interface LineMark {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The thread's place in order of creation, by which it has its colour. */
  readonly order: number;
  /** `alice: write counter ← 1` */
  readonly text: string;
  /** Whether it can go on. */
  readonly canStep: boolean;
}

export interface LineMarks {
  readonly marks: readonly LineMark[];
  /** Of lines where more threads stand than are drawn: how many more. */
  readonly more: readonly {
    readonly file: string;
    readonly line: number;
    readonly count: number;
  }[];
}

/** So many threads are named on one line. */
const NAMED = 4;

/** Threads that have ended stand nowhere. O(threads). */
export function lineMarks({ threads }: Pick<StepState, "threads">): LineMarks {
  const lines = new Map<string, StepThread[]>();
  for (const thread of threads) {
    const place = thread.next?.place ?? thread.place;
    if (thread.state === "ended" || !place) continue;
    const key = `${place.line} ${place.file}`;
    const known = lines.get(key);
    if (known) known.push(thread);
    else lines.set(key, [thread]);
  }
  const all = [...lines.values()];
  return {
    marks: all.flatMap((standing) => standing.slice(0, NAMED).map(markOf)),
    more: all
      .filter((standing) => standing.length > NAMED)
      .map((standing) => ({ ...markOf(standing[0]), count: standing.length - NAMED })),
  };
}

function markOf({ id, name, next, place, function: inside }: StepThread): LineMark {
  const { file, line, column } = (next?.place ?? place)!;
  const what = (next?.text ?? inside ?? "").replaceAll("`", "");
  const canStep = next?.canStep ?? false;
  const text = what === "" ? name : `${name}: ${what}`;
  return { file, line, column, order: id, text: canStep ? text : `‖ ${text}`, canStep };
}
