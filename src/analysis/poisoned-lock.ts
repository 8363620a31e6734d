/** Locks that an exception poisoned, unless the poison was cleared before anybody met it: then the program dealt with it. */
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import { EventKind } from "../trace/event.ts";
import type { Finding } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { link, warning } from "./found.ts";
import { placesOf } from "./words.ts";

interface Poisoning {
  /** Row of the `unlock` that poisoned. */
  readonly by: number;
  /** Rows of the `lock`s that met it. */
  readonly met: number[];
  cleared: boolean;
}

export function poisonedLocks(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  const { events } = trace;
  const found: Finding[] = [];
  for (const [lock, rows] of relevantRows(timeline)) {
    for (const poisoning of poisonings(timeline, rows)) {
      if (poisoning.cleared && poisoning.met.length === 0) continue;
      const { by, met } = poisoning;
      const thread = events.thread[by];
      const taker = (row: number): string => trace.threadName(events.thread[row] as never);
      found.push(
        warning(
          "poisoned-lock",
          FINDING_MESSAGES.poisonedLock,
          { lock: timeline.nameOf(lock as never), thread: taker(by) },
          {
            sites: placesOf(
              trace,
              [by, ...met].map((row) => events.site[row]),
            ),
            chain: met.map((row) =>
              link(
                `${taker(row)} met the poison`,
                placesOf(trace, [events.site[row]])[0],
                events.thread[row],
              ),
            ),
            time: events.time[by],
            threads: [thread],
            objects: [lock],
          },
        ),
      );
    }
  }
  return found;
}

/** By lock, the records that are about poison, in order of version. O(events). */
function relevantRows(timeline: Timeline): Map<number, number[]> {
  const { kind, object, argument, version, count } = timeline.trace.events;
  const rows = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const what = kind[row];
    const poison = (what === EventKind.unlock || what === EventKind.lock) && argument[row] === 1;
    if (!poison && what !== EventKind.clearPoison) continue;
    const list = rows.get(object[row]);
    if (list === undefined) rows.set(object[row], [row]);
    else list.push(row);
  }
  for (const list of rows.values()) list.sort((a, b) => version[a] - version[b]);
  return rows;
}

function poisonings(timeline: Timeline, rows: readonly number[]): Poisoning[] {
  const { kind } = timeline.trace.events;
  const list: Poisoning[] = [];
  for (const row of rows) {
    const last = list.at(-1);
    if (kind[row] === EventKind.unlock) {
      if (last === undefined || last.cleared) list.push({ by: row, met: [], cleared: false });
    } else if (last !== undefined) {
      if (kind[row] === EventKind.lock) last.met.push(row);
      else last.cleared = true;
    }
  }
  return list;
}
