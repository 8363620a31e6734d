/**
 * Contention hot spots: locks whose waited time matters, with the lines where threads waited and the lines from which they
 * were held meanwhile. The second list is what can be improved, and comes from laying waits over holdings.
 */
import { formatDuration } from "../base/duration.ts";
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import type { Finding } from "../trace/finding.ts";
import { firstEndingAfter, type Spans } from "../trace/timeline/spans.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import type { ObjectTrack } from "../trace/timeline/object-track.ts";
import { link, warning } from "./found.ts";
import { percent, placesOf, siteText } from "./words.ts";

/** A lock is worth a warning from this share of the run's time on, and from so many acquisitions that waited. */
const LEAST_SHARE = 0.05;
const LEAST_WAITS = 3;
const MOST_LINES = 3;

/** Nanoseconds by site, the most first. */
type BySite = readonly (readonly [site: number, time: number])[];

interface LockCost {
  /** Acquisitions, and how many of them had to wait; those that still wait count. */
  readonly acquisitions: number;
  readonly contended: number;
  /** Of all threads together. */
  readonly waitedNs: number;
  /** Where they waited. */
  readonly waiting: BySite;
  /** From where the lock was held meanwhile. */
  readonly holding: BySite;
}

/** O(waits + holdings that they overlap). */
function lockCost(timeline: Timeline, lock: ObjectTrack): LockCost {
  const waits = timeline.waits(lock.id);
  const held = timeline.held(lock.id);
  const waiting = new Map<number, number>();
  const holding = new Map<number, number>();
  let waitedNs = 0;
  for (let row = 0; row < waits.count; row++) {
    const start = waits.start[row];
    const end = waits.end[row];
    waitedNs += end - start;
    add(waiting, waits.site[row], end - start);
    addHoldings(holding, held, start, end);
  }
  let unserved = 0;
  for (let row = 0; row < waits.count; row++) if (waits.end[row] >= timeline.now) unserved++;
  return {
    acquisitions: held.count + unserved,
    contended: waits.count,
    waitedNs,
    waiting: most(waiting),
    holding: most(holding),
  };
}

function addHoldings(into: Map<number, number>, held: Spans, start: number, end: number): void {
  for (let row = firstEndingAfter(held, start); row < held.count; row++) {
    const from = Math.max(start, held.start[row]);
    const to = Math.min(end, held.end[row]);
    if (to <= from) break;
    add(into, held.site[row], to - from);
  }
}

export function contention(timeline: Timeline): Finding[] {
  const { trace, now } = timeline;
  const found: Finding[] = [];
  for (const lock of timeline.locks) {
    const cost = lockCost(timeline, lock);
    if (cost.contended < LEAST_WAITS || cost.waitedNs <= now * LEAST_SHARE) continue;
    const name = timeline.nameOf(lock.id);
    const chain = [
      ...cost.waiting
        .slice(0, MOST_LINES)
        .map(([site, time]) =>
          link(
            `waited ${formatDuration(time, trace.clock)} for ${name}`,
            placesOf(trace, [site])[0],
          ),
        ),
      ...cost.holding
        .slice(0, MOST_LINES)
        .map(([site, time]) =>
          link(
            `held meanwhile for ${formatDuration(time, trace.clock)}, taken here`,
            placesOf(trace, [site])[0],
          ),
        ),
    ];
    found.push(
      warning(
        "contention",
        FINDING_MESSAGES.contention,
        {
          lock: name,
          contended: cost.contended,
          acquisitions: cost.acquisitions,
          waited: formatDuration(cost.waitedNs, trace.clock),
          share: percent(cost.waitedNs, now),
          place: siteText(trace, cost.waiting[0]?.[0] ?? 0),
        },
        {
          sites: placesOf(
            trace,
            [...cost.waiting, ...cost.holding].map(([site]) => site),
          ),
          chain,
          objects: [lock.id],
        },
      ),
    );
  }
  return found;
}

function add(sums: Map<number, number>, key: number, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function most(sums: Map<number, number>): BySite {
  return [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}
