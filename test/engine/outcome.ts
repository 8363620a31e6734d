/** What of a run must be the same wherever it is had again: its output, findings, ending, threads, and the last values of what is shared. */
import { EventKind } from "../../src/trace/event.ts";
import type { Ending } from "../../src/trace/tables.ts";
import type { Trace } from "../../src/trace/trace.ts";
import type { Ran } from "./native/fixture.ts";

export interface SameOutcome {
  readonly problems: readonly string[];
  readonly output: readonly string[];
  readonly kinds: readonly string[];
  readonly ending: Ending;
  readonly threads: number;
  /** By the place where they were made, as often as that came about. */
  readonly shared: readonly string[];
}

export function outcomeOf({ scheduleProblems = [], output, kinds, ending, threads, trace }: Ran): {
  readonly outcome: SameOutcome;
} {
  const problems = scheduleProblems.map(({ message }) => message);
  const shared = finalValues(trace);
  return { outcome: { problems, output, kinds: kinds.toSorted(), ending, threads, shared } };
}

const CHANGES: ReadonlySet<number> = new Set([EventKind.write, EventKind.store, EventKind.update]);

/** The value that each shared variable and atomic was given last. */
function finalValues({ events, sites }: Trace): string[] {
  const { count, kind, object, version, argument, site } = events;
  const made = new Map<number, string>();
  const last = new Map<number, { version: number; value: number }>();
  for (let index = 0; index < count; index++) {
    const of = object[index];
    if (kind[index] === EventKind.create) {
      const place = sites[site[index]];
      made.set(of, place === null || place === undefined ? "" : `${place.line}:${place.column}`);
    }
    if (!CHANGES.has(kind[index])) continue;
    const before = last.get(of);
    if (before !== undefined && before.version > version[index]) continue;
    last.set(of, { version: version[index], value: argument[index] });
  }
  return [...last].map(([of, { value }]) => `${made.get(of)} ${value}`).toSorted();
}
