/** What is told of the tree: how each moment came about, how runs ended, and where two ways part. */
import type { ThreadId } from "../../base/brand.ts";
import type { Comparison, Happened, MomentId, Outcome, TreeRow } from "../../protocol/step.ts";
import type { MomentTree } from "./tree.ts";

const LOOK_BACK = 10_000;

export class Paths {
  readonly #tree: MomentTree;
  readonly #happened: (Happened | undefined)[] = [];
  readonly #outcomes = new Map<MomentId, Outcome>();

  constructor(tree: MomentTree) {
    this.#tree = tree;
  }

  /** This led to the moment; told once for each. */
  enter(moment: MomentId, happened: Happened): void {
    this.#happened[moment] ??= happened;
  }

  ended(moment: MomentId, outcome: Outcome): void {
    this.#outcomes.set(moment, outcome);
  }

  outcome(moment: MomentId): Outcome | undefined {
    return this.#outcomes.get(moment);
  }

  by(moment: MomentId): Happened | undefined {
    return this.#happened[moment];
  }

  /** What each thread did last on the way to a moment, of those that did something not too long ago. */
  lastBy(to: MomentId): Map<ThreadId, Happened> {
    const last = new Map<ThreadId, Happened>();
    let at = this.#tree.moment(to);
    for (let back = 0; back < LOOK_BACK && at.before !== undefined; back++) {
      const by = this.#happened[at.id];
      if (by !== undefined && !last.has(by.thread)) last.set(by.thread, by);
      at = this.#tree.moment(at.before);
    }
    return last;
  }

  rows(from: number): TreeRow[] {
    const rows: TreeRow[] = [];
    for (let index = from; index < this.#tree.size; index++) {
      const { id, before, depth } = this.#tree.moment(index as MomentId);
      const by = this.#happened[id];
      const outcome = this.#outcomes.get(id);
      rows.push({
        ...{ id, before, depth },
        ...(by === undefined ? {} : { by }),
        ...(outcome === undefined ? {} : { outcome }),
      });
    }
    return rows;
  }

  /** From after `depth` to a moment. */
  way(to: MomentId, depth = 0): Happened[] {
    const way: Happened[] = [];
    for (let at = this.#tree.moment(to); at.depth > depth; at = this.#tree.moment(at.before!)) {
      const by = this.#happened[at.id];
      if (by !== undefined) way.push(by);
    }
    return way.reverse();
  }

  compare(one: MomentId, other: MomentId): Comparison {
    const fork = this.#tree.fork(one, other);
    const [first, second] = [this.way(one, fork.depth), this.way(other, fork.depth)];
    return {
      fork: fork.id,
      one: first,
      other: second,
      differs: differenceOf(first, second),
      outcomes: [this.#outcomes.get(one), this.#outcomes.get(other)],
    };
  }
}

/**
 * The first deed that came to something else: of each thread, its deeds since the fork are the same until one of them saw or did
 * something different; of those, the one that came first.
 */
function differenceOf(one: readonly Happened[], other: readonly Happened[]): Comparison["differs"] {
  const counts = new Map<ThreadId, number>();
  const others = new Map<ThreadId, { readonly index: number; readonly text: string }[]>();
  other.forEach(({ thread, text }, index) => {
    const list = others.get(thread);
    if (list === undefined) others.set(thread, [{ index, text }]);
    else list.push({ index, text });
  });
  for (const [index, { thread, text }] of one.entries()) {
    const count = counts.get(thread) ?? 0;
    counts.set(thread, count + 1);
    const there = others.get(thread)?.[count];
    if (there === undefined || there.text === text) continue;
    return { one: index, other: there.index, text: `${text} in one, ${there.text} in the other` };
  }
  return undefined;
}
