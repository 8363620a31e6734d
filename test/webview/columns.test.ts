/** The two summaries of columns that drawing rests on, against adding up one by one. */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { SpanColumns } from "../../src/trace/timeline/spans.ts";
import { THREAD_STATES } from "../../src/trace/timeline/thread-track.ts";
import { byState, densityOf, timeInStates } from "../../webview/model/density.ts";
import { firstEndingAfter, firstNotBefore } from "../../webview/model/search.ts";
import { maximumOf, stepsOf } from "../../webview/model/steps.ts";
import { holdingRows } from "../../webview/model/rows.ts";

/** Spans one after the other: gap, length and state of each. */
const someSpans = fc
  .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 }), fc.nat(THREAD_STATES - 1)), {
    maxLength: 200,
  })
  .map((parts) => {
    const spans = new SpanColumns();
    let time = 0;
    for (const [gap, length, state] of parts) {
      time += gap;
      spans.add(time, time + length, state, 0, -1, 0, -1);
      time += length;
    }
    return spans;
  });

test("time in states of any stretch is the sum of its spans", () => {
  fc.assert(
    fc.property(someSpans, fc.nat(), fc.nat(), (spans, a, b) => {
      const first = Math.min(a, b) % (spans.count + 1);
      const last = Math.max(first, Math.max(a, b) % (spans.count + 1));
      const sums = new Float64Array(THREAD_STATES);
      timeInStates(densityOf(spans, byState), byState, first, last, sums);
      const expected = new Float64Array(THREAD_STATES);
      for (let at = first; at < last; at++) {
        expected[spans.value[at]] += spans.end[at] - spans.start[at];
      }
      assert.deepEqual(sums, expected);
    }),
  );
});

test("the maximum of any stretch of steps is the greatest of its values", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 300 }), fc.nat(), fc.nat(), (values, a, b) => {
      const first = Math.min(a, b) % (values.length + 1);
      const last = Math.max(first, Math.max(a, b) % (values.length + 1));
      const time = Float64Array.from(values, (_, index) => index);
      const steps = stepsOf(time, Int32Array.from(values), values.length);
      assert.equal(maximumOf(steps, first, last), Math.max(0, ...values.slice(first, last)));
    }),
  );
});

test("searches from anywhere find what searching one by one finds", () => {
  fc.assert(
    fc.property(someSpans, fc.nat(900), fc.nat(200), (spans, time, start) => {
      const from = Math.min(start, spans.count);
      let span = from;
      while (span < spans.count && spans.end[span] <= time) span++;
      assert.equal(firstEndingAfter(spans, time, from), span);
      let at = from;
      while (at < spans.count && spans.start[at] < time) at++;
      assert.equal(firstNotBefore(spans.start, spans.count, time, from), at);
    }),
  );
});

test("holdings in rows never overlap within a row, and none is lost", () => {
  const holdings = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 60 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(holdings, (parts) => {
      const spans = new SpanColumns();
      let time = 0;
      for (const [gap, length] of parts) {
        time += gap;
        spans.add(time, time + length, 0, 1, -1, 0, -1);
      }
      const rows = holdingRows(spans);
      assert.ok(rows.length <= 3);
      let count = 0;
      for (const row of rows) {
        count += row.count;
        for (let at = 1; at < row.count; at++) assert.ok(row.start[at] >= row.end[at - 1]);
      }
      assert.equal(count, spans.count);
    }),
  );
});
