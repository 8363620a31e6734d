/**
 * Which threads each line of the source started, how long they lived, and how much of that they waited: what
 * `thread-decorations.ts` writes beside `spawn` and beside `@thread` functions.
 */
import type { SiteId, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { ThreadState } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import type { LineThreads, StartedThread } from "./run-state.ts";

/** By file and line, in the order of the first thread of each. Linear in the records. */
export function lineThreads(timeline: Timeline): LineThreads[] {
  const { trace } = timeline;
  const { kind, argument, site, count } = trace.events;
  const orders = new Map(timeline.threads.map(({ id }, order) => [id as number, order]));
  const lines = new Map<string, { file: string; line: number; threads: StartedThread[] }>();
  for (let row = 0; row < count; row++) {
    if (kind[row] !== EventKind.spawn) continue;
    const place = trace.place(site[row] as SiteId);
    const thread = argument[row] as ThreadId;
    const order = orders.get(thread);
    // One that never came to record anything has nothing to tell.
    if (!place || order === undefined) continue;
    const key = `${place.line} ${place.file}`;
    const entry = lines.get(key) ?? { file: place.file, line: place.line, threads: [] };
    lines.set(key, entry);
    entry.threads.push(started(timeline, thread, order));
  }
  return [...lines.values()];
}

function started(timeline: Timeline, thread: ThreadId, order: number): StartedThread {
  const track = timeline.thread(thread)!;
  const { states } = track;
  let waited = 0;
  for (let row = 0; row < states.count; row++) {
    const state = states.value[row];
    if (state !== ThreadState.blocked && state !== ThreadState.waiting) continue;
    waited += states.end[row] - states.start[row];
  }
  const name = timeline.trace.threadName(thread);
  return { thread, order, name, lived: track.ended - track.began, waited };
}
