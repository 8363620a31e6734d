import assert from "node:assert/strict";
import test from "node:test";
import { formatMoment, parseDuration, tickFormat } from "../../webview/model/time.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");

test("a moment is said as precisely as the picture is, and no more", () => {
  const said = (time: number, resolution: number): string =>
    plain(formatMoment(time, resolution, "nanoseconds"));
  assert.equal(said(151_250, 10), "151.25 µs");
  assert.equal(said(151_250, 1000), "151 µs");
  assert.equal(said(1_234_567_891, 1), "1.234567891 s");
  assert.equal(said(1_234_567_891, 1e6), "1.235 s");
  assert.equal(said(0, 1), "0 ns");
});

test("all labels of an axis speak in one unit", () => {
  const labels = (start: number, end: number, step: number): string[] => {
    const format = tickFormat(start, end, step, "nanoseconds");
    const times: number[] = [];
    for (let at = Math.ceil(start / step) * step; at <= end; at += step) times.push(at);
    return times.map((time) => plain(format.label(time)));
  };
  assert.deepEqual(labels(0, 412_000, 100_000), ["0 µs", "100 µs", "200 µs", "300 µs", "400 µs"]);
  assert.deepEqual(labels(0, 3e9, 1e9), ["0 s", "1 s", "2 s", "3 s"]);
  assert.deepEqual(labels(1.5e6, 1.8e6, 1e5), ["1.5 ms", "1.6 ms", "1.7 ms", "1.8 ms"]);
});

test("labels far from the beginning count from an origin instead of growing", () => {
  const format = tickFormat(1e9 + 130, 1e9 + 330, 50, "nanoseconds");
  assert.equal(format.origin, 1e9 + 150);
  assert.equal(plain(format.label(1e9 + 150)), "+0 ns");
  assert.equal(plain(format.label(1e9 + 200)), "+50 ns");
  assert.equal(tickFormat(0, 1e6, 1e5, "nanoseconds").origin, null);
});

test("durations are read in every unit, microseconds without one, and nothing else is a duration", () => {
  for (const [text, nanoseconds] of [
    ["50µs", 50_000],
    ["50us", 50_000],
    ["50 μs", 50_000],
    ["50", 50_000],
    ["1.5ms", 1_500_000],
    [".5s", 5e8],
    ["2min", 12e10],
    ["7ns", 7],
  ] as const) {
    assert.equal(parseDuration(text, "nanoseconds"), nanoseconds, text);
  }
  for (const text of ["", "µs", "5 hours", "-1ms", "1e9", "5ms2"]) {
    assert.equal(parseDuration(text, "nanoseconds"), null, text);
  }
});

test("ticks of work are told to the last one, and typed as plain numbers", () => {
  assert.equal(plain(formatMoment(12_345, 100, "ticks")), "12,345 ticks");
  assert.equal(plain(formatMoment(1, 1, "ticks")), "1 tick");
  assert.equal(parseDuration("50", "ticks"), 50);
  assert.equal(parseDuration("1.5k ticks", "ticks"), 1500);
  assert.equal(parseDuration("50µs", "ticks"), null);
  const format = tickFormat(0, 4000, 500, "ticks");
  assert.equal(plain(format.label(1500)), "1.5k");
});
