/**
 * Lock-order inversion: locks that different threads take in different orders, so that another timing deadlocks.
 *
 * Goodlock (Havelund, "Using Runtime Analysis to Guide Model Checking of Java Programs", 2000): an edge A → B where a
 * thread took B while it held A; a cycle is a deadlock that could be, unless one thread made two of its edges, a third
 * lock was held at two of them (a gate), or spawning and joining put one of them before another. Where we differ: a lock
 * that was only tried is told by its source text alone, since the trace does not tell; and the search gives up on a
 * tangle of locks after a fixed number of steps, as the number of cycles has no useful bound.
 */
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import type { SiteId } from "../base/brand.ts";
import type { Finding } from "../trace/finding.ts";
import type { ThreadTrack } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { ForkJoinOrder } from "./fork-join-order.ts";
import { link, warning } from "./found.ts";
import { listed, placesOf, siteText } from "./words.ts";

/** A thread took `to` while it held `from`. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly thread: number;
  readonly time: number;
  readonly fromSite: number;
  readonly toSite: number;
  /** What else it held. */
  readonly gates: readonly number[];
}

const LONGEST_CYCLE = 4;
const MOST_STEPS = 20_000;
const MOST_FINDINGS = 20;

export function lockOrder(timeline: Timeline): Finding[] {
  const edges = timeline.threads.flatMap((thread) => edgesOf(timeline, thread));
  const byLock = new Map<number, Edge[]>();
  for (const edge of edges) {
    const list = byLock.get(edge.from);
    if (list === undefined) byLock.set(edge.from, [edge]);
    else list.push(edge);
  }
  const order = new ForkJoinOrder(timeline);
  const found = new Map<string, Finding>();
  let steps = 0;

  /** Cycles whose smallest lock is the first edge's: each cycle is met once. */
  const search = (path: readonly Edge[]): void => {
    const last = path.at(-1)!;
    for (const next of byLock.get(last.to) ?? []) {
      if (++steps > MOST_STEPS || found.size >= MOST_FINDINGS) return;
      const first = path[0];
      if (next.to < first.from || !path.every((edge) => independent(edge, next, order))) continue;
      if (next.to === first.from) {
        const cycle = [...path, next];
        const locks = cycle.map(({ from }) => from);
        const key = [...locks].sort((a, b) => a - b).join();
        if (!found.has(key)) found.set(key, told(timeline, cycle));
      } else if (path.length + 1 < LONGEST_CYCLE && path.every(({ from }) => from !== next.to)) {
        search([...path, next]);
      }
    }
  };
  for (const edge of edges) if (edge.to > edge.from) search([edge]);
  return [...found.values()];
}

/** Edges of one thread, one for each pair of places. O(holdings × nesting). */
function edgesOf(timeline: Timeline, thread: ThreadTrack): Edge[] {
  const { start, end, object, site, count } = thread.holdings;
  const edges = new Map<string, Edge>();
  let open: number[] = [];
  for (let row = 0; row < count; row++) {
    const time = start[row];
    open = open.filter((held) => end[held] > time);
    if (open.length > 0 && !onlyTried(timeline, site[row])) {
      for (const held of open) {
        const key = `${object[held]} ${object[row]} ${site[held]} ${site[row]}`;
        if (edges.has(key)) continue;
        edges.set(key, {
          from: object[held],
          to: object[row],
          thread: thread.id,
          time,
          fromSite: site[held],
          toSite: site[row],
          gates: open.filter((other) => other !== held).map((other) => object[other]),
        });
      }
    }
    open.push(row);
  }
  return [...edges.values()];
}

/** `tryLock` and `lockFor` do not wait for ever, and so close no cycle. */
function onlyTried(timeline: Timeline, site: number): boolean {
  return /\.(tryLock|lockFor)\s*\(/.test(timeline.trace.site(site as SiteId)?.text ?? "");
}

function independent(one: Edge, other: Edge, order: ForkJoinOrder): boolean {
  return (
    one.thread !== other.thread &&
    !one.gates.some((gate) => other.gates.includes(gate)) &&
    !order.before(one.thread, one.time, other.thread, other.time) &&
    !order.before(other.thread, other.time, one.thread, one.time)
  );
}

function told(timeline: Timeline, cycle: readonly Edge[]): Finding {
  const { trace } = timeline;
  const name = (lock: number): string => timeline.nameOf(lock as never);
  return warning(
    "lock-order",
    FINDING_MESSAGES.lockOrder,
    { locks: listed(cycle.map(({ from }) => name(from))) },
    {
      sites: placesOf(
        trace,
        cycle.map(({ toSite }) => toSite),
      ),
      chain: cycle.map(({ thread, from, to, fromSite, toSite }) =>
        link(
          `${trace.threadName(thread as never)} held ${name(from)}, taken at ${siteText(trace, fromSite)}, and took ${name(to)}`,
          placesOf(trace, [toSite])[0],
          thread,
        ),
      ),
      time: Math.max(...cycle.map(({ time }) => time)),
      threads: cycle.map(({ thread }) => thread),
      objects: cycle.map(({ from }) => from),
    },
  );
}
