/**
 * Records of another process, in an order that its threads and its objects agree with: what comes out has nothing before it that is
 * still to come. They come in as rings were emptied, thread by thread, and a thread writes its record down only after others may
 * have seen what it did; so one may have to wait for records that are yet to be read.
 *
 * Whoever gets them in this order may number them as they come. A record of a thread that was killed before it had written it
 * never comes: what followed from it does not come out either, as if the process had been ended before. Where the process had
 * ended by itself, and stopped that thread, what followed is true all the same (`rest`).
 */

export interface Ordered {
  readonly thread: number;
  /** 0: none whose operations have an order. */
  readonly object: number;
  /** Its place among those of the object, from 1. */
  readonly version: number;
}

export class CausalOrder<T extends Ordered> {
  /** By thread: what has come in and not out. */
  readonly #queues = new Map<number, T[]>();
  /** By object: how many of its operations have come out. */
  readonly #made = new Map<number, number>();

  push(record: T): void {
    const queue = this.#queues.get(record.thread);
    if (queue === undefined) this.#queues.set(record.thread, [record]);
    else queue.push(record);
  }

  /** Those that can come out by now. `isHeld`: one that shall wait, and all that follow from it. Amortised O(records × threads). */
  *take(isHeld: (record: T) => boolean): Generator<T> {
    for (let moved = true; moved;) {
      moved = false;
      for (const queue of this.#queues.values()) {
        let count = 0;
        for (; count < queue.length; count++) {
          const record = queue[count];
          if (!this.#isNext(record) || isHeld(record)) break;
          if (record.object !== 0) this.#made.set(record.object, record.version);
          yield record;
        }
        queue.splice(0, count);
        moved ||= count > 0;
      }
    }
  }

  /** All that is left, when nothing comes any more, in the order of what there is. */
  *rest(): Generator<T> {
    const open = [...this.#queues.values()].flat();
    for (let count = open.length; count > 0; count--) {
      const queued = [...this.#queues.values()].map((queue) => queue[0]);
      const next = queued.find((head) => head !== undefined && isFirst(head, open)) ?? open[0];
      open.splice(open.indexOf(next), 1);
      this.#queues.get(next.thread)!.shift();
      yield next;
    }
  }

  #isNext({ object, version }: Ordered): boolean {
    return object === 0 || version === (this.#made.get(object) ?? 0) + 1;
  }
}

function isFirst({ object, version }: Ordered, open: readonly Ordered[]): boolean {
  return object === 0 || !open.some((one) => one.object === object && one.version < version);
}
