/** Who waits for whom at a moment: the wait-for graph, and where its nodes lie when it is drawn. */
import type { ObjectId } from "../../src/base/brand.ts";
import { spanAt } from "../../src/trace/timeline/spans.ts";
import { isLock } from "../../src/trace/timeline/timeline.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import type { Picture } from "./picture.ts";

export interface WaitEdge {
  readonly from: number;
  /** The thread that it is up to; -1 where that is nobody in particular (a message, a notification). */
  readonly to: number;
  readonly object: number;
  /** Whether it goes round: a cycle never ends by itself. */
  readonly cycle: boolean;
}

/** O(threads × log spans). */
export function waitsAt(picture: Picture, time: number): readonly WaitEdge[] {
  const { timeline } = picture;
  const edges: { from: number; to: number; object: number }[] = [];
  for (const { id, track } of picture.threads) {
    const at = spanAt(track.states, time);
    if (at < 0) continue;
    const { value, object, other } = track.states;
    if (value[at] !== ThreadState.blocked && value[at] !== ThreadState.waiting) continue;
    if (object[at] <= 0) continue;
    const kind = timeline.object(object[at] as ObjectId)?.kind;
    edges.push({
      from: id,
      to: isLock(kind) ? holderAt(picture, object[at], time, other[at]) : other[at],
      object: object[at],
    });
  }
  const next = new Map(edges.map(({ from, to }) => [from, to]));
  return edges.map((edge) => ({ ...edge, cycle: comesBack(next, edge.from) }));
}

/** While a thread waits, the lock may pass through several hands: whose it is at this moment. */
function holderAt(picture: Picture, lock: number, time: number, first: number): number {
  const held = picture.timeline.held(lock as ObjectId);
  const at = spanAt(held, time);
  return at < 0 ? first : held.value[at];
}

function comesBack(next: ReadonlyMap<number, number>, from: number): boolean {
  const seen = new Set<number>();
  for (let at = next.get(from); at !== undefined && at >= 0 && !seen.has(at); at = next.get(at)) {
    if (at === from) return true;
    seen.add(at);
  }
  return false;
}

export interface WaitNode {
  /** A thread, or -1 - the object that is waited for where there is no thread to name. */
  readonly id: number;
  readonly column: number;
  readonly row: number;
}

/**
 * Nodes in columns: who waits stands left of whom it waits for, so that arrows point right; only a cycle has one that
 * points back. A cycle's nodes lie in the first row, what leads into it left of them.
 */
export function placeNodes(edges: readonly WaitEdge[]): readonly WaitNode[] {
  const target = ({ to, object }: WaitEdge): number => (to >= 0 ? to : -1 - object);
  const next = new Map(edges.map((edge) => [edge.from, target(edge)]));
  const ids = [...new Set(edges.flatMap((edge) => [edge.from, target(edge)]))];
  const cycles = cyclesOf(edges, next);
  /** How many steps it is to a cycle, or to whoever waits for nobody. */
  const distance = (id: number): number => {
    const to = cycles.has(id) ? undefined : next.get(id);
    return to === undefined ? 0 : 1 + distance(to);
  };
  const furthest = Math.max(0, ...ids.map(distance));
  const rows = new Map<number, number>();
  const ordered = [...cycles.keys(), ...ids.filter((id) => !cycles.has(id))];
  return ordered.map((id) => {
    const column = furthest - distance(id) + (cycles.get(id) ?? 0);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    return { id, column, row };
  });
}

/** Each thread of a cycle with its place in it, going round from one that was found first. */
function cyclesOf(
  edges: readonly WaitEdge[],
  next: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const { from, cycle } of edges) {
    if (!cycle) continue;
    for (let at = from; !places.has(at); at = next.get(at)!) places.set(at, places.size);
  }
  return places;
}
