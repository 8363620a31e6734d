/**
 * The tree of branches tried: every moment of a run that a person has been at, each reachable again. A moment is known by the
 * decisions that lead to it from the beginning; the run itself is not kept, since the same decisions give the same run.
 *
 * Stepping where one has stepped before leads to the same moment; stepping otherwise from a past moment makes a branch. Undo
 * goes to the moment before, redo to the one that was left last. O(1) a step; a path is as long as it is.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { MomentId } from "../../protocol/step.ts";
import type { PlacedEdit } from "./move.ts";

/** One decision of a scheduler, with the choices that were made within its step. */
export interface Decision {
  readonly thread: ThreadId;
  readonly timesOut: boolean;
  readonly wakes?: boolean;
  readonly choices: readonly number[];
  /** `Move.isEdge` */
  readonly isEdge?: boolean;
  /** `Move.deed` */
  readonly deed?: string;
  /** No operation: a change from outside, in words. */
  readonly edit?: PlacedEdit;
}

export interface Moment {
  readonly id: MomentId;
  /** How many decisions lead here. */
  readonly depth: number;
  /** The moment before; the beginning has none. */
  readonly before: MomentId | undefined;
  readonly decision: Decision | undefined;
}

interface Node extends Moment {
  readonly after: MomentId[];
  /** The one that was left last, for redo. */
  redo: MomentId | undefined;
}

export const BEGINNING = 0 as MomentId;

export class MomentTree {
  readonly #nodes: Node[] = [
    {
      id: BEGINNING,
      depth: 0,
      before: undefined,
      decision: undefined,
      after: [],
      redo: undefined,
    },
  ];
  #here: MomentId = BEGINNING;

  get here(): Moment {
    return this.#nodes[this.#here];
  }

  get size(): number {
    return this.#nodes.length;
  }

  moment(id: MomentId): Moment {
    const node = this.#nodes[id];
    if (node === undefined) throw new RangeError(`there is no moment ${id}`);
    return node;
  }

  /** What was tried from a moment, in the order in which it was. */
  after(id: MomentId): readonly MomentId[] {
    return this.#node(id).after;
  }

  /** From here on by this decision: to where it led before, else to a new moment. */
  step(decision: Decision): Moment {
    const from = this.#nodes[this.#here];
    const known = from.after.find((id) => isSame(this.#nodes[id].decision!, decision));
    const to = known ?? this.#add(from, decision);
    from.redo = to;
    this.#here = to;
    return this.#nodes[to];
  }

  /** To the moment before; undefined at the beginning. */
  undo(): Moment | undefined {
    const { before } = this.#nodes[this.#here];
    if (before === undefined) return undefined;
    this.#nodes[before].redo = this.#here;
    return this.goTo(before);
  }

  /** To the moment that was left last by undoing; undefined where nothing was undone. */
  redo(): Moment | undefined {
    const { redo } = this.#nodes[this.#here];
    return redo === undefined ? undefined : this.goTo(redo);
  }

  get canRedo(): boolean {
    return this.#nodes[this.#here].redo !== undefined;
  }

  goTo(id: MomentId): Moment {
    const node = this.#node(id);
    // Redo from any moment on the way leads here again.
    for (let at = node; at.before !== undefined; at = this.#nodes[at.before]) {
      this.#nodes[at.before].redo = at.id;
    }
    this.#here = id;
    return node;
  }

  /** The moment of this depth on the way to `id`. */
  ancestor(id: MomentId, depth: number): Moment {
    let node = this.#node(id);
    if (depth < 0 || depth > node.depth) throw new RangeError(`${depth} is not on the way there`);
    while (node.depth > depth) node = this.#nodes[node.before!];
    return node;
  }

  /** The decisions that lead from the beginning to `id`. */
  path(id: MomentId): Decision[] {
    const path: Decision[] = [];
    for (let node = this.#node(id); node.before !== undefined; node = this.#nodes[node.before]) {
      path.push(node.decision!);
    }
    return path.reverse();
  }

  /** Whether `id` comes after `ancestor`, or is it. */
  isAfter(id: MomentId, ancestor: MomentId): boolean {
    const { depth } = this.#node(ancestor);
    const node = this.#node(id);
    return depth <= node.depth && this.ancestor(id, depth).id === ancestor;
  }

  /** The last moment that is on the way to both: from there on their futures differ. */
  fork(one: MomentId, other: MomentId): Moment {
    const depth = Math.min(this.#node(one).depth, this.#node(other).depth);
    let [a, b] = [this.ancestor(one, depth), this.ancestor(other, depth)];
    while (a.id !== b.id) [a, b] = [this.#nodes[a.before!], this.#nodes[b.before!]];
    return a;
  }

  /** Moments from which nothing was tried yet: the ends of the branches. */
  get ends(): MomentId[] {
    return this.#nodes.filter(({ after }) => after.length === 0).map(({ id }) => id);
  }

  #add(from: Node, decision: Decision): MomentId {
    const id = this.#nodes.length as MomentId;
    const depth = from.depth + 1;
    this.#nodes.push({ id, depth, before: from.id, decision, after: [], redo: undefined });
    from.after.push(id);
    return id;
  }

  #node(id: MomentId): Node {
    return this.moment(id) as Node;
  }
}

function isSame(one: Decision, other: Decision): boolean {
  return (
    one.thread === other.thread &&
    one.timesOut === other.timesOut &&
    one.wakes === other.wakes &&
    one.edit?.text === other.edit?.text &&
    (one.deed === undefined || other.deed === undefined || one.deed === other.deed) &&
    one.choices.length === other.choices.length &&
    one.choices.every((choice, index) => choice === other.choices[index])
  );
}
