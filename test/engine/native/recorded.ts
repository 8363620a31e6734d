/** The records of a trace as objects, for tests that read a few of them. */
import type { Trace } from "../../../src/trace/trace.ts";
import { EventKind } from "../../../src/trace/event.ts";

export interface Recorded {
  readonly time: number;
  readonly kind: number;
  readonly thread: number;
  readonly object: number;
  readonly version: number;
  readonly argument: number;
  readonly site: number;
}

export function recordsOf({ events }: Trace): Recorded[] {
  return Array.from({ length: events.count }, (_, row) => ({
    time: events.time[row],
    kind: events.kind[row],
    thread: events.thread[row],
    object: events.object[row],
    version: events.version[row],
    argument: events.argument[row],
    site: events.site[row],
  }));
}

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(EventKind).map(([name, kind]) => [kind, name]),
);

/** What a kind of event is called. */
export function nameOfKind(kind: number): string {
  return NAMES.get(kind) ?? `kind ${kind}`;
}

/** What one thread did, in its order: names of the kinds. */
export function kindsOf(trace: Trace, thread: number): string[] {
  return recordsOf(trace)
    .filter((record) => record.thread === thread)
    .map(({ kind }) => nameOfKind(kind));
}
