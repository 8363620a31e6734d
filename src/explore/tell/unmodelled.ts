/**
 * What exploring left out of what a program may do on real threads, each as a sentence. A pass is about the rest alone, so
 * nothing is said only where there was nothing to leave out.
 */
import { counted, listed } from "../../analysis/words.ts";
import type { ExploreOptions, Phase } from "../../protocol/explore.ts";
import { phaseName } from "./progress.ts";

/** `mayWake`: somebody came to wait where one may wake without a reason. */
export function unmodelledIn(
  phases: readonly Phase[],
  mayWake: boolean,
  { spurious: asked = 0 }: ExploreOptions,
): string[] {
  if (!mayWake) return [];
  const what = "Spurious wake-ups of `park` and `Condvar`";
  const tried = phases.filter(({ spurious = 0 }) => spurious > 0);
  const last = tried.at(-1);
  if (last?.spurious === undefined) {
    const though = asked > 0 ? `, though ${asked} may happen: \`dpor\` has none` : "";
    return [`${what} were not tried${though}.`];
  }
  const names = listed(
    tried.map((phase) => `${bare(phase)}${phase.complete ? "" : " (cut short)"}`),
  );
  const most = counted(last.spurious, "wake-up");
  return [`${what} were tried with at most ${most} an execution, and only within: ${names}.`];
}

const bare = ({ spurious: _, ...phase }: Phase): string => phaseName(phase);
