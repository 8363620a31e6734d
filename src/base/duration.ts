/** Durations as people read them: a unit that fits, three digits that matter. */
const UNITS = [
  { name: "ns", size: 1 },
  { name: "µs", size: 1e3 },
  { name: "ms", size: 1e6 },
  { name: "s", size: 1e9 },
] as const;

/** Between a number and its unit: the two never part at a line's end. */
const SPACE = "\u00a0";

/** "412 µs", "1.25 ms", "0 ns": `nanoseconds` with three significant digits. */
export function formatDuration(nanoseconds: number): string {
  const size = Math.abs(nanoseconds);
  // 999.6 µs reads as 1 ms, not as 1000 µs.
  const unit = UNITS.findLast((one) => size >= one.size * 0.9995) ?? UNITS[0];
  const value = nanoseconds / unit.size;
  const digits = Math.abs(value) >= 99.95 || unit.size === 1 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  const text = value.toFixed(digits);
  return `${text.includes(".") ? text.replace(/\.?0+$/, "") : text}${SPACE}${unit.name}`;
}
