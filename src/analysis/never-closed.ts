/** Receivers that wait for ever because the channel never closes: somebody kept a sender that is used no more. */
import type { SiteId } from "../base/brand.ts";
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import { EventKind } from "../trace/event.ts";
import type { Finding } from "../trace/finding.ts";
import { ThreadState } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { link, warning } from "./found.ts";
import { waitsForMessage } from "./waiting.ts";
import { counted, placesOf } from "./words.ts";

export function neverClosed(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  if (trace.end?.ending.kind !== "stuck") return [];
  const found: Finding[] = [];
  // Those by which processes talk close when the process ends: nobody could drop a sender.
  const lines = new Set([...trace.processes.values()].flatMap(({ down, up }) => [down, up]));
  for (const thread of timeline.threads) {
    const { states } = thread;
    const last = states.count - 1;
    if (thread.outcome !== "running" || states.value[last] !== ThreadState.waiting) continue;
    const channel = timeline.object(states.object[last] as never);
    if (channel?.kind !== "channel" || channel.senders < 1 || lines.has(channel.id)) continue;
    if (!waitsForMessage(timeline, states, last)) continue;
    const senders = channel.senders;
    const made = trace.place(channel.site as SiteId);
    const clones = cloneSites(timeline, channel.id);
    found.push(
      warning(
        "never-closed",
        FINDING_MESSAGES.neverClosed,
        {
          thread: trace.threadName(thread.id),
          channel: timeline.nameOf(channel.id),
          senders: `${counted(senders, "sender")} ${senders === 1 ? "was" : "were"}`,
        },
        {
          sites: placesOf(trace, [states.site[last], channel.site, ...clones]),
          chain: [
            link("the first sender was made", made, channel.maker < 0 ? undefined : channel.maker),
            ...placesOf(trace, clones).map((place) => link("it was cloned", place)),
          ],
          time: states.start[last],
          threads: [thread.id],
          objects: [channel.id],
        },
      ),
    );
  }
  return found;
}

/** Where senders of the channel were cloned. O(events); only asked for a channel that is to blame. */
function cloneSites(timeline: Timeline, channel: number): number[] {
  const { kind, object, site, count } = timeline.trace.events;
  const sites = new Set<number>();
  for (let row = 0; row < count; row++) {
    if (kind[row] === EventKind.cloneSender && object[row] === channel) sites.add(site[row]);
  }
  return [...sites];
}
