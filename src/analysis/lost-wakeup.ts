/**
 * Wake-ups that were lost: a thread waits on a condition for ever, and a notification came before it began to wait, when
 * nobody was there to hear it.
 */
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import { EventKind } from "../trace/event.ts";
import type { Finding } from "../trace/finding.ts";
import { ThreadState } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { link, warning } from "./found.ts";
import { placesOf, siteText } from "./words.ts";

/** O(events) for each thread that waits on a condition or an atomic when nothing moves any more. */
export function lostWakeups(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  if (trace.end?.ending.kind !== "stuck") return [];
  return timeline.threads.flatMap((thread) => {
    const { states } = thread;
    const last = states.count - 1;
    if (thread.outcome !== "running" || last < 0) return [];
    const state = states.value[last];
    if (state !== ThreadState.waiting && state !== ThreadState.blocked) return [];
    const object = states.object[last];
    const row = notifiedNobody(timeline, object, states.start[last]);
    if (row < 0) return [];
    const { site, thread: by } = trace.events;
    const name = trace.threadName(by[row] as never);
    return [
      warning(
        "lost-wakeup",
        FINDING_MESSAGES.lostWakeup,
        {
          thread: trace.threadName(thread.id),
          condition: timeline.nameOf(object as never),
          notifier: name,
          place: siteText(trace, site[row]),
        },
        {
          sites: placesOf(trace, [site[row], states.site[last]]),
          chain: [
            link(`${name} notifies, and nobody waits`, trace.place(site[row] as never), by[row]),
            link(
              `${trace.threadName(thread.id)} begins to wait, and nobody notifies any more`,
              trace.place(states.site[last] as never),
              thread.id,
            ),
          ],
          time: states.start[last],
          threads: [thread.id, by[row]],
          objects: [object],
        },
      ),
    ];
  });
}

/** The last notification of the object before `time` that woke nobody; -1 if there was none. */
function notifiedNobody({ trace }: Timeline, object: number, time: number): number {
  const { events } = trace;
  let found = -1;
  for (let row = 0; row < events.count; row++) {
    if (events.object[row] !== object || events.time[row] > time) continue;
    const argument = events.argument[row];
    const isVain =
      (events.kind[row] === EventKind.notifyOne && argument === -1) ||
      ((events.kind[row] === EventKind.notifyAll || events.kind[row] === EventKind.atomicNotify) &&
        argument === 0);
    if (isVain) found = row;
  }
  return found;
}
