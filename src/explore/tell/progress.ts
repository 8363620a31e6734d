/** How far exploring has come, in a line: `bound 2: 1,204 of about 5,000 executions, 3 outcomes, 812/s`. */
import { counted } from "../../analysis/words.ts";
import type { ExploreProgress, Phase } from "../../protocol/explore.ts";

export function progressText(at: ExploreProgress): string {
  const { phase, executions, outcomes, findings, elapsedMs, estimate } = at;
  const within = phase.executions.toLocaleString("en");
  const of =
    estimate === undefined || estimate < phase.executions
      ? counted(phase.executions, "execution")
      : `${within} of about ${counted(Math.round(estimate), "execution")}`;
  return [
    `${phaseName(phase)}: ${of}`,
    counted(outcomes, "outcome"),
    ...(findings > 0 ? [counted(findings, "finding")] : []),
    ...(elapsedMs > 0
      ? [`${Math.round((executions / elapsedMs) * 1000).toLocaleString("en")}/s`]
      : []),
  ].join(", ");
}

const NAMES: Readonly<Record<Phase["strategy"], string>> = {
  dpor: "every interleaving",
  bounded: "bounded",
  random: "random",
  pos: "partial orders at random",
  pct: "priorities at random",
};

/** `at most 2 preemptions`, `every interleaving, 1 spurious wake-up`. */
export function phaseName({ strategy, bound, spurious = 0 }: Phase): string {
  const name = bound === undefined ? NAMES[strategy] : `at most ${counted(bound, "preemption")}`;
  return spurious === 0 ? name : `${name}, ${counted(spurious, "spurious wake-up")}`;
}
