/** The search for an order that explains a history, against all permutations of its calls. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { explain, type Ordered } from "../../../src/explore/linearizability/search.ts";
import { Specification } from "../../../src/explore/linearizability/specification.ts";

/** A register of two values that can be taken only when it holds one: 1 and 2 put a value, 3 takes it and blocks, 4 reads. */
const CALLS = [1, 2, 3, 4];

/** What the calls come to, one after another, up to the first that blocks. */
function inTurn(calls: readonly number[]): string[] {
  const outcomes: string[] = [];
  let value = 0;
  for (const call of calls) {
    if (call === 3 && value === 0) break;
    outcomes.push(call === 1 || call === 2 ? "" : String(value));
    if (call === 3) value = 0;
    else if (call < 3) value = call;
  }
  return outcomes;
}

/** Calls of two or three threads, one after another in each, over moments that are all different. */
const HISTORY = fc
  .record({
    lanes: fc.array(fc.array(fc.constantFrom(...CALLS), { minLength: 1, maxLength: 2 }), {
      minLength: 2,
      maxLength: 3,
    }),
    moments: fc.shuffledSubarray(
      Array.from({ length: 12 }, (_, moment) => moment),
      { minLength: 12 },
    ),
    outcomes: fc.array(fc.constantFrom("", "0", "1", "2", undefined), {
      minLength: 6,
      maxLength: 6,
    }),
    /** Outcomes of some order, so that not all histories are hopeless. */
    plausible: fc.boolean(),
  })
  .map(({ lanes, moments, outcomes, plausible }) => {
    const history: Ordered[] = [];
    const told = inTurn(lanes.flat());
    let next = 0;
    for (const [thread, lane] of lanes.entries()) {
      const own = moments.slice(next * 2, (next + lane.length) * 2).toSorted((a, b) => a - b);
      for (const [nth, call] of lane.entries()) {
        const isLast = nth === lane.length - 1;
        const given = plausible ? told[next] : outcomes[next];
        // Only the last call of a thread may have not returned.
        const outcome = given === undefined && !isLast ? "" : given;
        const last = outcome === undefined ? Infinity : own[2 * nth + 1];
        history.push({ thread, call, first: own[2 * nth], last, outcome });
        next++;
      }
    }
    return history;
  });

function* permutations(places: readonly number[]): Generator<readonly number[]> {
  if (places.length === 0) yield [];
  for (const [index, place] of places.entries()) {
    for (const rest of permutations(places.toSpliced(index, 1))) yield [place, ...rest];
  }
}

/** By the definition: an order of the calls that returned, such that none of the others would return after it. */
function hasOrder(history: readonly Ordered[]): boolean {
  const returned = history.flatMap(({ outcome }, at) => (outcome === undefined ? [] : [at]));
  const blocked = history.filter(({ outcome }) => outcome === undefined);
  for (const order of permutations(returned)) {
    const inOrder = order.every((at, place) =>
      order.slice(0, place).every((before) => !(history[at].last < history[before].first)),
    );
    if (!inOrder) continue;
    const calls = order.map((at) => history[at].call);
    const outcomes = inTurn(calls);
    const explains =
      outcomes.length === calls.length &&
      order.every((at, place) => history[at].outcome === outcomes[place]);
    const blocks = blocked.every(({ call }) => inTurn([...calls, call]).length === calls.length);
    if (explains && blocks) return true;
  }
  return false;
}

test("an order is found exactly where one of all permutations explains the history", () => {
  let held = 0;
  fc.assert(
    fc.property(HISTORY, (history) => {
      const specification = new Specification(inTurn);
      const { holds, order } = explain(history, specification);
      assert.equal(holds, hasOrder(history));
      if (holds) held++;
      const calls = order.map((at) => history[at].call);
      const told = inTurn(calls);
      for (const [place, at] of order.entries()) assert.equal(history[at].outcome, told[place]);
    }),
    { numRuns: 2000, seed: 1993 },
  );
  assert.ok(held > 100, `${held} histories have an order`);
});
