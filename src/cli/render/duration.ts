/** A duration with its unit and three digits at most: `412 µs`, `1.25 ms`, `14.3 s`. */
import type { Look } from "../terminal.ts";

const UNITS = [
  { name: "ns", size: 1 },
  { name: "µs", size: 1e3 },
  { name: "ms", size: 1e6 },
  { name: "s", size: 1e9 },
];

export function duration(nanoseconds: number, { unicode }: Pick<Look, "unicode">): string {
  const size = Math.abs(nanoseconds);
  // 999.6 µs would be written "1000 µs": it belongs to the next unit.
  const unit = UNITS.findLast((one) => size >= one.size * 0.9995) ?? UNITS[0];
  const value = nanoseconds / unit.size;
  const digits = Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  const text = unit.size === 1 ? value.toFixed(0) : value.toFixed(digits);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return `${short} ${unicode ? unit.name : unit.name.replace("µ", "u")}`;
}
