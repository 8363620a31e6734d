/**
 * Time to pixels. One mutable object that the whole picture reads; it is changed by gestures only, and never while
 * drawing. Pixels count from the left edge of the lanes (beside the names).
 */
import { scaleLinear } from "d3";
import type { Nanoseconds, Pixels } from "../../src/base/brand.ts";
import type { Clock } from "../../src/base/duration.ts";

/** What of the run is seen. */
export interface Window {
  readonly start: Nanoseconds;
  readonly end: Nanoseconds;
}

/** How far a run goes, and by which clock. */
export interface Run extends Window {
  readonly clock: Clock;
}

export const lengthOf = ({ start, end }: Window): number => end - start;

/** Nobody zooms further in than this: clocks tell no more. */
const SHORTEST_WINDOW: Readonly<Record<Clock, number>> = { nanoseconds: 200, ticks: 12 };

/** Nothing is drawn further out than this many pixels beside the picture: canvases lose precision far away. */
const MARGIN = 4;

export interface TimeScale {
  readonly start: number;
  readonly end: number;
  /** Width of the lanes. */
  readonly width: number;
  readonly pxPerNs: number;
  timeToPx(time: number): number;
  /** The same, kept near the picture, for edges that may lie far outside. */
  clampedPx(time: number): number;
  pxToTime(px: number): number;
}

export function timeScale(window: Window, width: Pixels): TimeScale {
  const { start } = window;
  const end = Math.max(window.end, start + 1);
  const pxPerNs = width / (end - start);
  const timeToPx = (time: number): number => (time - start) * pxPerNs;
  return {
    start,
    end,
    width,
    pxPerNs,
    timeToPx,
    clampedPx: (time) => Math.min(Math.max(timeToPx(time), -MARGIN), width + MARGIN),
    pxToTime: (px) => start + px / pxPerNs,
  };
}

/** Where the axis and the grid have their lines: round times, about `spacing` pixels apart, and never parts of a unit. */
export function ticksOf(scale: TimeScale, spacing: Pixels): number[] {
  const wanted = Math.max(2, Math.floor(scale.width / spacing));
  const count = Math.max(1, Math.min(wanted, Math.floor(scale.end - scale.start)));
  return scaleLinear().domain([scale.start, scale.end]).ticks(count);
}

/** The window moved and shrunk so that it shows something of a run that lasts over `run`. */
export function withinRun(window: Window, run: Run): Window {
  const shortest = SHORTEST_WINDOW[run.clock];
  const whole = Math.max(run.end - run.start, shortest);
  const length = Math.min(Math.max(window.end - window.start, shortest), whole * 1.05);
  const slack = whole * 0.025;
  const latest = run.start + whole + slack - length;
  const start = Math.min(Math.max(window.start, run.start - slack), latest);
  return { start: start as Nanoseconds, end: (start + length) as Nanoseconds };
}

/** The whole run with a little air at its ends. */
export function wholeRun(run: Run): Window {
  const whole = Math.max(run.end - run.start, SHORTEST_WINDOW[run.clock]);
  return {
    start: (run.start - whole * 0.005) as Nanoseconds,
    end: (run.start + whole * 1.015) as Nanoseconds,
  };
}

/** `window` scaled by `factor` (2 shows twice as much) so that `at` stays where it is. */
export function zoomed(window: Window, factor: number, at: number): Window {
  return {
    start: (at - (at - window.start) * factor) as Nanoseconds,
    end: (at + (window.end - at) * factor) as Nanoseconds,
  };
}
