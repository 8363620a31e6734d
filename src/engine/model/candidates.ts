/**
 * Who could go on in a modelled run: the threads that have not ended, and the next steps of those that could make one now. Whether
 * one could is looked at again only where the last step may have changed that.
 */
import type { Address } from "../../base/brand.ts";
import { Outlook } from "../../objects/object.ts";
import { byDeadline, type ModelThread, type NextStep, Standing } from "./thread.ts";
import type { ModelTurn } from "./turn.ts";

export class Candidates {
  /** Threads that have not ended, by id. */
  readonly live: ModelThread[] = [];
  /** The steps that could be made, as many of them as was answered last. */
  readonly list: NextStep[] = [];
  /** How many threads sleep or have a time-out, at the last count. */
  timed = 0;
  readonly #turn: ModelTurn;

  constructor(turn: ModelTurn) {
    this.#turn = turn;
  }

  /** The thread has ended; false: it had before. */
  leave(thread: ModelThread): boolean {
    const at = this.live.indexOf(thread);
    if (at >= 0) takeOut(this.live, at);
    return at >= 0;
  }

  /** Everybody's operations that could go on; answers how many. `unseen`: more steps were made since the last look than one. */
  collect(unseen: boolean): number {
    const { list } = this;
    const turn = this.#turn;
    let count = 0;
    let timed = 0;
    for (const thread of this.live) {
      const { next, standing } = thread;
      if (thread.deadline !== Infinity) timed++;
      if (standing === Standing.OPERATION) {
        if (unseen || turn.concerns(next.object)) this.#lookAgain(thread);
        const { outlook } = thread;
        next.notes = outlook === Outlook.NOTES;
        if (outlook !== Outlook.WAITS) list[count++] = next;
      } else if (standing === Standing.PAUSED) {
        list[count++] = next;
      }
    }
    turn.touched = turn.touchedToo = 0 as Address;
    this.timed = timed;
    return count;
  }

  /**
   * Adds those who sleep or whose patience could end: all of them, the first to end first, who explores; else, as nothing
   * but time can move, those whose deadline is the earliest. Answers how many there are then.
   */
  addTimeOuts(count: number, exploring: boolean): number {
    const late = this.live.filter(waitsForTime);
    late.sort(byDeadline);
    for (const thread of late) {
      if (!exploring && thread.deadline > late[0].deadline) break;
      if (thread.deadline < Infinity) this.list[count++] = thread.patience;
    }
    return count;
  }

  /** Adds those of them whose time has come. Answers how many there are then. */
  addDue(count: number, now: number): number {
    for (const thread of this.live) {
      if (thread.deadline <= now && waitsForTime(thread)) this.list[count++] = thread.patience;
    }
    return count;
  }

  /** Adds those who could wake without a reason. Answers how many there are then. */
  addWakeUps(count: number): number {
    for (const thread of this.live) {
      if (!this.#turn.mayWake(thread)) continue;
      const { object, operation, a, b, site } = thread.next;
      thread.waking.set(object, operation, a, b, site);
      this.list[count++] = thread.waking;
    }
    return count;
  }

  #lookAgain(thread: ModelThread): void {
    const outlook = this.#turn.look(thread);
    if (outlook === Outlook.WAITS) this.#turn.tellBlock(thread);
    // Somebody was quicker: as if it had been called only now.
    if (outlook !== Outlook.GOES) thread.impatient = thread.deadline < Infinity;
  }
}

/** Whether the thread sleeps, or its patience could end. */
function waitsForTime({ standing, impatient, outlook }: ModelThread): boolean {
  if (standing === Standing.SLEEPING) return true;
  // Whoever has yet to leave its note leaves it first: it comes to the same.
  const hasWaited = standing === Standing.OPERATION && outlook !== Outlook.NOTES;
  return impatient && (standing === Standing.NOTED || hasWaited);
}

/** Takes one out of a list, and makes nothing. */
export function takeOut(list: unknown[], index: number): void {
  for (let i = index + 1; i < list.length; i++) list[i - 1] = list[i];
  list.pop();
}
