/**
 * The baton of a controlled run: waits until every thread stands, looks which of them could go on, asks the scheduler, and lets
 * one make its step. So one thread moves at a time, all that they do is in one order, and that order is the scheduler's.
 *
 * It reads the very words that the threads' gates change, which is sound because all of them stand still meanwhile. Time is
 * virtual: it moves only when nothing else can, to the earliest end of somebody's patience (SEMANTICS, Time).
 *
 * A thread whose own event loop still has something to wait for (a timer of Node's, a promise) counts as moving: the others
 * stand until it comes back. Left out: control over anything that does not go through the gate.
 */
import type { Address, SiteId, ThreadId } from "../../../base/brand.ts";
import { KINDS, SELECT, select } from "../../../objects/kinds.ts";
import { Head, Outlook } from "../../../objects/object.ts";
import type { Candidate, Scheduler } from "../../scheduler.ts";
import { Park, RunWord, SlotWord, THREAD_TABLE } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import { ControlWord, Go, Standing, StandWord } from "./words.ts";

const SPINS = 4000;
const LOOK_MS = 50;

interface Offer extends Candidate {
  thread: ThreadId;
  object: Address;
  operation: number;
  a: number;
  b: number;
  site: SiteId;
  timesOut: boolean;
  notes: boolean;
}

function makeOffer(): Offer {
  return {
    thread: 0 as ThreadId,
    object: 0 as Address,
    operation: 0,
    a: 0,
    b: 0,
    site: 0 as SiteId,
    timesOut: false,
    notes: false,
  };
}

/** How a controlled run came to rest. */
export type Rest =
  | "over"
  | "stuck"
  /** Nobody was picked. */
  | "paused"
  /** The run is ended from outside. */
  | "stopped"
  /** A thread is still on its way to its next operation, and the controller's own patience is at its end. */
  | "moving";

export class Controller {
  /** Decisions so far. */
  steps = 0;
  readonly #memory: RunMemory;
  readonly #scheduler: Scheduler;
  readonly #anyTime: boolean;
  readonly #control: number;
  readonly #patienceMs: number;
  readonly #offers: Offer[] = [];
  /** By thread: when its patience ends, in virtual microseconds, and of which operation that is. */
  readonly #deadlines: number[] = [];
  readonly #calls: number[] = [];
  #now = 0;
  /** Who was let to try its operation again. */
  #trying: { readonly thread: number; readonly call: number } | undefined;

  /**
   * `anyTime`: whoever's patience could end is offered beside those who can go on; else, as virtual time has it, only when
   * nobody can, and those only whose time comes first. `patienceMs`: how long `run` waits for a thread that is on its way.
   */
  constructor(
    memory: RunMemory,
    scheduler: Scheduler,
    anyTime: boolean,
    patienceMs: number = Infinity,
  ) {
    this.#anyTime = anyTime;
    this.#patienceMs = patienceMs;
    this.#memory = memory;
    this.#scheduler = scheduler;
    this.#control = memory.words[RunWord.CONTROL]!;
  }

  /** Virtual time, in microseconds. */
  get now(): number {
    return this.#now;
  }

