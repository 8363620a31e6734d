/**
 * Data races: two accesses of plain `@shared` memory to one cell, one of them a write, that nothing orders (SEMANTICS,
 * Verdicts). A cell's last write is kept as one number of one clock, and its reads as one a thread: a write that knows of
 * them all forgets them (Flanagan and Freund, "FastTrack", PLDI 2009).
 */
import { EventKind } from "./event.ts";
import type { HappenedEvent, HappensBefore } from "./happens-before.ts";

/** An access that raced. */
export interface Access {
  readonly thread: number;
  readonly writes: boolean;
  readonly site: number;
}

export interface DataRace {
  readonly object: number;
  /** The one that came first in this run. */
  readonly first: Access;
  readonly second: Access;
}

interface Mark extends Access {
  /** The count of its thread's own clock. */
  readonly count: number;
}

interface CellMarks {
  write: Mark | undefined;
  /** The last read of each thread since that write. */
  readonly reads: Mark[];
}

export class DataRaces {
  readonly #order: HappensBefore;
  readonly #cells = new Map<number, CellMarks>();

  /** `order` has taken all events before those that are given here. */
  constructor(order: HappensBefore) {
    this.#order = order;
  }

  reset(): void {
    this.#cells.clear();
  }

  /** Takes an event; answers the race that it completes, if any: with the last write before others. */
  take({ thread, kind, object }: HappenedEvent, site: number): DataRace | undefined {
    if (kind !== EventKind.read && kind !== EventKind.write) return undefined;
    let cell = this.#cells.get(object);
    if (cell === undefined) {
      this.#cells.set(object, (cell = { write: undefined, reads: [] }));
    }
    const writes = kind === EventKind.write;
    const count = this.#order.clockOf(thread)[thread];
    const mark: Mark = { thread, writes, site, count };
    const rival = this.#unordered(cell, mark);
    if (writes) {
      cell.write = mark;
      cell.reads.length = 0;
    } else {
      const at = cell.reads.findIndex((read) => read.thread === thread);
      cell.reads[at < 0 ? cell.reads.length : at] = mark;
    }
    return rival === undefined ? undefined : { object, first: rival, second: mark };
  }

  /** The access that this one, which has not been made, would race with. */
  rivalOf({
    thread,
    object,
    writes,
  }: Omit<Access, "site"> & { object: number }): Access | undefined {
    const cell = this.#cells.get(object);
    return cell && this.#unordered(cell, { thread, writes });
  }

  #unordered(
    { write, reads }: CellMarks,
    { thread, writes }: Omit<Access, "site">,
  ): Mark | undefined {
    const isUnordered = (mark: Mark): boolean =>
      mark.thread !== thread && !this.#order.knows(thread, mark.thread, mark.count);
    if (write !== undefined && isUnordered(write)) return write;
    return writes ? reads.find(isUnordered) : undefined;
  }
}
