/**
 * What a thread that cannot go on waits for, in the words of the primitive itself (`OperationInfo.waiting`): the same
 * channel may be waited on for a message or for room.
 */
import { KINDS } from "../objects/kinds.ts";
import { ChannelOperation } from "../objects/channel.ts";
import { ListenerOperation } from "../objects/listener.ts";
import { WireOperation } from "../objects/wire.ts";
import { OBJECT_KINDS } from "../trace/event.ts";
import type { Spans } from "../trace/timeline/spans.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";

/** The operation's number that a wait's `block` record tells, if it does. */
function operationOf(timeline: Timeline, spans: Spans, row: number): number | undefined {
  const event = spans.event[row];
  const version = event < 0 ? 0 : timeline.trace.events.version[event];
  return version > 0 ? version - 1 : undefined;
}

/** `waits for`, `waits for room in`, `polls`, …; `waits for` where the trace does not tell. */
export function waitingWords(timeline: Timeline, spans: Spans, row: number): string {
  const kind = timeline.kindOf(spans.object[row] as never);
  const operation = operationOf(timeline, spans, row);
  if (kind === undefined || operation === undefined) return "waits for";
  if (isPolling(timeline, spans, row)) return "polls";
  return KINDS[OBJECT_KINDS.indexOf(kind)].operations[operation]?.waiting ?? "waits for";
}

/** What follows "waited": `for`, `for room in`, `to be notified by`. */
export function purposeWords(timeline: Timeline, spans: Spans, row: number): string {
  if (isPolling(timeline, spans, row)) return "for something polled, such as";
  return waitingWords(timeline, spans, row).replace(/^waits /, "");
}

/** Whether it is a poll, told by the first of what is polled: only polls ask whether something is ready. */
export function isPolling(timeline: Timeline, spans: Spans, row: number): boolean {
  const operation = operationOf(timeline, spans, row);
  switch (timeline.kindOf(spans.object[row] as never)) {
    case "pipe":
    case "connection":
      return (
        operation === WireOperation.READABLE ||
        operation === WireOperation.SURELY_READABLE ||
        operation === WireOperation.WRITABLE
      );
    case "listener":
      return (
        operation === ListenerOperation.READABLE || operation === ListenerOperation.SURELY_READABLE
      );
    default:
      return false;
  }
}

/** Whether a wait on a channel is for a message rather than for room or a partner. */
export function waitsForMessage(timeline: Timeline, spans: Spans, row: number): boolean {
  return operationOf(timeline, spans, row) === ChannelOperation.RECEIVE;
}
