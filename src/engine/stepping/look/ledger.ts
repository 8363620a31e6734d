/**
 * What a person should know of `@shared` accesses beyond the access itself: who read what before whom. Told of each step before it is
 * made, in every run anew; so it knows whether a write would overwrite something that its thread has not seen.
 */
import type { Address, ThreadId } from "../../../base/brand.ts";
import { cell, CellOperation } from "../../../objects/cell.ts";
import { KINDS } from "../../../objects/kinds.ts";
import { Head } from "../../../objects/object.ts";
import { Pause } from "../../model/thread.ts";
import type { Candidate } from "../../scheduler.ts";

interface Access {
  /** How often the cell had been written. */
  writes: number;
  writer: ThreadId | undefined;
  /** By thread: how often it had been written when the thread looked last. */
  readonly seen: number[];
}

export class Ledger {
  readonly #cells = new Map<Address, Access>();
  /** The object of the step that was made last, 0 for none. */
  touched = 0 as Address;

  /** This step is about to be made. */
  enter(words: Int32Array, step: Candidate): void {
    const { object, operation, thread, timesOut } = step;
    if (object === 0 && operation === Pause.POINT) return; // within its code
    this.touched = object;
    if (object === 0 || timesOut || KINDS[words[object + Head.KIND]] !== cell) return;
    let access = this.#cells.get(object);
    if (access === undefined) {
      this.#cells.set(object, (access = { writes: 0, writer: undefined, seen: [] }));
    }
    if (operation === CellOperation.WRITE) {
      access.writes++;
      access.writer = thread;
    }
    access.seen[thread] = access.writes;
  }

  /** Whose write this one would overwrite unseen, if the thread has looked before that. */
  overwrites({ object, operation, thread }: Candidate): ThreadId | undefined {
    if (operation !== CellOperation.WRITE) return undefined;
    const access = this.#cells.get(object);
    const seen = access?.seen[thread];
    if (access === undefined || seen === undefined || seen === access.writes) return undefined;
    return access.writer === thread ? undefined : access.writer;
  }
}
