/**
 * Everything that was found in a run: by its engine while it ran, and by the analyses afterwards. The gravest first.
 */
import type { Finding } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { awaitsUnderLocks } from "./await-under-lock.ts";
import { contention } from "./contention.ts";
import { leakedGuards } from "./leaked-guard.ts";
import { lockOrder } from "./lock-order.ts";
import { lostWakeups } from "./lost-wakeup.ts";
import { neverClosed } from "./never-closed.ts";
import { nothingConcurrent } from "./nothing-concurrent.ts";
import { poisonedLocks } from "./poisoned-lock.ts";
import { sentToNobody } from "./send-to-nobody.ts";
import { dataRaces } from "./raced.ts";
import { starvation } from "./starvation.ts";
import { unguardedAccesses } from "./unguarded.ts";
import { byGravity } from "./verdict.ts";

/** An analysis is pure: the same trace gives the same findings. */
type Analysis = (timeline: Timeline) => Finding[];

const ANALYSES: readonly Analysis[] = [
  leakedGuards,
  lockOrder,
  lostWakeups,
  neverClosed,
  nothingConcurrent,
  poisonedLocks,
  starvation,
  sentToNobody,
  dataRaces,
  unguardedAccesses,
  contention,
  awaitsUnderLocks,
];

/** About as much time as reading the trace took. `timeline` has advanced to the trace's end. */
export function findingsOf(timeline: Timeline): Finding[] {
  const engine = timeline.trace.findings;
  const analysed = ANALYSES.flatMap((analyse) => analyse(timeline));
  return [
    ...engine,
    ...analysed.filter((finding) => !engine.some((said) => covers(said, finding))),
  ].sort(byGravity);
}

/** Whether what the engine said makes a finding needless: the same thing, or the deadlock that an order could cause. */
function covers(said: Finding, finding: Finding): boolean {
  const kind = finding.kind === "lock-order" ? "deadlock" : finding.kind;
  if (said.kind !== kind && said.kind !== finding.kind) return false;
  const about = said.objects;
  return about === undefined || (finding.objects ?? []).every((object) => about.includes(object));
}
