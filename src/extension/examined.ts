/** What there is to say of a recording that was read: findings, the sentence, words for lines. Pure, and not quick for a long one. */
import { findingsOf } from "../analysis/findings.ts";
import { plainText } from "../analysis/sentence.ts";
import { headlineOf } from "../analysis/story.ts";
import type { Clock } from "../base/duration.ts";
import { Timeline } from "../trace/timeline/timeline.ts";
import type { Trace } from "../trace/trace.ts";
import { lineThreads } from "./line-threads.ts";
import { lineWaits } from "./line-waits.ts";
import type { Report } from "./run-state.ts";

export interface Examined {
  readonly report: Report;
  /** The person's files that the recording speaks of. */
  readonly files: readonly string[];
  readonly events: number;
  readonly threads: number;
  readonly clock: Clock;
}

export function timelineOf(trace: Trace): Timeline {
  const timeline = new Timeline(trace);
  timeline.advance();
  return timeline;
}

export function examine(trace: Trace): Examined {
  const timeline = timelineOf(trace);
  const findings = findingsOf(timeline);
  return {
    report: {
      findings,
      sentence: plainText(headlineOf(timeline, findings)),
      waits: lineWaits(timeline),
      threads: lineThreads(timeline),
    },
    files: [...new Set(trace.sites.flatMap((site) => (site ? [site.file] : [])))],
    events: trace.events.count,
    threads: trace.threads.size,
    clock: trace.clock,
  };
}
