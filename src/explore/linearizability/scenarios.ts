/**
 * Which scenarios are explored, the smallest first: what fails in a small one is understood, and most bugs need no more than two
 * threads and a handful of calls. Pairs of calls are all tried; of longer scenarios there are too many, and chance takes some,
 * the same ones for the same seed. Threads are alike, so that of scenarios that differ in which thread does what there is one.
 */
import { Random } from "../../base/random.ts";
import type { Subject } from "../../std/check/told.ts";
import type { Scenario } from "./specification.ts";

/** So many of each size, where there are more. */
const MOST_PAIRS = 30;
const MOST_AROUND = 20;
const MOST_LONG = 20;
const MOST_WIDE = 10;
/** How often chance may come to one that was there before. */
const PATIENCE = 20;

/** Each once, in the order in which they are to be explored. */
export function scenariosOf(
  { calls, threads, operationsPerThread }: Subject,
  seed: number,
): Scenario[] {
  const kinds = calls.map((_, index) => index + 1);
  const random = new Random(seed);
  const two = Math.min(threads, 2);
  const pick = (): number => kinds[random.below(kinds.length)];
  const some = (most: number): number[] =>
    Array.from({ length: 1 + random.below(most) }, () => pick());
  const full = (): number[] => Array.from({ length: operationsPerThread }, () => pick());
  const found = new Map<string, Scenario>();
  const add = (scenario: Scenario): boolean => {
    const one = { ...scenario, lanes: scenario.lanes.toSorted(byCalls) };
    const key = JSON.stringify(one);
    if (found.has(key)) return false;
    found.set(key, one);
    return true;
  };
  const draw = (most: number, make: () => Scenario): void => {
    let [added, vain] = [0, 0];
    while (added < most && vain < PATIENCE) {
      if (add(make())) [added, vain] = [added + 1, 0];
      else vain++;
    }
  };

  const pairs = kinds.flatMap((one) => kinds.map((other) => [one, other].slice(0, two)));
  if (pairs.length <= MOST_PAIRS) {
    for (const pair of pairs) add({ first: [], lanes: pair.map((call) => [call]), last: [] });
  }
  const single = (): number[][] => Array.from({ length: two }, () => [pick()]);
  draw(MOST_PAIRS, () => ({ first: [], lanes: single(), last: [] }));
  draw(MOST_AROUND, () => ({ first: [], lanes: single(), last: [pick()] }));
  draw(MOST_AROUND, () => ({ first: [pick()], lanes: single(), last: [pick()] }));
  draw(MOST_LONG, () => ({
    first: random.below(2) === 0 ? [] : [pick()],
    lanes: Array.from({ length: two }, () => some(operationsPerThread)),
    last: random.below(2) === 0 ? [] : [pick()],
  }));
  draw(MOST_LONG, () => ({ first: [], lanes: Array.from({ length: two }, full), last: [pick()] }));
  if (threads > 2) {
    draw(MOST_WIDE, () => ({
      first: random.below(2) === 0 ? [] : [pick()],
      lanes: Array.from({ length: threads }, () => [pick()]),
      last: [pick()],
    }));
    draw(MOST_WIDE, () => ({
      first: [],
      lanes: Array.from({ length: threads }, () => some(operationsPerThread)),
      last: [],
    }));
  }
  return [...found.values()].sort((one, other) => sizeOf(one) - sizeOf(other));
}

/** How many calls it has. */
function sizeOf({ first, lanes, last }: Scenario): number {
  return lanes.reduce((calls, lane) => calls + lane.length, first.length + last.length);
}

/** The scenario without one of its calls, for each of them. */
export function smaller({ first, lanes, last }: Scenario): Scenario[] {
  const without = (list: readonly number[]): (readonly number[])[] =>
    list.map((_, at) => list.toSpliced(at, 1));
  return [
    ...without(first).map((one) => ({ first: one, lanes, last })),
    ...without(last).map((one) => ({ first, lanes, last: one })),
    ...lanes.flatMap((lane, at) =>
      without(lane).map((one) => ({ first, lanes: lanes.with(at, one), last })),
    ),
  ];
}

/** The scenario with one call given the argument before its own, for each call of which there is one. */
export function simpler({ first, lanes, last }: Scenario, calls: readonly string[]): Scenario[] {
  const nameOf = (call: number): string | undefined => calls[call - 1]?.replace(/\(.*/, "");
  const before = (list: readonly number[]): (readonly number[])[] =>
    list.flatMap((call, at) =>
      nameOf(call) === nameOf(call - 1) ? [list.with(at, call - 1)] : [],
    );
  return [
    ...before(first).map((one) => ({ first: one, lanes, last })),
    ...before(last).map((one) => ({ first, lanes, last: one })),
    ...lanes.flatMap((lane, at) =>
      before(lane).map((one) => ({ first, lanes: lanes.with(at, one), last })),
    ),
  ];
}

function byCalls(one: readonly number[], other: readonly number[]): number {
  return one.join() < other.join() ? -1 : 1;
}
