/**
 * Which calls a check makes: a plan. Each part of it is a choice (`choose`), so that a plan is explored, recorded and replayed as
 * everything else is that may come out one way or another.
 */
import { ThreadOperation } from "../../objects/thread.ts";
import { engine } from "../intrinsics.ts";
import { ownObject } from "../thread.ts";
import type { Subject } from "./told.ts";

export const How = {
  /** By several threads. Where nobody explores, it is this. */
  CONCURRENTLY: 0,
  /** One after another, by main, on what serves as the model. */
  IN_TURN: 1,
  /** Not at all: another check of the same program has its turn. */
  NOT: 2,
  COUNT: 3,
} as const;

/** Calls by their numbers, from 1. */
interface Plan {
  readonly how: number;
  /** By main, before the threads begin; of a plan in turn, all calls. */
  readonly first: readonly number[];
  /** By each thread. */
  readonly lanes: readonly (readonly number[])[];
  /** By main, when the threads have ended. */
  readonly last: readonly number[];
}

/** So many calls at most are made before the threads begin, and after they have ended. */
const MOST_AROUND = 1;
/** So many in turn, however many there are in a plan. */
const MOST_IN_TURN = 1000;

/** Chooses a plan. Where nobody explores, every list is as long as it may be. */
export function decide({ calls, threads, operationsPerThread }: Subject): Plan {
  const how = decided(How.COUNT, How.CONCURRENTLY);
  if (how === How.NOT) return { how, first: [], lanes: [], last: [] };
  const first = listOf(calls.length, how === How.IN_TURN ? MOST_IN_TURN : MOST_AROUND);
  if (how === How.IN_TURN) return { how, first, lanes: [], last: [] };
  const lanes: number[][] = [];
  for (let lane = 0; lane < threads; lane++) lanes.push(listOf(calls.length, operationsPerThread));
  return { how, first, lanes, last: listOf(calls.length, MOST_AROUND) };
}

/** The choices that lead to a plan: what `decide` reads. */
export function choicesOf({ how, first, lanes, last }: Plan, subject: Subject): number[] {
  if (how === How.NOT) return [how];
  const written = (list: readonly number[], most: number): readonly number[] =>
    list.length < most ? [...list, 0] : list;
  if (how === How.IN_TURN) return [how, ...written(first, MOST_IN_TURN)];
  return [
    how,
    ...written(first, MOST_AROUND),
    ...lanes.flatMap((lane) => written(lane, subject.operationsPerThread)),
    ...written(last, MOST_AROUND),
  ];
}

/** Numbers of calls, ended by a 0 where there are fewer than there may be. */
function listOf(calls: number, most: number): number[] {
  const list: number[] = [];
  while (list.length < most) {
    const call = decided(calls + 1, 1 + Math.floor(Math.random() * calls));
    if (call === 0) break;
    list.push(call);
  }
  return list;
}

function decided(n: number, otherwise: number): number {
  return engine.perform(ownObject(), ThreadOperation.CHOOSE, n, otherwise);
}
