/**
 * Where on the panel a hit stands: the one place that knows how lanes are made up from top to bottom, used for outlining
 * what is selected and for finding what is under the pointer.
 */
import type { Hit } from "../model/hit.ts";
import {
  cellHeight,
  laneKey,
  lockMetrics,
  type Layout,
  type Metrics,
  type Row,
  sourceMetrics,
  taskHeight,
  wireMetrics,
} from "../model/layout.ts";
import type { LockLane } from "../model/lock-lane.ts";
import type { Lane, ThreadLane } from "../model/picture.ts";

/** Vertical extent within the layout. */
export interface Extent {
  readonly y: number;
  readonly height: number;
}

export function rowOf(layout: Layout, lane: Lane): Extract<Row, { kind: "lane" }> | undefined {
  const key = laneKey(lane);
  return layout.rows.find(
    (row): row is Extract<Row, { kind: "lane" }> => row.kind === "lane" && row.key === key,
  );
}

/** Null where the lane is folded away. */
export function extentOf(layout: Layout, hit: Hit): Extent | null {
  const row = rowOf(layout, hit.lane);
  if (!row) return null;
  const within = extentInLane(layout.metrics, hit);
  return { y: row.y + within.y, height: within.height };
}

/** Top of the band of states within a thread's lane. */
export const bandTop = (metrics: Metrics, regions: number): number => regions * metrics.region;

/** Which of the rows of those beside each other it is. */
export const besideRow = ({ rows }: LockLane, row: number): number => row - (rows[0].alone ? 1 : 0);

/** Top of the first row of tasks within a thread's lane. */
export const taskTop = (metrics: Metrics, { regions, holds }: ThreadLane): number =>
  bandTop(metrics, regions.length) + metrics.band + 1 + holds.length * (metrics.hold + 1);

function extentInLane(metrics: Metrics, hit: Hit): Extent {
  switch (hit.kind) {
    case "core":
      return { y: 0, height: metrics.band };
    case "region":
      return { y: hit.row * metrics.region, height: metrics.region - 1 };
    case "state":
      return { y: bandTop(metrics, hit.lane.regions.length), height: metrics.band };
    case "hold": {
      const top = bandTop(metrics, hit.lane.regions.length) + metrics.band + 1;
      return { y: top + hit.row * (metrics.hold + 1), height: metrics.hold };
    }
    case "task": {
      const { lane, row } = hit;
      const top = taskTop(metrics, lane);
      const height = taskHeight(lane, metrics);
      return { y: top + Math.max(row, 0) * (height + 1), height };
    }
    case "held": {
      const { band, bar } = lockMetrics(hit.lane, metrics);
      if (hit.lane.rows[hit.row].alone) return { y: 0, height: band };
      return { y: besideRow(hit.lane, hit.row) * (bar + 1), height: bar };
    }
    case "message":
      return {
        y: 0,
        height: hit.lane.kind === "wire" ? wireMetrics(hit.lane, metrics).arrows : metrics.arrows,
      };
    case "ready": {
      const { band, gap } = sourceMetrics(hit.lane, metrics);
      return { y: hit.row * (band + gap), height: band };
    }
    case "mark":
      if (hit.lane.kind === "source") return { y: 0, height: 6 };
      return hit.lane.kind === "cell"
        ? { y: 0, height: cellHeight(hit.lane, metrics) }
        : { y: bandTop(metrics, hit.lane.regions.length), height: metrics.band };
  }
}
