/** Who stood in the way of a thread that could not go on: one answer for each kind of object that it may wait for. */
import type { ObjectId } from "../base/brand.ts";
import { formatDuration } from "../base/duration.ts";
import { EventKind } from "../trace/event.ts";
import { firstEndingAfter } from "../trace/timeline/spans.ts";
import type { ThreadTrack } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { objectPiece, placePiece, say, strong, threadPiece, type Sentence } from "./sentence.ts";
import { waitsForMessage } from "./waiting.ts";

const SENTENCES = {
  held: "{thread} held {object} since {since}, taken at {place}",
  heldInTurn: "{count} threads held {object} in turn, {thread} longest, taken at {place}",
  alive: "{thread} had not ended",
  sent: "{thread} sent the message {time} after that, at {place}",
  received: "{thread} made room {time} after that, at {place}",
  notified: "{thread} notified it {time} after that, at {place}",
} as const;

export interface Cause {
  readonly thread: ThreadTrack;
  /** The part of the wait that it explains. */
  readonly start: number;
  readonly end: number;
  readonly sentence: Sentence;
  /** The lock that it held, 0 where the wait was for something else. */
  readonly lock: number;
}

/** A wait, or the part of one that matters: row `row` of the states of `thread`, between `start` and `end`. */
export interface Wait {
  readonly thread: ThreadTrack;
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

/** Undefined where nobody can be named. O(spans of the object), for a condition O(events). */
export function causeOf(timeline: Timeline, wait: Wait): Cause | undefined {
  const { states } = wait.thread;
  const object = states.object[wait.row] as ObjectId;
  switch (timeline.kindOf(object)) {
    case "mutex":
    case "rwlock":
      return holder(timeline, object, wait);
    case "thread":
      return joined(timeline, wait);
    case "channel":
      return waitsForMessage(timeline, states, wait.row)
        ? sender(timeline, object, wait)
        : receiver(timeline, object, wait);
    case "condvar":
      return notifier(timeline, object, wait);
    default:
      return undefined;
  }
}

/** The thread that held the lock for the longest part of the wait. */
function holder(timeline: Timeline, lock: ObjectId, { start, end }: Wait): Cause | undefined {
  const held = timeline.held(lock);
  const holders = new Set<number>();
  let longest = -1;
  let most = 0;
  for (let row = firstEndingAfter(held, start); row < held.count && held.start[row] < end; row++) {
    holders.add(held.value[row]);
    const overlap = Math.min(end, held.end[row]) - Math.max(start, held.start[row]);
    if (overlap > most) [longest, most] = [row, overlap];
  }
  const thread = longest < 0 ? undefined : timeline.thread(held.value[longest] as never);
  if (thread === undefined) return undefined;
  return {
    thread,
    lock,
    start: Math.max(start, held.start[longest]),
    end: Math.min(end, held.end[longest]),
    sentence: say(holders.size > 1 ? SENTENCES.heldInTurn : SENTENCES.held, {
      count: strong(String(holders.size)),
      thread: threadPiece(timeline, thread.id),
      object: objectPiece(timeline, lock),
      since: formatDuration(held.start[longest], timeline.trace.clock),
      place: placePiece(timeline, held.site[longest]),
    }),
  };
}

function joined(timeline: Timeline, { thread: waiter, row, start, end }: Wait): Cause | undefined {
  const thread = timeline.thread(waiter.states.other[row] as never);
  if (thread === undefined) return undefined;
  const sentence = say(SENTENCES.alive, { thread: threadPiece(timeline, thread.id) });
  return {
    thread,
    sentence,
    lock: 0,
    start: Math.max(start, Math.min(end, thread.began)),
    end: Math.min(end, Math.max(start, thread.ended)),
  };
}

/** Who sent the message whose receipt ended the wait. */
function sender(timeline: Timeline, channel: ObjectId, wait: Wait): Cause | undefined {
  const { received, to, sentEvent, count } = timeline.messages(channel);
  let first = -1;
  for (let row = 0; row < count; row++) {
    if (to[row] !== wait.thread.id || received[row] < wait.end) continue;
    if (first < 0 || received[row] < received[first]) first = row;
  }
  return first < 0 ? undefined : act(timeline, SENTENCES.sent, sentEvent[first], wait);
}

/** Who received the message that made room. */
function receiver(timeline: Timeline, channel: ObjectId, wait: Wait): Cause | undefined {
  const { received, receivedEvent, count } = timeline.messages(channel);
  let last = -1;
  for (let row = 0; row < count; row++) {
    if (received[row] <= wait.end && (last < 0 || received[row] >= received[last])) last = row;
  }
  return last < 0 ? undefined : act(timeline, SENTENCES.received, receivedEvent[last], wait);
}

function notifier(timeline: Timeline, condition: ObjectId, wait: Wait): Cause | undefined {
  const { kind, object, argument, time, count } = timeline.trace.events;
  let last = -1;
  for (let row = 0; row < count; row++) {
    if (object[row] !== condition || time[row] > wait.end || time[row] < wait.start) continue;
    const wakes =
      (kind[row] === EventKind.notifyOne && argument[row] === wait.thread.id) ||
      (kind[row] === EventKind.notifyAll && argument[row] > 0);
    if (wakes && (last < 0 || time[row] >= time[last])) last = row;
  }
  return last < 0 ? undefined : act(timeline, SENTENCES.notified, last, wait);
}

/** A thread's single act ended the wait: what it did before that is the reason. */
function act(
  timeline: Timeline,
  template: string,
  event: number,
  { start, end }: Wait,
): Cause | undefined {
  const { events } = timeline.trace;
  const thread = event < 0 ? undefined : timeline.thread(events.thread[event] as never);
  if (thread === undefined) return undefined;
  const at = Math.min(end, Math.max(start, events.time[event]));
  return {
    thread,
    start,
    end: at,
    lock: 0,
    sentence: say(template, {
      thread: threadPiece(timeline, thread.id),
      time: formatDuration(at - start, timeline.trace.clock),
      place: placePiece(timeline, events.site[event]),
    }),
  };
}
