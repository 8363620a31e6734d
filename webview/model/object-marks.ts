/** Events about objects that have no spans (atomics, shared values, conditions, semaphores …), by object and in order of time. */
import type { Columns } from "../../src/trace/columns.ts";
import { EventKind } from "../../src/trace/event.ts";
import { orderOf } from "../../src/trace/timeline/in-order.ts";
import type { Marks } from "./marks.ts";

/** One pass over the events serves all objects; it is made again when there are more events. */
const passes = new WeakMap<
  Columns,
  { readonly upTo: number; readonly rows: Map<number, number[]> }
>();

const touches = (kind: number): boolean =>
  (kind >= EventKind.load && kind <= EventKind.write) ||
  (kind >= EventKind.conditionWait && kind <= EventKind.notifyAll) ||
  (kind >= EventKind.acquire && kind <= EventKind.countReached) ||
  (kind >= EventKind.onceBegin && kind <= EventKind.poolEnd) ||
  (kind >= EventKind.localMake && kind <= EventKind.countAdd);

/** Whether an event changes what it touches: drawn higher than one that only looks. */
export const writes = (kind: number): boolean =>
  kind === EventKind.write ||
  kind === EventKind.store ||
  kind === EventKind.update ||
  kind === EventKind.atomicNotify ||
  kind === EventKind.notifyOne ||
  kind === EventKind.notifyAll ||
  kind === EventKind.acquire ||
  kind === EventKind.release ||
  kind === EventKind.barrierArrive ||
  kind === EventKind.countDown ||
  kind === EventKind.countUp ||
  kind === EventKind.insert ||
  kind === EventKind.replace ||
  kind === EventKind.remove ||
  kind === EventKind.countAdd;

function rowsByObject(events: Columns): Map<number, number[]> {
  const pass = passes.get(events);
  if (pass?.upTo === events.count) return pass.rows;
  const rows = new Map<number, number[]>();
  const { kind, object, count } = events;
  for (let row = 0; row < count; row++) {
    if (!touches(kind[row])) continue;
    const list = rows.get(object[row]);
    if (list) list.push(row);
    else rows.set(object[row], [row]);
  }
  passes.set(events, { upTo: count, rows });
  return rows;
}

export function objectMarks(events: Columns, object: number): Marks {
  const found = rowsByObject(events).get(object) ?? [];
  const times = Float64Array.from(found, (row) => events.time[row]);
  const rows = orderOf(times, found.length).map((at) => found[at]);
  return { events, rows, count: rows.length };
}
