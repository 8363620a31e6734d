/**
 * What threads waited for, and at which lines: locks first, then the longest:
 *
 *     cache    mutex    18.2 ms in 14 of 36 operations
 *       contention.ts:41   18.1 ms   13 ×   using guard = cache.lock();
 *
 * Joins are left out: waiting for threads is what main is for.
 */
import type { ObjectSummary, Summary } from "../../analysis/summary.ts";
import type { ObjectId, SiteId } from "../../base/brand.ts";
import { fileName } from "../../trace/timeline/names.ts";
import type { Timeline } from "../../trace/timeline/timeline.ts";
import type { Look } from "../terminal.ts";
import { duration } from "./duration.ts";
import type { Paint } from "./paint.ts";
import { renderTable } from "./table.ts";
import { cutTo, harmless } from "./width.ts";

const MOST_OBJECTS = 5;
const MOST_LINES = 3;

export function renderWaits(
  timeline: Timeline,
  summary: Summary,
  look: Look,
  paint: Paint,
): string[] {
  const waited = summary.objects
    .filter((object) => object.waitedNs > 0)
    .toSorted((a, b) => Number(isLock(b)) - Number(isLock(a)) || b.waitedNs - a.waitedNs);
  const shown = waited.slice(0, MOST_OBJECTS);
  const heads = renderTable(
    shown.map((object) => [
      `  ${paint.bold(object.name)}`,
      paint.dim(object.kind),
      `${duration(object.waitedNs, timeline.trace.clock, look)} in ${waits(object)}`,
    ]),
  );
  return [
    ...shown.flatMap((object, index) => [
      heads[index],
      ...linesOf(timeline, object.id as ObjectId, look, paint),
    ]),
    ...(waited.length > shown.length
      ? [paint.dim(`  and ${waited.length - shown.length} more`)]
      : []),
  ];
}

/** Waiting for a lock is what costs; waiting for a message may be all that a thread is for. */
function isLock({ kind }: ObjectSummary): boolean {
  return kind === "mutex" || kind === "rwlock";
}

function waits({ contended, operations }: ObjectSummary): string {
  // A wait that never ended is no operation that went through.
  const of = Math.max(operations, contended);
  return `${contended} of ${of} ${of === 1 ? "operation" : "operations"}`;
}

function linesOf(timeline: Timeline, object: ObjectId, look: Look, paint: Paint): string[] {
  const { start, end, site, count } = timeline.waits(object);
  const bySite = new Map<number, { time: number; count: number }>();
  for (let row = 0; row < count; row++) {
    const line = bySite.get(site[row]) ?? { time: 0, count: 0 };
    line.time += end[row] - start[row];
    line.count++;
    bySite.set(site[row], line);
  }
  const rows = [...bySite]
    .toSorted(([, a], [, b]) => b.time - a.time)
    .slice(0, MOST_LINES)
    .flatMap(([id, line]) => {
      const where = timeline.trace.site(id as SiteId);
      if (where === undefined) return [];
      return [
        [
          `    ${paint.place(`${fileName(where.file)}:${where.line}`)}`,
          duration(line.time, timeline.trace.clock, look),
          `${line.count} ${look.unicode ? "×" : "x"}`,
          paint.dim(cutTo(harmless(where.text ?? ""), 60, look.unicode ? "…" : "...")),
        ],
      ];
    });
  return renderTable(rows);
}
