/**
 * Breakpoints on events, as a person writes them: `lock db`, `receive rx by worker-1`, `any by bob`, `thread worker-2`.
 *
 *     EVENT [OBJECT] [by THREAD]     thread THREAD
 */
import type { EventBreakpoint, EventClass } from "../protocol/step.ts";

export const EVENT_CLASSES = [
  "lock",
  "unlock",
  "send",
  "receive",
  "read",
  "write",
  "atomic",
  "wait",
  "notify",
  "spawn",
  "join",
  "end",
  "print",
  "any",
] as const satisfies readonly EventClass[];

/** Undefined where it is none. Names may have spaces in them, but for ` by `. */
export function parseEvent(text: string): EventBreakpoint | undefined {
  const [, word = "", rest = ""] = /^\s*(\S+)\s*([^]*)$/.exec(text) ?? [];
  const name = rest.trim();
  if (word === "thread") return name === "" ? undefined : { on: "any", thread: name };
  const on = EVENT_CLASSES.find((one) => one === word.toLowerCase());
  if (on === undefined) return undefined;
  const [, object = "", thread = ""] = /^(.*?)(?:(?:^|\s+)by\s+(.+))?$/s.exec(name) ?? [];
  return {
    on,
    ...(object === "" ? {} : { object }),
    ...(thread === "" ? {} : { thread }),
  };
}

/** As one would write it. */
export function eventText({ on, object, thread }: EventBreakpoint): string {
  return [on, object, thread === undefined ? undefined : `by ${thread}`]
    .filter((part) => part !== undefined)
    .join(" ");
}
