/**
 * A run in which no two threads ever met: never ran at the same time, never used a common object. Its result says
 * nothing about the program's concurrency, and a person should know.
 */
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import type { ObjectKindName } from "../trace/event.ts";
import type { Finding } from "../trace/finding.ts";
import { ThreadState } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { warning } from "./found.ts";

/** Joining is how one thread waits for the other, the console is everybody's, and of a thread-local each has its own. */
const NO_MEETING: ReadonlySet<ObjectKindName> = new Set(["thread", "console", "threadlocal"]);

export function nothingConcurrent(timeline: Timeline): Finding[] {
  // While the run goes on, or was cut short, the threads may still be about to meet.
  const ending = timeline.trace.end?.ending.kind;
  if (ending !== "finished" && ending !== "exited") return [];
  const { threads } = timeline;
  const together = timeline.objects.some(
    ({ shared, kind }) => shared && (kind === undefined || !NO_MEETING.has(kind)),
  );
  if (together) return [];
  const { value } = timeline.threadsIn(ThreadState.running);
  if (value.some((running) => running > 1)) return [];
  // Who waited for a core wanted to run while somebody else did: on one core that is as concurrent as it gets.
  if (timeline.threadsIn(ThreadState.runnable).count > 0) return [];
  const reason =
    threads.length < 2
      ? "it had one thread only"
      : `its ${threads.length} threads ran one after the other and used nothing in common`;
  return [
    warning("nothing-concurrent", FINDING_MESSAGES.nothingConcurrent, { reason }, { sites: [] }),
  ];
}
