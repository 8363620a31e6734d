/**
 * Which moments of threads must come before which, by spawning and joining alone. Weaker than happens-before on purpose:
 * the order of lock operations in one run says nothing about the next run, that of spawn and join does.
 */
import { EventKind } from "../trace/event.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";

/** From this moment of a thread on, the other thread has begun, or the other thread's end has been waited for. */
interface Arrow {
  readonly time: number;
  readonly thread: number;
}

export class ForkJoinOrder {
  /** By parent: children it spawned. */
  readonly #spawns = new Map<number, Arrow[]>();
  /** By joined thread: who waited for its end, and when that was known. */
  readonly #joins = new Map<number, Arrow[]>();

  /** O(events). */
  constructor(timeline: Timeline) {
    const { kind, thread, argument, time, count } = timeline.trace.events;
    for (let row = 0; row < count; row++) {
      if (kind[row] === EventKind.spawn) {
        add(this.#spawns, thread[row], { time: time[row], thread: argument[row] });
      } else if (kind[row] === EventKind.join) {
        add(this.#joins, argument[row], { time: time[row], thread: thread[row] });
      }
    }
  }

  /** Whether `time` of thread `one` comes before `later` of thread `other` in every run. O(threads²) at worst. */
  before(one: number, time: number, other: number, later: number): boolean {
    /** The earliest moment of each thread that comes after. */
    const reached = new Map<number, number>([[one, time]]);
    const work = [one];
    for (let thread = work.pop(); thread !== undefined; thread = work.pop()) {
      const from = reached.get(thread) ?? Infinity;
      const spawned = (this.#spawns.get(thread) ?? []).filter((arrow) => arrow.time >= from);
      const next = [
        ...spawned.map((arrow) => ({ thread: arrow.thread, time: 0 })),
        ...(this.#joins.get(thread) ?? []),
      ];
      for (const arrow of next) {
        if (arrow.time >= (reached.get(arrow.thread) ?? Infinity)) continue;
        reached.set(arrow.thread, arrow.time);
        work.push(arrow.thread);
      }
    }
    return one !== other && (reached.get(other) ?? Infinity) <= later;
  }
}

function add(into: Map<number, Arrow[]>, key: number, arrow: Arrow): void {
  const list = into.get(key);
  if (list === undefined) into.set(key, [arrow]);
  else list.push(arrow);
}
