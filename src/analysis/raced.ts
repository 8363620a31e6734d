/**
 * Data races of a recorded run: its events in an order that respects each object's own (`event-order.ts`) are given to the vector
 * clocks (`trace/happens-before.ts`) and to the marks of each cell (`trace/data-races.ts`) that exploring uses as well. A race is told though
 * nothing came of it; one that another order of this program has, and this run had not, is exploring's to find.
 */
import { EXPLORE_MESSAGES } from "../base/catalogue/explore.ts";
import { tell } from "../base/catalogue/message.ts";
import type { ObjectId, SiteId, ThreadId } from "../base/brand.ts";
import { EventKind, type ObjectKindName } from "../trace/event.ts";
import type { Finding, Place } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import type { Trace } from "../trace/trace.ts";
import { type Access, DataRaces, type DataRace } from "../trace/data-races.ts";
import { inOrder } from "./event-order.ts";
import { type HappenedEvent, HappensBefore } from "../trace/happens-before.ts";
import { siteText } from "./words.ts";

/** Who accessed it, where. */
export interface RaceAccess {
  readonly thread: string;
  readonly writes: boolean;
  readonly place: string;
}

/** The finding of a race, whoever found it. */
export function raceFinding(
  variable: string,
  [first, second]: readonly [RaceAccess, RaceAccess],
  at: { readonly sites: readonly Place[]; readonly threads: readonly ThreadId[] },
): Finding {
  const did = ({ writes }: RaceAccess): string => (writes ? "writes" : "reads");
  return {
    kind: "race",
    severity: "error",
    ...at,
    ...tell(EXPLORE_MESSAGES.race, {
      variable: `\`${variable}\``,
      ...{ first: first.thread, firstDid: did(first), firstPlace: first.place },
      ...{ second: second.thread, secondDid: did(second), secondPlace: second.place },
    }),
  };
}

/**
 * One finding for each pair of lines that race, with the first variable for which they do: as they came in this run. O(events)
 * where no cell was accessed by two threads; else O(events · threads).
 */
export function dataRaces(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  const suspects = suspectCells(trace);
  if (suspects.size === 0) return [];
  const { time, kind, thread, object, argument, site } = trace.events;
  const order = new HappensBefore();
  const races = new DataRaces(order);
  const found = new Map<string, Finding>();
  const numbers = new ThreadNumbers();
  for (const row of inOrder(trace)) {
    const what = kind[row] as EventKind;
    const accesses = what === EventKind.read || what === EventKind.write;
    if (accesses && !suspects.has(object[row])) continue;
    const event: HappenedEvent = {
      thread: numbers.of(thread[row]),
      kind: what,
      object: object[row],
      argument: NAMES_THREAD.has(what) ? numbers.of(argument[row]) : argument[row],
      partner: what === EventKind.conditionWait ? argument[row] : 0,
      takesLast:
        what === EventKind.receive && isTakenOnce(timeline.kindOf(object[row] as ObjectId)),
    };
    order.take(event);
    const race = accesses ? races.take(event, site[row]) : undefined;
    if (race === undefined) continue;
    const key = [race.first.site, race.second.site]
      .map((at) => keyOf(trace, at))
      .toSorted()
      .join(" ");
    if (found.has(key)) continue;
    found.set(key, findingOf(timeline, race, numbers, time[row]));
  }
  return [...found.values()];
}

/** Where an access stands, as races are told apart: by lines. */
function keyOf(trace: Trace, site: number): string {
  const place = trace.place(site as SiteId);
  return place === undefined ? `${site}` : `${place.file}:${place.line}`;
}

function findingOf(
  timeline: Timeline,
  { object, first, second }: DataRace,
  numbers: ThreadNumbers,
  time: number,
): Finding {
  const { trace } = timeline;
  const accessOf = ({ thread, writes, site }: Access): RaceAccess => ({
    thread: trace.threadName(numbers.idOf(thread)),
    writes,
    place: siteText(trace, site),
  });
  const sites = [first, second].flatMap(({ site }) => trace.place(site as SiteId) ?? []);
  const threads = [second, first].map(({ thread }) => numbers.idOf(thread));
  const accesses = [accessOf(first), accessOf(second)] as const;
  const finding = raceFinding(timeline.nameOf(object as ObjectId), accesses, { sites, threads });
  return { ...finding, time, objects: [object] };
}

/** Cells that could have been raced for: two threads accessed them, one of them to write. O(events). */
function suspectCells({ events }: Trace): ReadonlySet<number> {
  const { kind, thread, object, count } = events;
  const firstThread = new Map<number, number>();
  const shared = new Set<number>();
  const written = new Set<number>();
  for (let row = 0; row < count; row++) {
    const what = kind[row];
    if (what !== EventKind.read && what !== EventKind.write) continue;
    const cell = object[row];
    const first = firstThread.get(cell);
    if (first === undefined) firstThread.set(cell, thread[row]);
    else if (first !== thread[row]) shared.add(cell);
    if (what === EventKind.write) written.add(cell);
  }
  return new Set([...shared].filter((cell) => written.has(cell)));
}

/** Their argument is a thread. */
const NAMES_THREAD: ReadonlySet<EventKind> = new Set([EventKind.spawn, EventKind.notifyOne]);

/** Messages of a broadcast or a watch are taken by many. */
const isTakenOnce = (kind: ObjectKindName | undefined): boolean =>
  kind === "channel" || kind === "oneshot";

/** Threads by the order in which they are met: clocks are as long as there are threads, whatever numbers these have. */
class ThreadNumbers {
  readonly #numbers = new Map<number, number>();
  readonly #ids: ThreadId[] = [];

  of(id: number): number {
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.#ids.push(id as ThreadId) - 1;
      this.#numbers.set(id, number);
    }
    return number;
  }

  idOf(number: number): ThreadId {
    return this.#ids[number];
  }
}
