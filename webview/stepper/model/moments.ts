/**
 * The tree of moments as the page knows it: rows come with the session's states, newest last, and are never taken back. From
 * every moment one way leads onward: the one that was gone last, which is what redo takes.
 */
import type { MomentId, TreeRow } from "../../../src/protocol/step.ts";

export const BEGINNING = 0 as MomentId;

const FIRST: TreeRow = { id: BEGINNING, before: undefined, depth: 0 };

export class Moments {
  readonly #rows: TreeRow[] = [FIRST];
  readonly #after: MomentId[][] = [[]];
  readonly #onward = new Map<MomentId, MomentId>();
  #here: MomentId = BEGINNING;

  /** Rows by id, from 0 without a gap. */
  get size(): number {
    return this.#rows.length;
  }

  get here(): TreeRow {
    return this.row(this.#here);
  }

  /**
   * Takes rows up, the first of which has the id `from`. False, and nothing is taken, if some before them are missing:
   * then the whole tree is to be asked for.
   */
  take(from: number, rows: readonly TreeRow[]): boolean {
    if (from > this.#rows.length) return false;
    for (const row of rows) {
      if (row.id >= this.#rows.length) {
        this.#after.push([]);
        if (row.before !== undefined) this.#after[row.before].push(row.id);
      }
      this.#rows[row.id] = row;
    }
    return true;
  }

  /** The session stands here now; false if the moment is not known yet. O(depth). */
  arrive(at: MomentId): boolean {
    if (at >= this.#rows.length) return false;
    this.#here = at;
    for (let row = this.row(at); row.before !== undefined; row = this.row(row.before)) {
      // Everything further back leads here already, if this does.
      if (this.#onward.get(row.before) === row.id && row.id !== at) break;
      this.#onward.set(row.before, row.id);
    }
    return true;
  }

  row(id: MomentId): TreeRow {
    return this.#rows[id];
  }

  has(id: MomentId): boolean {
    return id < this.#rows.length;
  }

  /** What was tried from a moment, in the order in which it was. */
  after(id: MomentId): readonly MomentId[] {
    return this.#after[id];
  }

  /** The way from the beginning to a moment, without the beginning. */
  path(id: MomentId): TreeRow[] {
    const path: TreeRow[] = [];
    for (let row = this.row(id); row.before !== undefined; row = this.row(row.before)) {
      path.push(row);
    }
    return path.reverse();
  }

  /** What redo would do from a moment, one after another, to the end of that path. */
  onward(id: MomentId): TreeRow[] {
    const rows: TreeRow[] = [];
    for (let at = this.next(id); at !== undefined; at = this.next(at)) rows.push(this.row(at));
    return rows;
  }

  /** The moment after, on the way that was gone last; of ways never gone here, the newest. */
  next(id: MomentId): MomentId | undefined {
    return this.#onward.get(id) ?? this.#after[id].at(-1);
  }

  /** The last moment that is on the way to both. */
  fork(one: MomentId, other: MomentId): TreeRow {
    let [a, b] = [this.row(one), this.row(other)];
    while (a.id !== b.id) {
      if (a.depth >= b.depth && a.before !== undefined) a = this.row(a.before);
      else b = this.row(b.before!);
    }
    return a;
  }

  /** Moments from which nothing was tried yet. */
  get ends(): TreeRow[] {
    return this.#rows.filter(({ id }) => this.#after[id].length === 0);
  }

  /** Where runs ended, by whether they passed. */
  outcomes(passes: boolean): TreeRow[] {
    return this.#rows.filter(({ outcome }) => outcome !== undefined && passed(outcome) === passes);
  }
}

/** Whether nothing went wrong: warnings are no failure. */
export function passed(outcome: NonNullable<TreeRow["outcome"]>): boolean {
  const failed = outcome.findings.some(({ severity }) => severity === "error");
  return !failed && (outcome.ending === "finished" || outcome.ending === "exited");
}
