/**
 * Who waits for whom now, as a graph that can be drawn: one edge from each thread that waits. One that waits for several is
 * drawn waiting for the one through whom it waits for itself, if there is one; the words beside the picture name all.
 */
import type { StepState } from "../../../src/protocol/step.ts";
import type { WaitEdge } from "../../model/waits.ts";

export interface NowWaits {
  readonly edges: readonly WaitEdge[];
  /** Names of what is waited for, by `WaitEdge.object`. */
  readonly objects: readonly string[];
  /** Threads that wait for each other in a ring, each for the next one; empty if there is none. */
  readonly ring: readonly number[];
}

export function waitsNow({ waits }: Pick<StepState, "waits">): NowWaits {
  const objects = [...new Set(waits.map(({ object }) => object))];
  const numbers = new Map(objects.map((name, index) => [name, index]));
  const from = new Map<number, StepState["waits"][number][]>();
  for (const wait of waits) {
    const known = from.get(wait.from);
    if (known) known.push(wait);
    else from.set(wait.from, [wait]);
  }
  const reach = reachOf(from);
  const chosen = [...from.values()].map(
    (edges) => edges.find((edge) => reach(edge.to).has(edge.from)) ?? edges[0],
  );
  const next = new Map<number, number>(chosen.map(({ from, to }) => [from, to]));
  const edges = chosen.map((edge) => ({
    from: edge.from,
    to: edge.to,
    object: numbers.get(edge.object)!,
    cycle: ringFrom(next, edge.from).length > 0,
  }));
  const inRing = edges.find(({ cycle }) => cycle);
  return { edges, objects, ring: inRing ? ringFrom(next, inRing.from) : [] };
}

/** Whom somebody waits for, directly or through others. Each is worked out once; O(threads × edges) at worst. */
function reachOf(
  from: ReadonlyMap<number, readonly { readonly to: number }[]>,
): (thread: number) => ReadonlySet<number> {
  const known = new Map<number, ReadonlySet<number>>();
  return (thread) => {
    const found = known.get(thread);
    if (found) return found;
    const reached = new Set<number>();
    const left = [thread];
    for (let at = left.pop(); at !== undefined; at = left.pop()) {
      for (const { to } of from.get(at) ?? []) {
        if (reached.has(to)) continue;
        reached.add(to);
        left.push(to);
      }
    }
    known.set(thread, reached);
    return reached;
  };
}

/** The ring that a thread stands in, beginning with it. */
function ringFrom(next: ReadonlyMap<number, number>, first: number): readonly number[] {
  const seen = new Set([first]);
  for (let at = next.get(first); at !== undefined; at = next.get(at)) {
    if (at === first) return [...seen];
    if (seen.has(at)) return [];
    seen.add(at);
  }
  return [];
}
