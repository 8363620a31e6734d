/** Laws of drawing a lane at any zoom. */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { Pixels } from "../../src/base/brand.ts";
import { SpanColumns } from "../../src/trace/timeline/spans.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import { drawBands, type BandLook } from "../../webview/draw/bands.ts";
import { byState, densityOf } from "../../webview/model/density.ts";
import { DisplayList, Op } from "../../webview/model/display.ts";
import { timeScale, type Window } from "../../webview/model/scale.ts";
import { STATE_STYLES, Style } from "../../webview/model/style.ts";

const WIDTH = 300;
const HEIGHT = 18;

const look: BandLook = {
  classify: byState,
  styleOf: (spans, index) => STATE_STYLES[spans.value[index]],
  label: () => undefined,
};

const spansAndWindow = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 400 }), fc.nat(4)), {
      minLength: 1,
      maxLength: 400,
    }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0.001, max: 1, noNaN: true }),
  )
  .map(([parts, from, share]) => {
    const spans = new SpanColumns();
    let time = 0;
    for (const [gap, length, state] of parts) {
      time += gap;
      spans.add(time, time + length, state, 0, -1, 0, -1);
      time += length;
    }
    const start = from * time;
    return { spans, window: { start, end: start + Math.max(1, share * time) } as Window };
  });

function draw(spans: SpanColumns, window: Window): DisplayList {
  const list = new DisplayList();
  const scale = timeScale(window, WIDTH as Pixels);
  drawBands(list, scale, densityOf(spans, byState), look, 0, HEIGHT);
  return list;
}

test("rows are bound by the pixels, however many spans there are", () => {
  const spans = new SpanColumns();
  for (let at = 0; at < 200_000; at++) spans.add(at * 7, at * 7 + 5, at % 5, 0, -1, 0, -1);
  for (const share of [1, 0.5, 0.1, 0.01, 0.001]) {
    const list = draw(spans, { start: 0, end: 1_400_000 * share } as Window);
    assert.ok(list.count <= WIDTH * 2, `${list.count} rows for ${share}`);
  }
});

test("what is seen is covered: a pixel that lies wholly in a span has something drawn on it", () => {
  fc.assert(
    fc.property(spansAndWindow, ({ spans, window }) => {
      const list = draw(spans, window);
      const scale = timeScale(window, WIDTH as Pixels);
      const covered = new Uint8Array(WIDTH);
      for (let row = 0; row < list.count; row++) {
        const from = Math.max(0, Math.floor(list.x[row]));
        const to = Math.min(WIDTH, Math.ceil(list.x[row] + list.width[row] + 1));
        covered.fill(1, from, Math.max(from, to));
      }
      for (let at = 0; at < spans.count; at++) {
        const left = Math.ceil(Math.max(0, scale.timeToPx(spans.start[at])));
        const right = Math.floor(Math.min(WIDTH, scale.timeToPx(spans.end[at])));
        for (let x = left; x < right; x++) assert.equal(covered[x], 1, `pixel ${x}`);
      }
    }),
  );
});

test("time spent blocked is never hidden, however far one zooms out", () => {
  fc.assert(
    fc.property(spansAndWindow, ({ spans, window }) => {
      const list = draw(spans, window);
      const scale = timeScale(window, WIDTH as Pixels);
      for (let at = 0; at < spans.count; at++) {
        if (spans.value[at] !== ThreadState.blocked) continue;
        const left = scale.timeToPx(spans.start[at]);
        const right = scale.timeToPx(spans.end[at]);
        if (right <= 0 || left >= WIDTH) continue;
        let shown = false;
        for (let row = 0; row < list.count && !shown; row++) {
          shown =
            list.style[row] === Style.blocked &&
            list.height[row] > 0 &&
            list.x[row] <= right + 3 &&
            list.x[row] + list.width[row] >= left - 3;
        }
        assert.ok(shown, `blocked from ${left} to ${right} px is not to be seen`);
      }
    }),
  );
});

test("nothing is drawn far outside of the picture", () => {
  fc.assert(
    fc.property(spansAndWindow, ({ spans, window }) => {
      const list = draw(spans, window);
      for (let row = 0; row < list.count; row++) {
        if (list.op[row] === Op.text) continue;
        assert.ok(list.x[row] >= -8 && list.x[row] + list.width[row] <= WIDTH + 8);
      }
    }),
  );
});
