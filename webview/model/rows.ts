/** Overlapping spans of one thread dealt into rows, so that within a row nothing overlaps and drawing can search it. */
import { SpanColumns, type Spans } from "../../src/trace/timeline/spans.ts";

/** Deeper nested holdings and regions share the last row, where the earlier is cut short. */
export const MAX_ROWS = 3;

/** Each holding goes into the first row that is free when it begins. Mostly all do with one row: then nothing is copied. */
export function holdingRows(spans: Spans): readonly Spans[] {
  return besides(spans, MAX_ROWS);
}

/** Those that last beside each other, each in the first row that is free: no more than `most` rows. */
export function besides(spans: Spans, most: number): readonly Spans[] {
  return spans.count === 0 ? [] : overlaps(spans) ? dealt(spans, firstFreeOf(most)) : [spans];
}

/** Each region goes into the row of its depth. */
export function regionRows(spans: Spans): readonly Spans[] {
  return spans.count === 0
    ? []
    : overlaps(spans)
      ? dealt(spans, (row) => Math.min(spans.value[row], MAX_ROWS - 1))
      : [spans];
}

function overlaps({ start, end, count }: Spans): boolean {
  for (let row = 1; row < count; row++) if (start[row] < end[row - 1]) return true;
  return false;
}

type Place = (row: number, start: number, rows: readonly SpanColumns[]) => number;

const firstFreeOf =
  (most: number): Place =>
  (_row, start, rows) => {
    const free = rows.findIndex((row) => row.end[row.count - 1] <= start);
    return free >= 0 ? free : Math.min(rows.length, most - 1);
  };

function dealt(spans: Spans, place: Place): readonly Spans[] {
  const rows: SpanColumns[] = [];
  const { start, end, value, object, other, site, event } = spans;
  for (let index = 0; index < spans.count; index++) {
    const at = place(index, start[index], rows);
    while (rows.length <= at) rows.push(new SpanColumns());
    const row = rows[at];
    const last = row.count - 1;
    if (last >= 0 && row.end[last] > start[index]) row.end[last] = start[index]!;
    row.add(
      start[index],
      end[index],
      value[index],
      object[index],
      other[index],
      site[index],
      event[index],
    );
  }
  return rows;
}
