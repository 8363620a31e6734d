/** Durations in words, by both clocks. */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { formatDuration, type Clock } from "../../src/base/duration.ts";

const plain = (time: number, clock: Clock): string =>
  formatDuration(time, clock).replaceAll("\u00a0", " ");

test("nanoseconds are told in the unit that fits, with three digits that matter", () => {
  const told: readonly (readonly [number, string])[] = [
    [0, "0 ns"],
    [1, "1 ns"],
    [412_300, "412 µs"],
    [999_600, "1 ms"],
    [1_250_000, "1.25 ms"],
    [31_400_000, "31.4 ms"],
    [2e9, "2 s"],
  ];
  for (const [time, words] of told) assert.equal(plain(time, "nanoseconds"), words);
});

test("ticks are told as ticks, large numbers of them in thousands and millions", () => {
  const told: readonly (readonly [number, string])[] = [
    [0, "0 ticks"],
    [1, "1 tick"],
    [12, "12 ticks"],
    [999, "999 ticks"],
    [1000, "1k ticks"],
    [1200, "1.2k ticks"],
    [12_345, "12.3k ticks"],
    [999_900, "1M ticks"],
    [3_400_000, "3.4M ticks"],
  ];
  for (const [time, words] of told) assert.equal(plain(time, "ticks"), words);
});

test("a number and its unit never part at a line's end, and no clock borrows the other's unit", () => {
  fc.assert(
    fc.property(
      fc.nat(1e12),
      fc.constantFrom("ticks" as const, "nanoseconds" as const),
      (time, clock) => {
        const text = formatDuration(time, clock);
        assert.doesNotMatch(text, / /);
        assert.match(text, clock === "ticks" ? /[kMG]?\u00a0ticks?$/ : /\u00a0(ns|µs|ms|s)$/);
      },
    ),
  );
});
