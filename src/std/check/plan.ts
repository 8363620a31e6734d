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

/** One of `n`; `otherwise`: where nobody decides. */
type Choose = (n: number, otherwise: number) => number;

/** Chooses a plan. Where nobody explores, every list is as long as it may be. */
export function decide(subject: Subject): Plan {
  return planBy(subject, decided);
}

/** The plan that choices lead to. */
export function planBy({ calls, threads, operationsPerThread }: Subject, choose: Choose): Plan {
  const how = choose(How.COUNT, How.CONCURRENTLY);
  if (how === How.NOT) return { how, first: [], lanes: [], last: [] };
  const most = how === How.IN_TURN ? MOST_IN_TURN : MOST_AROUND;
  const first = listOf(calls.length, most, choose);
  if (how === How.IN_TURN) return { how, first, lanes: [], last: [] };
  const lanes: number[][] = [];
  for (let lane = 0; lane < threads; lane++) {
    lanes.push(listOf(calls.length, operationsPerThread, choose));
  }
  return { how, first, lanes, last: listOf(calls.length, MOST_AROUND, choose) };
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
function listOf(calls: number, most: number, choose: Choose): number[] {
  const list: number[] = [];
  while (list.length < most) {
    const call = choose(calls + 1, 1 + Math.floor(Math.random() * calls));
    if (call === 0) break;
    list.push(call);
  }
  return list;
}

function decided(n: number, otherwise: number): number {
  return engine.perform(ownObject(), ThreadOperation.CHOOSE, n, otherwise);
}
