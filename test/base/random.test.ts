import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../src/base/random.ts";

const EXPECTED = [2442144158, 3238099751, 3819917871, 2104621829];

test("a seed gives the same numbers for ever", () => {
  const random = new Random(1);
  const first = Array.from({ length: 4 }, () => random.bits());
  const again = new Random(1);
  assert.deepEqual(
    Array.from({ length: 4 }, () => again.bits()),
    first,
  );
  // Schedules that were found by a seed must be found by it tomorrow: these numbers never change.
  assert.deepEqual(first, EXPECTED);
  assert.notEqual(new Random(2).bits(), first[0]);
});

test("numbers below n are as likely as each other", () => {
  for (const n of [2, 3, 7, 10]) {
    const counts = Array.from({ length: n }, () => 0);
    const random = new Random(n);
    const draws = 20_000;
    for (let i = 0; i < draws; i++) counts[random.below(n)]++;
    // Chi-squared with n-1 degrees of freedom: 40 is beyond one in a hundred thousand for all of these.
    const expected = draws / n;
    const squared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    assert.ok(squared < 40, `${n}: ${counts.join()}`);
  }
});
