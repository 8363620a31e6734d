/**
 * `choose` and `random`: whoever schedules the run decides. Where nobody does, as on free threads, the thread's own random
 * numbers do, and the trace keeps what came of it.
 */
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { ThreadOperation } from "../objects/thread.ts";
import { text } from "./errors.ts";
import { engine } from "./intrinsics.ts";
import { ownObject } from "./thread.ts";

const MOST = 2 ** 31 - 1;
/** `random` is one of so many evenly spaced numbers. */
const RANDOM_NUMBERS = 2 ** 30;

function chosen(n: number): number {
  const otherwise = Math.floor(Math.random() * n);
  return engine.perform(ownObject(), ThreadOperation.CHOOSE, n, otherwise);
}

export function choose(n: number): number {
  if (Number.isInteger(n) && n >= 1 && n <= MOST) return chosen(n);
  const told = { operation: "choose", value: String(n), least: 1, most: MOST };
  throw new RangeError(text(RUNTIME_MESSAGES.badCount, told));
}

export function random(): number {
  return chosen(RANDOM_NUMBERS) / RANDOM_NUMBERS;
}
