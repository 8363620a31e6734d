/**
 * The events of a trace in one order that each thread's and each object's own agree with. Stamps are such an order but where several
 * are the same (`trace/event.ts`): there versions decide.
 */
import { EventKind } from "../trace/event.ts";
import { orderOf } from "../trace/timeline/in-order.ts";
import type { Trace } from "../trace/trace.ts";

/** Rows. O(events · log rings), and no more for stamps that are the same unless their threads met. */
export function inOrder({ events }: Trace): Int32Array {
  const { time, thread, count } = events;
  const order = orderOf(time, count);
  for (let from = 0; from < count;) {
    let to = from + 1;
    let threads = 1;
    for (; to < count && time[order[to]] === time[order[from]]; to++) {
      if (thread[order[to]] !== thread[order[to - 1]]) threads++;
    }
    if (threads > 1) order.set(byVersion(events, order.subarray(from, to)), from);
    from = to;
  }
  return order;
}

/** Kinds whose version is not the number of an operation. */
const NO_OPERATION: ReadonlySet<number> = new Set<EventKind>([
  EventKind.create,
  EventKind.block,
  EventKind.onCore,
  EventKind.select,
]);

/** Rows of one stamp: each as soon as no operation of a lower version on its object is left, nor an earlier row of its thread. */
function byVersion(events: Trace["events"], rows: Int32Array): Int32Array {
  const { kind, thread, object, version } = events;
  const isOperation = (row: number): boolean =>
    object[row] !== 0 && version[row] > 0 && !NO_OPERATION.has(kind[row]);
  const ofThreads = new Map<number, number[]>();
  const ofObjects = new Map<number, number[]>();
  const append = (lists: Map<number, number[]>, key: number, row: number): void => {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [row]);
    else list.push(row);
  };
  for (const row of rows) {
    append(ofThreads, thread[row], row);
    if (isOperation(row)) append(ofObjects, object[row], row);
  }
  for (const list of ofObjects.values()) list.sort((one, other) => version[one] - version[other]);

  const ordered: number[] = [];
  const nextOf = new Map<number[], number>();
  const headOf = (list: number[]): number | undefined => list[nextOf.get(list) ?? 0];
  const advance = (list: number[]): void => void nextOf.set(list, (nextOf.get(list) ?? 0) + 1);
  const threads = [...ofThreads.values()];
  while (ordered.length < rows.length) {
    const before = ordered.length;
    for (const own of threads) {
      for (let row = headOf(own); row !== undefined; row = headOf(own)) {
        const others = isOperation(row) ? ofObjects.get(object[row]) : undefined;
        if (others !== undefined && headOf(others) !== row) break;
        if (others !== undefined) advance(others);
        advance(own);
        ordered.push(row);
      }
    }
    // A damaged trace may contradict itself: then as it was written.
    if (ordered.length === before) return rows.slice();
  }
  return Int32Array.from(ordered);
}
