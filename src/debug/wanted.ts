/** Breakpoints as the client's requests have them, read into what the session knows. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import { noEvent, type Wanted } from "./breakpoints.ts";
import { parseEvent } from "./event-breakpoint.ts";
import { eventOf, findingsOf } from "./filters.ts";
import { type Refusal, refused } from "./refusal.ts";
import type { Counting } from "./sources.ts";

export function wantedLine(
  path: string,
  { line, column, condition, hitCondition, logMessage }: DebugProtocol.SourceBreakpoint,
  counting: Counting,
): Wanted {
  const hits = hitsOf(hitCondition);
  if (hits instanceof Error) return { kind: "refused", why: hits };
  return {
    ...{ kind: "line", path },
    breakpoint: {
      line: counting.lineFrom(line),
      ...(column === undefined ? {} : { column: counting.columnFrom(column) }),
      ...(isBlank(condition) ? {} : { condition }),
      ...(hits === undefined ? {} : { hits }),
      ...(isBlank(logMessage) ? {} : { log: logMessage }),
    },
  };
}

/** An event, or else a function by its name. */
export function wantedFunction(asked: DebugProtocol.FunctionBreakpoint): Wanted {
  const { name, condition, hitCondition } = asked;
  if (parseEvent(name) !== undefined) return wantedEvent(name, condition, hitCondition);
  const hits = hitsOf(hitCondition);
  if (hits instanceof Error) return { kind: "refused", why: hits };
  return {
    ...{ kind: "function", name },
    breakpoint: {
      ...(isBlank(condition) ? {} : { condition }),
      ...(hits === undefined ? {} : { hits }),
    },
  };
}

/** On a `@shared` variable: `dataId` is its name. */
export function wantedData({
  dataId,
  accessType = "write",
  condition,
  hitCondition,
}: DebugProtocol.DataBreakpoint): Wanted {
  const event = accessType === "readWrite" ? "any" : accessType;
  return wantedEvent(`${event} ${dataId}`, condition, hitCondition);
}

/** Of a switch; one that stands for nothing was never offered. */
export function wantedSwitch({
  filterId,
  condition,
}: DebugProtocol.ExceptionFilterOptions): Wanted {
  if (findingsOf(filterId).length > 0) return { kind: "ending" };
  const breakpoint = eventOf(filterId, condition);
  return breakpoint === undefined
    ? { kind: "refused", why: noEvent(filterId) }
    : { kind: "event", breakpoint };
}

function wantedEvent(text: string, condition?: string, hitCondition?: string): Wanted {
  const breakpoint = parseEvent(text);
  if (breakpoint === undefined) return { kind: "refused", why: noEvent(text) };
  const what = !isBlank(condition) ? "condition" : !isBlank(hitCondition) ? "hit count" : undefined;
  if (what === undefined) return { kind: "event", breakpoint };
  return { kind: "refused", why: refused(MESSAGES.plainEvent, { what }) };
}

function hitsOf(condition: string | undefined): number | Refusal | undefined {
  if (isBlank(condition)) return undefined;
  const hits = /^\s*(?:={1,3}\s*)?(\d{1,9})\s*$/.exec(condition)?.[1];
  return Number(hits) >= 1 ? Number(hits) : refused(MESSAGES.badHitCount, { condition });
}

function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === "";
}
