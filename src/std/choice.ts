/**
 * `choose` and `random`: whoever schedules the run decides. Where nobody does, as on free threads, the thread's own random
 * numbers do, and the trace keeps what came of it.
 */
import { ThreadOperation } from "../objects/thread.ts";
import { counted } from "./count.ts";
import { engine } from "./intrinsics.ts";
import { ownObject } from "./thread.ts";

/** `random` is one of so many evenly spaced numbers. */
const RANDOM_NUMBERS = 2 ** 30;

function chosen(n: number): number {
  const otherwise = Math.floor(Math.random() * n);
  return engine.perform(ownObject(), ThreadOperation.CHOOSE, n, otherwise);
}

export function choose(n: number): number {
  return chosen(counted(n, "choose", 1));
}

export function random(): number {
  return chosen(RANDOM_NUMBERS) / RANDOM_NUMBERS;
}
