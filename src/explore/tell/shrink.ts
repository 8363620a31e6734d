/**
 * Makes a failing execution simpler: fewer switches from thread to thread, then fewer steps. Turns of one thread are brought
 * together, one pair after another, and whatever still fails in the same way is kept (after Zeller and Hildebrandt, "Simplifying
 * and Isolating Failure-Inducing Input", 2002, with a schedule's turns for the input).
 */
import type { Finding } from "../../trace/finding.ts";
import { livelockFinding, movesOf, switchesIn } from "../collector.ts";
import type { Execution } from "../execution.ts";
import type { Move } from "../step.ts";
import { Follow } from "../strategies/follow.ts";
import { turnsOf } from "./turns.ts";

/** How often an execution is made again at most. */
const MOST_TRIES = 400;

export interface Shrinking {
  /** Whether the execution that was made last fails in the same way. */
  readonly fails: (findings: readonly Finding[]) => boolean;
  /** Whether there is no time for more. */
  readonly isDue: () => boolean;
}

/** The simplest execution that was found to fail so; the given one, if none is simpler. */
export function shrink(
  execution: Execution,
  moves: readonly Move[],
  { fails, isDue }: Shrinking,
): readonly Move[] {
  let best = moves;
  let tries = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (let at = 0; at < turns(best).length && tries < MOST_TRIES && !isDue(); at++) {
      const tried = broughtTogether(turns(best), at);
      if (tried === undefined) continue;
      tries++;
      const result = execution.go(new Follow(tried));
      const findings = execution.spinsForEver ? [livelockFinding(execution)] : result?.findings;
      if (findings === undefined || !fails(findings)) continue;
      const made = movesOf(execution);
      if (!isSimpler(made, best)) continue;
      best = made;
      changed = true;
      at--;
    }
  }
  return best;
}

function isSimpler(one: readonly Move[], other: readonly Move[]): boolean {
  const [fewer, more] = [switchesIn(one), switchesIn(other)];
  return fewer < more || (fewer === more && one.length < other.length);
}

const turns = (moves: readonly Move[]): Move[][] => turnsOf(moves, ({ thread }) => thread);

/** With the next turn of the same thread right behind the one at `at`. */
function broughtTogether(all: readonly Move[][], at: number): Move[] | undefined {
  const [{ thread }] = all[at];
  const next = all.findIndex((turn, index) => index > at && turn[0].thread === thread);
  if (next < 0) return undefined;
  return [
    ...all.slice(0, at + 1),
    all[next],
    ...all.slice(at + 1, next),
    ...all.slice(next + 1),
  ].flat();
}
