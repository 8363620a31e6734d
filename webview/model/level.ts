/**
 * What stands behind a synchroniser's or collection's records: a number that goes up and down (how many have arrived, are left to
 * come, are queued, wait, lie in it). Null for what has none, such as a plain value.
 *
 * A trace tells what was done, not what there was before: of a latch the beginning is inferred from its first step.
 */
import type { ObjectKindName } from "../../src/trace/event.ts";
import { EventKind } from "../../src/trace/event.ts";
import type { Marks } from "./marks.ts";
import { stepsOf, type Steps } from "./steps.ts";

/** What the number counts: its words. */
export const LEVEL_WORDS = {
  barrier: "arrived",
  latch: "left",
  waitgroup: "busy",
  pool: "queued",
  condvar: "waiting",
  notify: "waiting",
  map: "inside",
  queue: "inside",
  stack: "inside",
  counter: "sum",
} as const satisfies Partial<Record<ObjectKindName, string>>;
export type LevelWord = (typeof LEVEL_WORDS)[keyof typeof LEVEL_WORDS];

export const levelWord = (kind: ObjectKindName | undefined): LevelWord | undefined =>
  LEVEL_WORDS[kind as keyof typeof LEVEL_WORDS];

/** `marks`: the object's records, in order. O(n). Null where they tell no number, or one less than zero. */
export function levelOf(
  { kind, created }: { readonly kind: ObjectKindName | undefined; readonly created: number },
  marks: Marks,
): Steps | null {
  if (levelWord(kind) === undefined) return null;
  const { events, rows, count } = marks;
  const time = new Float64Array(count + 1);
  const value = new Int32Array(count + 1);
  const follow = new Follower();
  let made = 0;
  for (let index = 0; index < count; index++) {
    const row = rows[index];
    const before = follow.value;
    const first = follow.before(events.kind[row], events.argument[row]);
    follow.take(events.kind[row], events.argument[row]);
    if (follow.value < 0) return null;
    if (made === 0 && first !== undefined) {
      time[made] = Math.min(created, events.time[row]);
      value[made++] = first;
    } else if (follow.value === before) continue;
    time[made] = events.time[row];
    value[made++] = follow.value;
  }
  return made === 0 ? null : stepsOf(time, value, made);
}

class Follower {
  value = 0;
  /** Of a barrier: the last one that somebody has passed. */
  #generation = -1;

  /** What must have been before the first record, if that follows. */
  before(kind: number, argument: number): number | undefined {
    return kind === EventKind.countDown ? argument + 1 : undefined;
  }

  take(kind: number, argument: number): void {
    switch (kind) {
      case EventKind.barrierArrive:
      case EventKind.countDown:
      case EventKind.countUp:
      case EventKind.jobSubmit:
      case EventKind.jobTake:
        this.value = argument;
        return;
      case EventKind.barrierPass:
        // All of a generation pass it, and some may be back before the last of them has.
        if (argument > this.#generation) this.value = 0;
        this.#generation = Math.max(this.#generation, argument);
        return;
      case EventKind.conditionWait:
      case EventKind.insert:
        this.value++;
        return;
      case EventKind.conditionWoken:
      case EventKind.remove:
        this.value--;
        return;
      case EventKind.countAdd:
        this.value += argument;
        return;
    }
  }
}
