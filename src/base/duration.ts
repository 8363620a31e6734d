/** Durations as people read them: a unit that fits, three digits that matter. */
const UNITS = [
  { name: "ns", size: 1 },
  { name: "µs", size: 1e3 },
  { name: "ms", size: 1e6 },
  { name: "s", size: 1e9 },
] as const;
export type TimeUnit = (typeof UNITS)[number];

/** Between a number and its unit: the two never part at a line's end. */
const SPACE = "\u00a0";

/** The unit in which a time is told. 999.6 µs reads as 1 ms, not as 1000 µs. */
export function unitOf(nanoseconds: number): TimeUnit {
  const size = Math.abs(nanoseconds);
  return UNITS.findLast((one) => size >= one.size * 0.9995) ?? UNITS[0];
}

/** `nanoseconds` in `unit` with so many digits after the point, at most: zeros at the end are left out. */
export function inUnit(nanoseconds: number, unit: TimeUnit, digits: number): string {
  const text = (nanoseconds / unit.size).toFixed(digits);
  return `${text.includes(".") ? text.replace(/\.?0+$/, "") : text}${SPACE}${unit.name}`;
}

/** "412 µs", "1.25 ms", "0 ns": `nanoseconds` with three significant digits. */
export function formatDuration(nanoseconds: number): string {
  const unit = unitOf(nanoseconds);
  const value = Math.abs(nanoseconds / unit.size);
  return inUnit(nanoseconds, unit, value >= 99.95 || unit.size === 1 ? 0 : value >= 9.995 ? 1 : 2);
}
