/**
 * Steps of the state machines over a modelled run's memory: what `engine/native/gate.ts` is for real threads. As only one
 * thread runs, there are no word-locks and nothing to wake; threads that wait need no queue either, since whoever could go
 * on is known by its outlook. What is left are the order of operations, and threads that have left a note: those are
 * completed by others, or let to try again.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { KINDS } from "../../objects/kinds.ts";
import type { Outlook } from "../../objects/object.ts";
import { BLOCKED, Head, type Turn } from "../../objects/object.ts";
import { EventKind } from "../../trace/event.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Clock } from "./clock.ts";
import type { ModelMemory } from "./memory.ts";
import type { Observer } from "./observer.ts";
import type { Recorder } from "./recorder.ts";
import { type ModelThread, Standing } from "./thread.ts";

const STEPS = KINDS.map((kind) => kind.step);
const PARTNERS = KINDS.map((kind) => kind.partner);

export interface TurnParts {
  readonly memory: ModelMemory;
  /** All threads of the run, by id. */
  readonly threads: readonly ModelThread[];
  readonly clock: Clock;
}

export class ModelTurn implements Turn {
  words: Int32Array;
  site = 0 as SiteId;
  low = 0;
  high = 0;
  event: EventKind = EventKind.query;
  argument = 0;

  /** The objects of the last step: the outlook of whoever stands before one of them may have changed. */
  touched = 0 as Address;
  touchedToo = 0 as Address;
  /**
   * Threads whose operation was completed by another's step, or that may try it again (`retries`): they have yet to go on to
   * their next one. No choice is left to anybody.
   */
  readonly arriving: ModelThread[] = [];

  readonly #memory: ModelMemory;
  readonly #threads: readonly ModelThread[];
  readonly #clock: Clock;
  #scheduler!: Scheduler;
  #recorder: Recorder | undefined;
  #observer: Observer | undefined;
  #thread = 0 as ThreadId;
  #ownVersion = 0;
  /** How many threads have left a note. */
  #noted = 0;

  constructor({ memory, threads, clock }: TurnParts) {
    this.#memory = memory;
    this.#threads = threads;
    this.#clock = clock;
    this.words = memory.words;
  }

  /** As new, for the next run. */
  begin(
    scheduler: Scheduler,
    recorder: Recorder | undefined,
    observer: Observer | undefined,
  ): void {
    this.#scheduler = scheduler;
    this.#recorder = recorder;
    this.#observer = observer;
    this.words = this.#memory.words;
    this.arriving.length = 0;
    this.touched = this.touchedToo = 0 as Address;
    this.#noted = 0;
  }

  /** Makes the thread's next step: its result, or `BLOCKED`: then it has left a note and stands `NOTED`. */
  step(thread: ModelThread): number {
    const { object, operation, a, b, site } = thread.next;
    const kind = this.#begin(thread, object, operation, a, b, site);
    const result = STEPS[kind](this, object, operation, thread.id, a, b);
    if (result === BLOCKED) {
      thread.standing = Standing.NOTED;
      this.#noted++;
      this.tellBlock(thread);
      this.#observer?.noted(thread);
      return BLOCKED;
    }
    this.#finish(thread, result);
    return result;
  }

  /** The thread's patience ends: the result of its operation. */
  cancel(thread: ModelThread): number {
    const { object, operation, a, b, site } = thread.next;
    const kind = this.#begin(thread, object, operation, a, b, site);
    if (thread.standing === Standing.NOTED) this.#noted--;
    const result = KINDS[kind].cancel(this, object, operation, thread.id, a, b);
    this.#finish(thread, result);
    return result;
  }

  /** A step of nobody's, while conditions are looked at: without a record, or `BLOCKED`. */
  peek(object: Address, operation: number, thread: ThreadId, a: number, b: number): number {
    this.words = this.#memory.words;
    return STEPS[this.words[object + Head.KIND]](this, object, operation, thread, a, b);
  }

  /** Looks what the step would come to before which `thread` stands. */
  look(thread: ModelThread): Outlook {
    const { object, operation, a, b } = thread.next;
    const { words } = this.#memory;
    const kind = KINDS[words[object + Head.KIND]];
    return (thread.outlook = kind.outlook(words, object, operation, a, b));
  }

