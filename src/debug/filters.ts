/**
 * What the client offers as switches under its breakpoints ("exception breakpoints" in the protocol): ways for a run to end
 * badly, and events of any object. The rest of the events are written as function breakpoints.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { EventBreakpoint, EventClass } from "../protocol/step.ts";
import type { FindingKind } from "../trace/finding.ts";
import { parseEvent } from "./event-breakpoint.ts";

const FINDINGS = {
  panic: { label: "Panics", description: "An exception leaves a thread and nobody takes it." },
  assertion: {
    label: "Failed Assertions",
    description: "`assert`, `@final` or `@invariant` does not hold.",
  },
  deadlock: { label: "Deadlocks", description: "Nobody can go on any more." },
  race: {
    label: "Data Races",
    description: "Two accesses to a `@shared` variable that nothing puts in an order.",
  },
} as const satisfies Partial<Record<FindingKind, { label: string; description: string }>>;

const EVENTS = {
  lock: "Before Locks",
  send: "Before Sends",
  receive: "Before Receives",
  read: "Before Reads of Shared Variables",
  write: "Before Writes of Shared Variables",
  end: "Before Threads End",
} as const satisfies Partial<Record<EventClass, string>>;

const CONDITION = "name of the object, then by and a thread: db by worker-1";

export const FILTERS: readonly DebugProtocol.ExceptionBreakpointsFilter[] = [
  ...Object.entries(FINDINGS).map(([filter, { label, description }]) => ({
    ...{ filter, label, description },
    default: filter !== "race",
  })),
  ...Object.entries(EVENTS).map(([filter, label]) => ({
    ...{ filter, label, supportsCondition: true, conditionDescription: CONDITION },
    description: "Stops every thread there; with a condition, for one object or thread only.",
  })),
];

/** A leak is a deadlock of fewer: who asks for the one wants to see the other. */
export function findingsOf(filter: string): readonly FindingKind[] {
  if (filter === "deadlock") return ["deadlock", "leak", "livelock"];
  return filter in FINDINGS ? [filter as FindingKind] : [];
}

/** The event that a switch stands for, narrowed by its condition; undefined where it stands for none. */
export function eventOf(filter: string, condition = ""): EventBreakpoint | undefined {
  return filter in EVENTS ? parseEvent(`${filter} ${condition}`) : undefined;
}