  /** Drives the run until it is over, stuck, or nobody is picked. May be called again after `paused` and `moving`. */
  run(): Rest {
    for (;;) {
      if (!this.#settle()) return this.#isStopped() ? "stopped" : "moving";
      let count = this.#collectOperations();
      if (count === 0 || this.#anyTime) count = this.#collectTimeOuts(count);
      if (count === 0) {
        if (this.#allOver()) return "over";
        this.#markWaiting();
        return "stuck";
      }
      const picked = this.#scheduler.pick(this.#offers, count);
      if (picked < 0) return "paused";
      const { thread, timesOut } = this.#offers[picked];
      if (timesOut) this.#moveTime(this.#deadlines[thread]);
      this.steps++;
      this.#release(thread, timesOut ? Go.TIMED_OUT : Go.ON);
    }
  }

  #isStopped(): boolean {
    return Atomics.load(this.#memory.words, this.#control + ControlWord.STOP) === 1;
  }

  #moveTime(deadline: number): void {
    this.#now = Math.max(this.#now, deadline);
    const words = this.#words();
    words[this.#control + ControlWord.NOW_LOW] = this.#now | 0;
    words[this.#control + ControlWord.NOW_HIGH] = Math.floor(this.#now / 2 ** 32);
  }

  /** Waits until everybody stands who will; false if the run is to come to an end, or that takes too long. */
  #settle(): boolean {
    for (;;) {
      if (!this.#awaitStand()) return false;
      const words = this.#words();
      const asking = this.#standing(words, Standing.CHOOSES);
      if (asking >= 0) {
        const stand = this.#stand(words, asking);
        const among = words[stand + StandWord.AMONG];
        const otherwise = words[stand + StandWord.OTHERWISE];
        const object = words[stand + StandWord.OBJECT] as Address;
        const isSelect = words[object + Head.KIND] === SELECT;
        const caseOf = isSelect
          ? (option: number) => select.askedCase(words, object, option)
          : undefined;
        const answer = this.#scheduler.choose(among, asking as ThreadId, otherwise, caseOf);
        words[stand + StandWord.ANSWER] = answer;
        this.#release(asking, Go.ON);
        continue;
      }
      // Those whose operation somebody else has completed, or who may try again, are no choice: one after the other.
      this.#tellTried(words);
      const freed = this.#freed(words);
      if (freed < 0) return true;
      if (words[words[THREAD_TABLE + freed] + SlotWord.PARK] === Park.DONE) {
        this.#scheduler.completed?.(freed as ThreadId);
      } else {
        this.#trying = { thread: freed, call: words[this.#stand(words, freed) + StandWord.CALL] };
      }
      this.#release(freed, Go.ON);
    }
  }

  /** Whoever was let to try again, and is not back in the same operation, has completed it. */
  #tellTried(words: Int32Array): void {
    const trying = this.#trying;
    if (trying === undefined) return;
    this.#trying = undefined;
    const stand = this.#stand(words, trying.thread);
    const isBack =
      words[stand + StandWord.STANDING] === Standing.NOTED &&
      words[stand + StandWord.CALL] === trying.call;
    if (!isBack) this.#scheduler.completed?.(trying.thread as ThreadId);
  }

  #awaitStand(): boolean {
    const { words } = this.#memory;
    const moving = this.#control + ControlWord.MOVING;
    for (let i = 0; i < SPINS; i++) if (Atomics.load(words, moving) === 0) break;
    for (let waitedMs = 0; ;) {
      if (this.#isStopped()) return false;
      const left = Atomics.load(words, moving);
      if (left === 0) return true;
      if (waitedMs >= this.#patienceMs) return false;
      if (Atomics.wait(words, moving, left, LOOK_MS) === "timed-out") waitedMs += LOOK_MS;
    }
  }

  #release(thread: number, go: number): void {
    const { words } = this.#memory;
    Atomics.add(words, this.#control + ControlWord.MOVING, 1);
    const stand = this.#stand(words, thread);
    Atomics.store(words, stand + StandWord.STANDING, Standing.MOVES);
    Atomics.store(words, stand + StandWord.GO, go);
    Atomics.notify(words, stand + StandWord.GO);
  }

  #words(): Int32Array {
    this.#memory.refresh();
    return this.#memory.words;
  }

  #stand(words: Int32Array, thread: number): number {
    return words[words[THREAD_TABLE + thread] + SlotWord.STAND];
  }

  /** The first thread that stands so, -1 for none. */
  #standing(words: Int32Array, wanted: number): number {
    for (let thread = 0; thread < words[RunWord.NEXT_THREAD]; thread++) {
      const slot = words[THREAD_TABLE + thread];
      if (slot !== 0 && words[words[slot + SlotWord.STAND] + StandWord.STANDING] === wanted) {
        return thread;
      }
    }
    return -1;
  }

  #freed(words: Int32Array): number {
    for (let thread = 0; thread < words[RunWord.NEXT_THREAD]; thread++) {
      const slot = words[THREAD_TABLE + thread];
      if (slot === 0) continue;
      const park = words[slot + SlotWord.PARK];
      const standing = words[words[slot + SlotWord.STAND] + StandWord.STANDING];
      if (standing === Standing.NOTED && (park === Park.RETRY || park === Park.DONE)) return thread;
      if (standing === Standing.SELECTS && park === Park.DONE) return thread;
    }
    return -1;
  }

