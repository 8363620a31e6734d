/**
 * Moments as people read them, ticks that all speak in one unit, and durations as people type them. How a duration is
 * told is one for all: `src/base/duration.ts`.
 */
import { inUnit, unitOf, type Clock } from "../../src/base/duration.ts";
import { grouped } from "../strings.ts";

/**
 * A moment within a run, precise enough to tell it from moments `resolution` away: "151.25 µs". Ticks are told to the last
 * one, since each is an event or an edge of a loop: "12,345 ticks".
 */
export function formatMoment(time: number, resolution: number, clock: Clock): string {
  if (clock === "ticks") {
    return inUnit(Math.round(time), unitOf(1, clock), 0).replace(/^\d+/, (digits) =>
      grouped(Number(digits)),
    );
  }
  const unit = unitOf(Math.max(Math.abs(time), resolution), clock);
  const digits = Math.ceil(Math.log10(unit.size / Math.max(resolution, 1)) - 1e-9);
  return inUnit(time, unit, clamp(digits, 0, 9));
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
export function tickFormat(start: number, end: number, step: number, clock: Clock): TickFormat {
  const far = Math.max(Math.abs(start), Math.abs(end));
  const relative = far / step > 1e5;
  const origin = relative ? Math.ceil(start / step) * step : 0;
  const unit = unitOf(relative ? end - start : far, clock);
  const digits = clamp(Math.ceil(-Math.log10(step / unit.size) - 1e-9), 0, 6);
  return {
    origin: relative ? origin : null,
    label: (time) =>
      `${relative ? "+" : ""}${shortened(inUnit(time - origin, unit, digits), clock)}`,
  };
}

/** Beside an axis "ticks" stands once. */
function shortened(label: string, clock: Clock): string {
  if (/^0\D/.test(label) && clock === "ticks") return "0";
  return clock === "ticks" ? label.replace(/\u00a0.*$/, "") : label;
}

/**
 * Nanoseconds in "50µs", "50 us", "1.5ms", "2s"; without a unit, microseconds. By a clock of ticks, those in "50",
 * "50 ticks", "1.5k". Null for anything else.
 */
export function parseDuration(text: string, clock: Clock): number | null {
  if (clock === "ticks") return parseTicks(text.trim());
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(ns|us|µs|μs|ms|s|m|min)?$/i.exec(text.trim());
  if (!match) return null;
  const sizes: Record<string, number> = { ns: 1, ms: 1e6, s: 1e9, m: 6e10, min: 6e10 };
  return Number(match[1]) * (sizes[match[2]?.toLowerCase() ?? "us"] ?? 1e3);
}

function parseTicks(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(k|m)?\s*(?:ticks?)?$/i.exec(text);
  if (!match) return null;
  const size = { k: 1e3, m: 1e6 }[match[2]?.toLowerCase() ?? ""] ?? 1;
  return Number(match[1]) * size;
}
