/**
 * Moments as people read them, ticks that all speak in one unit, and durations as people type them. How a duration is
 * told is one for all: `src/base/duration.ts`.
 */
import { inUnit, unitOf } from "../../src/base/duration.ts";

/**
 * A moment within a run, precise enough to tell it from moments `resolution` nanoseconds away: "151.25 µs".
 */
export function formatMoment(nanoseconds: number, resolution: number): string {
  const unit = unitOf(Math.max(Math.abs(nanoseconds), resolution));
  const digits = Math.ceil(Math.log10(unit.size / Math.max(resolution, 1)) - 1e-9);
  return inUnit(nanoseconds, unit, clamp(digits, 0, 9));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

export interface TickFormat {
  /** What every label counts from; null where labels are absolute. */
  readonly origin: number | null;
  label(time: number): string;
}

/**
 * How ticks `step` apart are labelled in a view that begins at `start`: all in one unit. Where absolute numbers would
 * need more than five digits they count from an origin ("+50 ns") that the axis names once.
 */
export function tickFormat(start: number, end: number, step: number): TickFormat {
  const far = Math.max(Math.abs(start), Math.abs(end));
  const relative = far / step > 1e5;
  const origin = relative ? Math.ceil(start / step) * step : 0;
  const unit = unitOf(relative ? end - start : far);
  const digits = clamp(Math.ceil(-Math.log10(step / unit.size) - 1e-9), 0, 6);
  return {
    origin: relative ? origin : null,
    label: (time) => `${relative ? "+" : ""}${inUnit(time - origin, unit, digits)}`,
  };
}

/**
 * Nanoseconds in "50µs", "50 us", "1.5ms", "2s"; without a unit, microseconds. Null for anything else.
 */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(ns|us|µs|μs|ms|s|m|min)?$/i.exec(text.trim());
  if (!match) return null;
  const sizes: Record<string, number> = { ns: 1, ms: 1e6, s: 1e9, m: 6e10, min: 6e10 };
  return Number(match[1]) * (sizes[match[2]?.toLowerCase() ?? "us"] ?? 1e3);
}
