/** Durations as people read them: a unit that fits, three digits that matter. In nanoseconds, or in ticks of work. */

/** What the times of a run count: nanoseconds, or the ticks of the model engine's cost clock (SEMANTICS, Time). */
export type Clock = "nanoseconds" | "ticks";

/** A unit, with what stands between the number and its end: `\u00a0ms`, `k\u00a0ticks`. */
export interface TimeUnit {
  readonly size: number;
  readonly one: string;
  readonly many: string;
}

/** Between a number and its unit: the two never part at a line's end. */
const SPACE = "\u00a0";

const unit = (size: number, many: string, one = many): TimeUnit => ({ size, one, many });

const UNITS: Readonly<Record<Clock, readonly [TimeUnit, ...TimeUnit[]]>> = {
  nanoseconds: [
    unit(1, `${SPACE}ns`),
    unit(1e3, `${SPACE}µs`),
    unit(1e6, `${SPACE}ms`),
    unit(1e9, `${SPACE}s`),
  ],
  ticks: [
    unit(1, `${SPACE}ticks`, `${SPACE}tick`),
    unit(1e3, `k${SPACE}ticks`),
    unit(1e6, `M${SPACE}ticks`),
    unit(1e9, `G${SPACE}ticks`),
  ],
};

/** The unit in which a time is told. 999.6 µs reads as 1 ms, not as 1000 µs. */
export function unitOf(time: number, clock: Clock): TimeUnit {
  const size = Math.abs(time);
  const units = UNITS[clock];
  return units.findLast((one) => size >= one.size * 0.9995) ?? units[0];
}

/** `time` in `unit` with so many digits after the point, at most: zeros at the end are left out. */
export function inUnit(time: number, { size, one, many }: TimeUnit, digits: number): string {
  const text = (time / size).toFixed(digits);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short + (short === "1" ? one : many);
}

/** "412 µs", "1.25 ms", "0 ns"; "1 tick", "12.3k ticks": `time` with three significant digits. */
export function formatDuration(time: number, clock: Clock): string {
  const unit = unitOf(time, clock);
  const value = Math.abs(time / unit.size);
  return inUnit(time, unit, value >= 99.95 || unit.size === 1 ? 0 : value >= 9.995 ? 1 : 2);
}
