/** How the processes of a run ended, as its trace tells: by their own last record, or by what whoever waited for them saw. */
import { EventKind } from "../event.ts";
import type { Trace } from "../trace.ts";

export type ProcessEnd =
  /** Not yet, or nobody has told. */
  | { readonly kind: "none" }
  | { readonly kind: "exited"; readonly code: number }
  /** By the number of a signal. */
  | { readonly kind: "signalled"; readonly signal: number };

const NONE: ProcessEnd = { kind: "none" };

const TELLS: ReadonlySet<number> = new Set([
  EventKind.processEnd,
  EventKind.processWait,
  EventKind.processKill,
]);

/** By the process's number. O(events). */
export function processEnds({ processes, events }: Trace): ReadonlyMap<number, ProcessEnd> {
  const ends = new Map<number, ProcessEnd>();
  const numbers = new Map<number, number>();
  for (const { id, object } of processes.values()) {
    ends.set(id, NONE);
    numbers.set(object, id);
  }
  if (numbers.size === 0) return ends;
  for (let row = 0; row < events.count; row++) {
    if (!TELLS.has(events.kind[row])) continue;
    const id = numbers.get(events.object[row]);
    const told = events.argument[row];
    if (id === undefined) continue;
    ends.set(id, told >= 0 ? { kind: "exited", code: told } : { kind: "signalled", signal: -told });
  }
  return ends;
}
