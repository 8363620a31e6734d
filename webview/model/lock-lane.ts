/**
 * A lock or a semaphore: who held it when, and who waited. One row is for holding it alone; whoever holds it beside others (a
 * reader, a permit) has a bar in one of the rows that share the band, so that one sees how many were in at once.
 */
import type { ObjectId } from "../../src/base/brand.ts";
import type { Columns } from "../../src/trace/columns.ts";
import { EventKind } from "../../src/trace/event.ts";
import type { ObjectTrack } from "../../src/trace/timeline/object-track.ts";
import { SpanColumns, type Spans } from "../../src/trace/timeline/spans.ts";
import type { Timeline } from "../../src/trace/timeline/timeline.ts";
import { asOne, densityOf, type Density } from "./density.ts";
import { lazily } from "./lazily.ts";
import { objectMarks } from "./object-marks.ts";
import { permitsHeld } from "./permits.ts";
import { besides } from "./rows.ts";
import { stepsOf, type Steps } from "./steps.ts";

/** More holders at once than this share the last row, where the earlier is cut short. */
export const MAX_BESIDE = 6;

export interface HeldRow {
  /** Who held it: `value` is the thread. */
  readonly density: Density;
  /** Whether nobody else held it meanwhile. */
  readonly alone: boolean;
}

export class LockLane {
  readonly kind = "lock";
  readonly id: ObjectId;
  readonly name: string;
  readonly track: ObjectTrack;
  readonly order: number;
  readonly #rows: () => readonly HeldRow[];
  readonly #queue: () => Steps;
  readonly #waits: () => Spans;
  readonly #waitedNs: () => number;

  constructor(timeline: Timeline, events: Columns, track: ObjectTrack, order: number) {
    this.id = track.id;
    this.name = timeline.nameOf(track.id);
    this.track = track;
    this.order = order;
    this.#rows = lazily(() => rowsOf(timeline, events, track));
    this.#waits = lazily(() => timeline.waits(track.id));
    this.#queue = lazily(() => {
      const { time, value, count } = timeline.queue(track.id);
      return stepsOf(time, value, count);
    });
    this.#waitedNs = lazily(() => {
      const { start, end, count } = this.waits;
      let sum = 0;
      for (let row = 0; row < count; row++) sum += end[row] - start[row];
      return sum;
    });
  }

  /** Those alone first, if any; at least one row. */
  get rows(): readonly HeldRow[] {
    return this.#rows();
  }

  /** In how many rows whoever holds it beside others is drawn. Of a mutex nothing is worked out for it. */
  get beside(): number {
    if (this.track.kind === "mutex") return 0;
    return this.rows.filter(({ alone }) => !alone).length;
  }

  /** Who waited for it: `value` is the thread. May overlap. */
  get waits(): Spans {
    return this.#waits();
  }

  /** How many waited. */
  get queue(): Steps {
    return this.#queue();
  }

  /** All threads' waiting for it together, by the run's clock. */
  get waitedNs(): number {
    return this.#waitedNs();
  }
}

function rowsOf(timeline: Timeline, events: Columns, { id, kind }: ObjectTrack): HeldRow[] {
  const rowOf = (spans: Spans, alone: boolean): HeldRow => ({
    density: densityOf(spans, asOne),
    alone,
  });
  if (kind === "semaphore") {
    const permits = permitsHeld(objectMarks(events, id), timeline.now);
    const rows = besides(permits, MAX_BESIDE);
    return rows.length === 0 ? [rowOf(permits, false)] : rows.map((row) => rowOf(row, false));
  }
  if (kind !== "rwlock") return [rowOf(timeline.held(id), true)];
  const holders = timeline.holders(id);
  const isWrite = (row: number): boolean => events.kind[holders.event[row]] === EventKind.writeLock;
  const writes = chosen(holders, isWrite);
  const reads = besides(
    chosen(holders, (row) => !isWrite(row)),
    MAX_BESIDE,
  );
  return [
    ...(writes.count > 0 || reads.length === 0 ? [rowOf(writes, true)] : []),
    ...reads.map((row) => rowOf(row, false)),
  ];
}

function chosen(spans: Spans, wanted: (row: number) => boolean): Spans {
  const made = new SpanColumns();
  const { start, end, value, object, other, site, event } = spans;
  for (let row = 0; row < spans.count; row++) {
    if (!wanted(row)) continue;
    made.add(start[row], end[row], value[row], object[row], other[row], site[row], event[row]);
  }
  return made;
}
