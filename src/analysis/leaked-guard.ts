/** Threads that ended while they held a lock. */
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import type { Finding } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { warning } from "./found.ts";
import { placesOf } from "./words.ts";

export function leakedGuards(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  return timeline.threads
    .filter((thread) => thread.outcome !== "running")
    .flatMap((thread) =>
      thread.openHoldings.map((row) => {
        const lock = thread.holdings.object[row];
        return warning(
          "leaked-guard",
          FINDING_MESSAGES.leakedGuard,
          { thread: trace.threadName(thread.id), lock: timeline.nameOf(lock as never) },
          {
            sites: placesOf(trace, [thread.holdings.site[row]]),
            time: thread.ended,
            threads: [thread.id],
            objects: [lock],
          },
        );
      }),
    );
}
