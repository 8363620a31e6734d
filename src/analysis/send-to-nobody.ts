/** Messages that still stood in their channel when the program had ended. */
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import type { Finding } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { warning } from "./found.ts";
import { counted, placesOf } from "./words.ts";

export function sentToNobody(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  // A run that was cut short leaves messages behind that would have been received.
  if (trace.end?.ending.kind !== "finished") return [];
  const found: Finding[] = [];
  for (const channel of timeline.channels) {
    // Of a watch only the newest value is there to be received at all.
    if (channel.kind === "watch") continue;
    const messages = timeline.messages(channel.id);
    const sites = new Set<number>();
    const senders = new Set<number>();
    let count = 0;
    for (let row = 0; row < messages.count; row++) {
      if (messages.received[row] !== Infinity) continue;
      count++;
      sites.add(trace.events.site[messages.sentEvent[row]]);
      senders.add(messages.from[row]);
    }
    if (count === 0) continue;
    found.push(
      warning(
        "send-to-nobody",
        FINDING_MESSAGES.sendToNobody,
        {
          count: counted(count, "message"),
          channel: timeline.nameOf(channel.id),
          were: count === 1 ? "was" : "were",
        },
        { sites: placesOf(trace, sites), threads: [...senders], objects: [channel.id] },
      ),
    );
  }
  return found;
}