  /** Records that a thread cannot go on, once for each operation. */
  tellBlock(thread: ModelThread): void {
    if (thread.blockTold || this.#recorder === undefined) return;
    // Who leaves a note does so by a step, and may be completed at that very moment.
    if (thread.standing !== Standing.NOTED) this.#arrive(thread);
    thread.blockTold = true;
    const { object, operation, a, b, site } = thread.next;
    const words = (this.words = this.#memory.words);
    // A step that would wait changes nothing, and sets the argument that is told: whom it waits for.
    if (thread.standing === Standing.OPERATION) {
      STEPS[words[object + Head.KIND]](this, object, operation, thread.id, a, b);
    }
    const id = words[object + Head.ID];
    this.record(thread, EventKind.block, id, operation + 1, this.argument, site);
  }

  /** Records that a thread goes to sleep. */
  tellSleep(thread: ModelThread, microseconds: number, site: number): void {
    this.#arrive(thread);
    this.record(thread, EventKind.sleep, 0, 0, microseconds, site);
  }

  record(
    thread: ModelThread,
    event: EventKind,
    object: number,
    version: number,
    argument: number,
    site: number,
  ): void {
    if (this.#recorder === undefined) return;
    const { ticks } = this.#clock;
    // A thread that arrived on a core which is ahead is told of at the time when it was there.
    if (ticks > thread.stamp) thread.stamp = ticks;
    this.#recorder.record(thread.stamp, event, object, version, argument, site, thread.id);
  }

  /** The thread stands where it has worked up to since its last step. */
  #arrive(thread: ModelThread): void {
    thread.stamp = Math.max(thread.stamp, this.#clock.reached(thread.id));
  }

  #begin(
    thread: ModelThread,
    object: Address,
    operation: number,
    a: number,
    b: number,
    site: SiteId,
  ): number {
    const words = (this.words = this.#memory.words);
    const kind = words[object + Head.KIND];
    const partnerOf = PARTNERS[kind];
    this.touched = object;
    this.touchedToo = partnerOf === undefined ? (0 as Address) : partnerOf(operation, a, b);
    this.#thread = thread.id;
    this.#ownVersion = 0;
    this.low = thread.low;
    this.high = thread.high;
    this.site = site;
    return kind;
  }

  #finish(thread: ModelThread, result: number): void {
    const { words } = this;
    this.#observer?.performed(thread, result, this.event, this.argument);
    const { object, site } = thread.next;
    const version = this.#ownVersion !== 0 ? this.#ownVersion : ++words[object + Head.VERSION];
    thread.standing = Standing.RUNNING;
    thread.blockTold = false;
    if (this.#recorder !== undefined) {
      this.record(thread, this.event, words[object + Head.ID], version, this.argument, site);
    }
  }

  // ---- Turn

  complete(id: ThreadId, result: number, event: EventKind, argument: number): void {
    const thread = this.#threads[id];
    if (thread.standing === Standing.NOTED) this.#noted--;
    const { object, site } = thread.next;
    const version = ++this.words[object + Head.VERSION];
    thread.standing = Standing.RUNNING;
    thread.blockTold = false;
    thread.impatient = false;
    thread.deadline = Infinity;
    thread.result = result;
    this.arriving.push(thread);
    this.#scheduler.completed?.(id);
    this.#observer?.joined(thread, result, event, argument);
    this.record(thread, event, this.words[object + Head.ID], version, argument, site);
  }

  comeFirst(): void {
    this.#ownVersion = ++this.words[this.touched + Head.VERSION];
  }

  /** Who waits without a note goes on when the scheduler says so; of those who left one, all may try. */
  retryOne(object: Address, operations: number): void {
    this.retryAll(object, operations);
  }

  retryAll(object: Address, operations: number): void {
    if (this.#noted === 0) return;
    // `forEach` passes over numbers that were given to threads which have yet to begin.
    this.#threads.forEach((thread) => {
      const waits = thread.standing === Standing.NOTED && thread.next.object === object;
      if (waits && (operations & (1 << thread.next.operation)) !== 0) this.#letTry(thread);
    });
  }

  retryThread(object: Address, id: ThreadId): void {
    const thread = this.#threads[id];
    if (thread.standing === Standing.NOTED && thread.next.object === object) this.#letTry(thread);
  }

  choose(n: number, otherwise = 0): number {
    return n > 1 ? this.#scheduler.choose(n, this.#thread, otherwise) : 0;
  }

  #letTry(thread: ModelThread): void {
    this.#noted--;
    thread.standing = Standing.RUNNING;
    thread.retries = true;
    this.arriving.push(thread);
  }
}
