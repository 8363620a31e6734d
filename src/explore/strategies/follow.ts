/** Makes an execution again by its moves; where they end, or are not to be had, whoever ran goes on. */
import type { Execution, Strategy } from "../execution.ts";
import type { Move } from "../step.ts";

export class Follow implements Strategy {
  readonly #moves: readonly Move[];
  /** How many of the moves were made as they stand. */
  followed = 0;

  constructor(moves: readonly Move[]) {
    this.#moves = moves;
  }

  pick(execution: Execution): number {
    const { offered, steps } = execution;
    const move = this.#moves[steps.length];
    if (move !== undefined) {
      const found = offered.findIndex(
        ({ thread, timesOut }) =>
          timesOut === move.timesOut && execution.keyOf(thread) === move.thread,
      );
      if (found >= 0) {
        if (this.followed === steps.length) this.followed++;
        return found;
      }
    }
    return pickOnward(execution);
  }

  choose({ current }: Execution, options: readonly number[]): number {
    const { index, chosen } = current!;
    return this.#moves[index]?.chosen[chosen.length] ?? options[0];
  }
}

/** Whoever ran goes on until it can't, then the first; patience ends when nothing else can move. */
export function pickOnward({ offered, current }: Execution): number {
  let found = -1;
  for (const [index, { thread, timesOut }] of offered.entries()) {
    if (timesOut) continue;
    if (thread === current?.id) return index;
    if (found < 0) found = index;
  }
  return found < 0 ? Math.min(0, offered.length - 1) : found;
}
