/**
 * What a latch and a wait group have in common: a count that goes down, and threads that wait until it is 0. That counting
 * down commutes is what makes the two worth having beside a semaphore.
 */
import type { Address } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, Outlook, type Step, type Turn } from "./object.ts";

export const CountWord = { COUNT: Head.OWN } as const;

/** Result of an operation that would have taken the count below 0 or above what can be counted: nothing has changed. */
export const OUT_OF_RANGE = -1;
export const MOST_COUNT = 2 ** 31 - 1;

/** Takes `n` away; 0, or `OUT_OF_RANGE`. Those who wait stand in `waiting`. */
export function countDown(turn: Turn, at: Address, n: number, waiting: number): number {
  const { words } = turn;
  const left = words[at + CountWord.COUNT] - n;
  turn.event = EventKind.countDown;
  turn.argument = words[at + CountWord.COUNT]!;
  if (left < 0) return OUT_OF_RANGE;
  words[at + CountWord.COUNT] = turn.argument = left;
  if (left === 0) turn.retryAll(at, 1 << waiting);
  return 0;
}

/** Waits for 0. */
export function awaitCount(turn: Turn, at: Address): number {
  if (turn.words[at + CountWord.COUNT] !== 0) {
    turn.argument = -1;
    return BLOCKED;
  }
  turn.event = EventKind.countReached;
  return (turn.argument = 0);
}

export function outlookOfCount(words: Int32Array, at: Address): Outlook {
  return words[at + CountWord.COUNT] === 0 ? Outlook.GOES : Outlook.WAITS;
}

/**
 * Whether two steps that counted down by `n` and `m` may be swapped. One after the other, the second took what the first had
 * left, so they may. Made from one and the same state, they may if what is left is enough for both.
 */
export function countDownsCommute(first: Step, n: number, second: Step, m: number): boolean {
  const refused = [first, second].filter(({ result }) => result === OUT_OF_RANGE).length;
  if (refused > 0) return refused === 2;
  return first.argument >= m || second.argument >= n;
}
