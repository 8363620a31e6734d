/** Numbers of bytes as people read them: `12 B`, `1.5 KiB`; three digits that matter, and a space that never breaks. */
const UNITS = ["B", "KiB", "MiB", "GiB"] as const;

export function formatBytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))}\u00a0${UNITS[unit]}`;
}
