/** Accesses of `@guardedBy` variables without their lock, in a recorded run. One finding for each line and variable. */
import type { ObjectId, SiteId, ThreadId } from "../base/brand.ts";
import { EXPLORE_MESSAGES } from "../base/catalogue/explore.ts";
import { tell } from "../base/catalogue/message.ts";
import { EventKind } from "../trace/event.ts";
import type { Finding, Place } from "../trace/finding.ts";
import { Guards, HeldLocks } from "../trace/guards.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import type { Trace } from "../trace/trace.ts";
import { siteText } from "./words.ts";

/** The finding, whoever found it. */
export function unguardedFinding(
  told: {
    readonly thread: string;
    readonly writes: boolean;
    readonly variable: string;
    readonly place: string;
    readonly lock: string;
  },
  at: { readonly sites: readonly Place[]; readonly threads: readonly ThreadId[] },
): Finding {
  const { thread, writes, variable, place, lock } = told;
  return {
    kind: "race",
    severity: "error",
    ...at,
    ...tell(EXPLORE_MESSAGES.unguarded, {
      ...{ thread, did: writes ? "writes" : "reads", place },
      ...{ variable: `\`${variable}\``, lock: `\`${lock}\`` },
    }),
  };
}

/** O(events). */
export function unguardedAccesses(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  const guards = new Guards(trace.sites);
  if (guards.isEmpty) return [];
  const { time, kind, thread, object, argument, site, count } = trace.events;
  const made = placesOfObjects(trace, guards);
  const held = new HeldLocks();
  const found = new Map<string, Finding>();
  for (let row = 0; row < count; row++) {
    const what = kind[row] as EventKind;
    const partner = what === EventKind.conditionWait ? argument[row] : 0;
    held.take({
      ...{ thread: thread[row], kind: what, object: object[row] },
      ...{ argument: argument[row], partner },
    });
    if (what !== EventKind.read && what !== EventKind.write) continue;
    const lock = made.locks.get(object[row]) ?? 0;
    const writes = what === EventKind.write;
    const isLock = (one: number): boolean => made.sites.get(one) === lock;
    if (lock === 0 || held.holds(thread[row], isLock, writes)) continue;
    const key = `${object[row]} ${site[row]}`;
    if (found.has(key)) continue;
    const place = trace.place(site[row] as SiteId);
    const id = thread[row] as ThreadId;
    const finding = unguardedFinding(
      {
        ...{ thread: trace.threadName(id), writes, place: siteText(trace, site[row]) },
        variable: timeline.nameOf(object[row] as ObjectId),
        lock: trace.site(lock as SiteId)?.name ?? "its lock",
      },
      { sites: place === undefined ? [] : [place], threads: [id] },
    );
    found.set(key, { ...finding, time: time[row], objects: [object[row]] });
  }
  return [...found.values()];
}

/** By object: where it was made, and where the lock that guards it was. */
function placesOfObjects(trace: Trace, guards: Guards) {
  const { kind, object, version, site, count } = trace.events;
  const sites = new Map<number, number>();
  const locks = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    if (kind[row] !== EventKind.create) continue;
    sites.set(object[row], site[row]);
    const named = version[row] === 0 ? undefined : trace.strings.get(version[row] - 1);
    const lock = guards.lockOf(site[row], named);
    if (lock !== 0) locks.set(object[row], lock);
  }
  return { sites, locks };
}