  #allOver(): boolean {
    const { words } = this.#memory;
    for (let thread = 0; thread < words[RunWord.NEXT_THREAD]; thread++) {
      if (words[words[THREAD_TABLE + thread] + SlotWord.ENDED] === 0) return false;
    }
    return true;
  }

  /** Threads that wait without standing in a queue say so where the wait-for graph looks. */
  #markWaiting(): void {
    const { words } = this.#memory;
    for (let thread = 0; thread < words[RunWord.NEXT_THREAD]; thread++) {
      const slot = words[THREAD_TABLE + thread];
      const stand = words[slot + SlotWord.STAND];
      if (words[stand + StandWord.STANDING] !== Standing.BEFORE) continue;
      words[slot + SlotWord.WAIT_OBJECT] = words[stand + StandWord.OBJECT]!;
      words[slot + SlotWord.WAIT_OPERATION] = words[stand + StandWord.OPERATION]!;
      words[slot + SlotWord.WAIT_SITE] = words[stand + StandWord.SITE]!;
    }
  }

  /** Offers those who could go on. Answers how many. */
  #collectOperations(): number {
    const words = this.#words();
    let count = 0;
    for (let thread = 0; thread < words[RunWord.NEXT_THREAD]; thread++) {
      const slot = words[THREAD_TABLE + thread];
      if (slot === 0) continue;
      const stand = words[slot + SlotWord.STAND];
      const standing = words[stand + StandWord.STANDING];
      if (standing === Standing.OVER || standing === Standing.MOVES) continue;
      // From the moment at which it came here, its patience runs.
      this.#deadline(words, thread, stand);
      const outlook = this.#outlook(words, stand, standing);
      if (outlook !== Outlook.WAITS) {
        this.#offer(count++, words, thread, stand, false, outlook === Outlook.NOTES);
      }
    }
    return count;
  }

  /** Adds those whose patience could end to `count` offers, the first to end first. Answers how many there are then. */
  #collectTimeOuts(count: number): number {
    const words = this.#words();
    const late: number[] = [];
    for (let thread = 0; thread < words[RunWord.NEXT_THREAD]; thread++) {
      const slot = words[THREAD_TABLE + thread];
      if (slot === 0) continue;
      const stand = words[slot + SlotWord.STAND];
      const standing = words[stand + StandWord.STANDING];
      if (standing === Standing.OVER || standing === Standing.MOVES) continue;
      // An operation that can go through when it is called does not time out.
      if (standing === Standing.BEFORE && this.#outlook(words, stand, standing) !== Outlook.WAITS)
        continue;
      if (this.#deadline(words, thread, stand) < Infinity) late.push(thread);
    }
    late.sort((one, other) => this.#deadlines[one] - this.#deadlines[other]);
    const first = this.#deadlines[late[0]];
    const offered = this.#anyTime ? late : late.filter((one) => this.#deadlines[one] === first);
    for (const thread of offered) {
      const stand = this.#stand(words, thread);
      this.#offer(count++, words, thread, stand, true, false);
    }
    return count;
  }

  #deadline(words: Int32Array, thread: number, stand: number): number {
    const call = words[stand + StandWord.CALL];
    if (this.#calls[thread] !== call) {
      this.#calls[thread] = call;
      const patience = words[stand + StandWord.PATIENCE];
      this.#deadlines[thread] = patience < 0 ? Infinity : this.#now + patience;
    }
    return this.#deadlines[thread];
  }

  #outlook(words: Int32Array, stand: number, standing: number): Outlook {
    if (standing === Standing.YIELDS) return Outlook.GOES;
    if (standing !== Standing.BEFORE && standing !== Standing.SELECTS) return Outlook.WAITS;
    const object = words[stand + StandWord.OBJECT] as Address;
    return KINDS[words[object + Head.KIND]].outlook(
      words,
      object,
      words[stand + StandWord.OPERATION],
      words[stand + StandWord.A],
      words[stand + StandWord.B],
    );
  }

  #offer(
    index: number,
    words: Int32Array,
    thread: number,
    stand: number,
    timesOut: boolean,
    notes: boolean,
  ): void {
    const offer = (this.#offers[index] ??= makeOffer());
    offer.thread = thread as ThreadId;
    offer.object = words[stand + StandWord.OBJECT] as Address;
    offer.operation = words[stand + StandWord.OPERATION]!;
    offer.a = words[stand + StandWord.A]!;
    offer.b = words[stand + StandWord.B]!;
    offer.site = words[stand + StandWord.SITE] as SiteId;
    offer.timesOut = timesOut;
    offer.notes = notes;
  }
}
