/**
 * The execution most like a failing one that does not fail: one pair of steps that depend on each other, made the other way
 * round. The latest such pair that decides is taken, so that both executions have the most in common.
 */
import { placeText } from "../../analysis/words.ts";
import type { NearestPass } from "../../protocol/explore.ts";
import { movesOf } from "../collector.ts";
import { type Race, racesOf } from "../dpor/races.ts";
import type { Execution } from "../execution.ts";
import type { Order } from "../order.ts";
import type { Move } from "../step.ts";
import { Follow } from "../strategies/follow.ts";
import { type Deed, retell } from "./retold.ts";

/** How many pairs are tried at most. */
const MOST_TRIES = 200;

export interface NearestParts {
  readonly execution: Execution;
  readonly order: Order;
  /** Of the failing execution: its moves, and its steps in words. */
  readonly moves: readonly Move[];
  readonly deeds: readonly Deed[];
  /** Whether there is no time for more. */
  readonly isDue: () => boolean;
}

export function nearestPass(parts: NearestParts): NearestPass | undefined {
  const { execution, order, moves, deeds, isDue } = parts;
  execution.go(new Follow(moves));
  order.read(execution.steps, execution.threads);
  const races: Race[] = [];
  racesOf(execution, order, (race) => races.push(race));
  races.sort((one, other) => other.at - one.at);
  for (const race of races.slice(0, MOST_TRIES)) {
    if (isDue()) return undefined;
    const tried = [...moves.slice(0, race.at), ...race.sequence];
    const result = execution.go(new Follow(tried));
    const passes = result !== undefined && !result.findings.some(isError);
    if (!passes) continue;
    const passing = movesOf(execution);
    const other = retell(execution, passing);
    return { schedule: other.schedule, ...swapOf(race, deeds, other.deeds) };
  }
  return undefined;
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === "error";
}

/** What comes first in the one, and what in the other. */
function swapOf(
  { at, sequence }: Race,
  failing: readonly Deed[],
  passing: readonly Deed[],
): Pick<NearestPass, "swap" | "sites"> {
  const first = failing[at];
  const second = passing[at + sequence.length - 1];
  const told = (deed: Deed | undefined): string => {
    if (deed === undefined) return "the other step";
    const where = deed.place === undefined ? "" : ` (${placeText(deed.place)})`;
    return `${deed.thread} ${deed.text}${where}`;
  };
  const sites = [first?.place, second?.place].filter((place) => place !== undefined);
  return { swap: `It does not fail where ${told(second)} before ${told(first)}.`, sites };
}
