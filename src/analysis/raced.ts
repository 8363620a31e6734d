/**
 * Data races of a recorded run: its events are put into an order that respects each object's own, and given to the vector clocks
 * (`happens-before.ts`) and to the marks of each cell (`data-races.ts`) that exploring uses as well.
 */
import { EXPLORE_MESSAGES } from "../base/catalogue/explore.ts";
import { tell } from "../base/catalogue/message.ts";
import type { ObjectId, SiteId, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import type { Finding, Place } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { type Access, DataRaces } from "./data-races.ts";
import { HappensBefore } from "./happens-before.ts";
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

/** One finding for each pair of lines that race for a variable. O(events · threads), and sorting them. */
export function dataRaces(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  const { kind, thread, object, argument, site } = trace.events;
  const order = new HappensBefore();
  const races = new DataRaces(order);
  const found = new Map<string, Finding>();
  const accessOf = (access: Access): RaceAccess => ({
    thread: trace.threadName(access.thread as ThreadId),
    writes: access.writes,
    place: siteText(trace, access.site),
  });
  for (const row of inOrder(timeline)) {
    const event = {
      thread: thread[row],
      kind: kind[row] as EventKind,
      object: object[row],
      argument: argument[row],
      partner: kind[row] === EventKind.conditionWait ? argument[row] : 0,
    };
    order.take(event);
    const race = races.take(event, site[row]);
    if (race === undefined) continue;
    const accesses = [accessOf(race.first), accessOf(race.second)] as const;
    const key = [race.object, ...accesses.map(({ place }) => place).toSorted()].join(" ");
    if (found.has(key)) continue;
    const sites = [race.first, race.second].flatMap(
      ({ site }) => trace.place(site as SiteId) ?? [],
    );
    const threads = [race.first.thread, race.second.thread] as ThreadId[];
    found.set(
      key,
      raceFinding(timeline.nameOf(race.object as ObjectId), accesses, { sites, threads }),
    );
  }
  return [...found.values()];
}

/** Rows by time; stamps respect the order of each object's operations, and rows of one time stand as they were written. */
function inOrder({ trace }: Timeline): Uint32Array {
  const { time, count } = trace.events;
  return Uint32Array.from({ length: count }, (_, row) => row).sort(
    (one, other) => time[one] - time[other] || one - other,
  );
}
