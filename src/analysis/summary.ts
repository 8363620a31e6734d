/**
 * A run in figures: exactly the object that `threadloom trace --json` prints (a contract: scripts of others read it).
 * Threads and objects are referred to by their ids everywhere in it.
 */
import type { SiteId } from "../base/brand.ts";
import type { Finding } from "../trace/finding.ts";
import type { ObjectTrack } from "../trace/timeline/object-track.ts";
import { ThreadState, type ThreadTrack } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";

export interface Summary {
  /** Whether nothing of severity `error` was found. Warnings do not count. */
  readonly ok: boolean;
  readonly engine: "native" | "model";
  /** By id; main is 0. */
  readonly threads: readonly ThreadSummary[];
  /** What the program made, by id: locks, conditions, atomics, `@shared` cells, channels. Threads are above. */
  readonly objects: readonly ObjectSummary[];
  /** Messages by channel, sender and receiver. */
  readonly messages: readonly MessageSummary[];
  /** Records in the trace. */
  readonly events: number;
  /** The gravest first: those of the engine and those of the analyses. */
  readonly findings: readonly Finding[];
  /** Lines in the order of the console. */
  readonly output: readonly OutputSummary[];
  /** From the run's beginning to its end; while it goes on, to the latest event. Nanoseconds, as all durations here. */
  readonly durationNs: number;
}

interface ThreadSummary {
  readonly id: number;
  readonly name: string;
  readonly events: number;
  readonly runningNs: number;
  /** Time in which it could not go on: for a lock, a join, a message, room, a notification. Sleeping is not in it. */
  readonly blockedNs: number;
}

export interface ObjectSummary {
  readonly id: number;
  /** `mutex`, `condvar`, `atomic`, `cell` or `channel`. */
  readonly kind: string;
  readonly name: string;
  /** Those that went through or were refused. */
  readonly operations: number;
  /** How many operations had to wait. */
  readonly contended: number;
  /** How long, all threads together. */
  readonly waitedNs: number;
}

export interface MessageSummary {
  /** Id of the channel. */
  readonly channel: number;
  /** Id of the sending thread; null where the trace does not tell. */
  readonly from: number | null;
  /** Id of the receiving thread; null for messages that nobody received. */
  readonly to: number | null;
  readonly count: number;
}

interface OutputSummary {
  /** Id of the thread. */
  readonly thread: number;
  readonly text: string;
  /** Where it was printed; null where that is not known. */
  readonly file: string | null;
  readonly line: number | null;
}

/** `findings`: as `findingsOf` gives them. O(spans + messages). */
export function summaryOf(timeline: Timeline, findings: readonly Finding[]): Summary {
  const { trace } = timeline;
  return {
    ok: findings.every(({ severity }) => severity !== "error"),
    engine: trace.head?.engine ?? "native",
    threads: timeline.threads.map((thread) => threadSummary(timeline, thread)),
    objects: timeline.objects
      .filter(({ kind }) => kind !== "thread" && kind !== "console")
      .map((object) => objectSummary(timeline, object)),
    messages: timeline.channels.flatMap(({ id }) => messageSummaries(timeline, id)),
    events: trace.events.count,
    findings,
    output: [...trace.output]
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ thread, text, site }) => outputSummary(timeline, thread, text, site)),
    durationNs: trace.end?.durationNs ?? timeline.now,
  };
}

/** Nanoseconds of a thread in each `ThreadState`. */
export function timeInStates({ states }: ThreadTrack): Float64Array {
  const sums = new Float64Array(Object.keys(ThreadState).length);
  const { start, end, value, count } = states;
  for (let row = 0; row < count; row++) sums[value[row]] += end[row] - start[row];
  return sums;
}

function threadSummary({ trace }: Timeline, thread: ThreadTrack): ThreadSummary {
  const sums = timeInStates(thread);
  return {
    id: thread.id,
    name: trace.threadName(thread.id),
    events: thread.events.count,
    runningNs: sums[ThreadState.running],
    blockedNs: sums[ThreadState.blocked] + sums[ThreadState.waiting],
  };
}

function objectSummary(timeline: Timeline, object: ObjectTrack): ObjectSummary {
  let waitedNs = 0;
  const contended = object.waits.row.count;
  // Most of a great many objects were never waited for, and a view of each would be kept.
  if (contended > 0) {
    const { start, end } = timeline.waits(object.id);
    for (let row = 0; row < contended; row++) waitedNs += end[row] - start[row];
  }
  return {
    id: object.id,
    kind: object.kind ?? "object",
    name: timeline.nameOf(object.id),
    operations: object.operations,
    contended,
    waitedNs,
  };
}

function messageSummaries(timeline: Timeline, channel: ObjectTrack["id"]): MessageSummary[] {
  const { from, to, count } = timeline.messages(channel);
  const known = (thread: number): number | null => (thread < 0 ? null : thread);
  const byEnds = new Map<string, MessageSummary>();
  for (let row = 0; row < count; row++) {
    const key = `${from[row]} ${to[row]}`;
    const before = byEnds.get(key)?.count ?? 0;
    byEnds.set(key, { channel, from: known(from[row]), to: known(to[row]), count: before + 1 });
  }
  return [...byEnds.values()];
}

function outputSummary(
  { trace }: Timeline,
  thread: number,
  text: string,
  site: SiteId,
): OutputSummary {
  const place = trace.place(site);
  return { thread, text, file: place?.file ?? null, line: place?.line ?? null };
}
