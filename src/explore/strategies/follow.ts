/** Makes an execution again by its moves; where they end, or are not to be had, whoever ran goes on. */
import type { Execution, Strategy } from "../execution.ts";
import { isSameWay, type Move } from "../step.ts";

/** So many steps of one thread, while others could go on. */
export const LONGEST_TURN = 20_000;

export class Follow implements Strategy {
  readonly spurious: number;
  readonly #moves: readonly Move[];
  /** How many of the moves were made as they stand. */
  followed = 0;

  constructor(moves: readonly Move[]) {
    this.#moves = moves;
    this.spurious = moves.filter(({ wakes }) => wakes === true).length;
  }

  pick(execution: Execution): number {
    const { offered, steps } = execution;
    const move = this.#moves[steps.length];
    if (move !== undefined) {
      const found = offered.findIndex(
        (one) => isSameWay(one, move) && execution.keyOf(one.thread) === move.thread,
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

/**
 * Whoever ran goes on until it can't, then the first; patience ends when nothing else can move. Who has gone on for very long
 * may be waiting for somebody in a way that nobody sees: then the next one goes.
 */
export function pickOnward({ offered, current, turn }: Execution): number {
  let found = -1;
  let next = -1;
  for (const [index, { thread, timesOut }] of offered.entries()) {
    if (timesOut) continue;
    if (thread === current?.id && turn < LONGEST_TURN) return index;
    if (found < 0) found = index;
    if (next < 0 && thread > (current?.id ?? -1)) next = index;
  }
  if (turn >= LONGEST_TURN && next >= 0) return next;
  return found < 0 ? Math.min(0, offered.length - 1) : found;
}
