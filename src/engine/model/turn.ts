/**
 * Steps of the state machines over a modelled run's memory: what `engine/native/gate.ts` is for real threads. As only one
 * thread runs, there are no word-locks and nothing to wake; threads that wait need no queue either, since whoever could go
 * on is known by its outlook. What is left are the order of operations, and threads that have left a note: those are
 * completed by others, or let to try again.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { empty } from "../../base/empty.ts";
import { KINDS, SELECT, select } from "../../objects/kinds.ts";
import { BLOCKED, Head, Outlook, type Turn } from "../../objects/object.ts";
import { caseAt, CaseWord, SelectWord } from "../../objects/select.ts";
import { EventKind } from "../../trace/event.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Clock } from "./clock.ts";
import type { ModelMemory } from "./memory.ts";
import type { Observer } from "./observer.ts";
import type { Recorder } from "./recorder.ts";
import { type ModelThread, Standing } from "./thread.ts";

const STEPS = KINDS.map((kind) => kind.step);
const PARTNERS = KINDS.map((kind) => kind.partner);

/** What `threadEnd` tells of a thread that was stopped with its process. */
const STOPPED = 2;

/** What is kept of each operation of a step that is made of several: event, object's id, version, argument. */
const PART_WORDS = 4;

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
  /** It touched more than these two: a select's. */
  touchedMore = false;
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
  /** The object of the operation under way. */
  #object = 0 as Address;
  /** Of a select: event, object's id, version and argument of each operation that it was made of. */
  readonly #parts: number[] = [];
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
    empty(this.arriving);
    this.touched = this.touchedToo = 0 as Address;
    this.#noted = 0;
  }

  /** Makes the thread's next step: its result, or `BLOCKED`: then it has left a note and stands `NOTED`. */
  step(thread: ModelThread): number {
    const { object, operation, a, b, site } = thread.next;
    const kind = this.#begin(thread, object, operation, a, b, site);
    const result = STEPS[kind](this, object, operation, thread.id, a, b);
    if (result === BLOCKED && kind === SELECT) {
      // Its notes are there; it goes on as soon as it can, when it is let to.
      thread.outlook = Outlook.WAITS;
      this.tellBlock(thread);
      this.#observer?.noted(thread);
      return BLOCKED;
    }
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

  /** The thread wakes without a reason: the result of its operation. */
  wake(thread: ModelThread): number {
    const { object, operation, a, b, site } = thread.next;
    const kind = this.#begin(thread, object, operation, a, b, site);
    const result = KINDS[kind].wake!(this, object, operation, thread.id, a, b);
    this.#finish(thread, result);
    return result;
  }

  /** Whether who waits in its next operation may wake without a reason. */
  mayWake({ next, standing, outlook }: ModelThread): boolean {
    if (standing !== Standing.OPERATION || outlook !== Outlook.WAITS) return false;
    const kind = KINDS[this.#memory.words[next.object + Head.KIND]];
    return kind.operations[next.operation].spurious === true;
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

  /** Whether the last step may have changed what a thread could do that stands before an operation on `object`. */
  concerns(object: Address): boolean {
    if (object === this.touched || object === this.touchedToo) return true;
    if (this.touched === 0) return false;
    return this.touchedMore || this.#memory.words[object + Head.KIND] === SELECT;
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
    if (words[object + Head.KIND] === SELECT) return this.#tellSelects(thread);
    const id = words[object + Head.ID];
    this.record(thread, EventKind.block, id, operation + 1, this.argument, site);
  }

  /** A select that is blocked is told by its first case. */
  #tellSelects(thread: ModelThread): void {
    const { words } = this;
    const { object, operation, site } = thread.next;
    const [awaited = -1] = select.waitsFor(words, object, operation, thread.id);
    const row = caseAt(object, 0);
    const id = words[words[row + CaseWord.OBJECT] + Head.ID];
    const waits = words[row + CaseWord.OPERATION] + 1;
    this.record(thread, EventKind.block, id, waits, awaited, site);
  }

  /** The thread is ended where it stands, with its process. */
  stop(thread: ModelThread): void {
    if (thread.standing === Standing.NOTED) this.#noted--;
    const { object } = thread;
    const { words } = this.#memory;
    const version = ++words[object + Head.VERSION];
    this.#arrive(thread);
    this.record(thread, EventKind.threadEnd, words[object + Head.ID], version, STOPPED, 0);
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
    this.#object = object;
    this.touchedMore = kind === SELECT;
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
    if (words[object + Head.KIND] === SELECT) return this.#finishParts(thread);
    const version = this.#ownVersion !== 0 ? this.#ownVersion : ++words[object + Head.VERSION];
    thread.standing = Standing.RUNNING;
    thread.blockTold = false;
    if (this.#recorder !== undefined) {
      this.record(thread, this.event, words[object + Head.ID], version, this.argument, site);
    }
  }

  /** Each of the operations that the step was made of has its place already. */
  #finishParts(thread: ModelThread): void {
    const parts = this.#parts;
    const { object, site } = thread.next;
    thread.standing = Standing.RUNNING;
    thread.blockTold = false;
    this.#recordParts(thread, parts, this.words[object + SelectWord.TAKEN], site);
    empty(parts);
  }

  #recordParts(thread: ModelThread, parts: readonly number[], taken: number, site: SiteId): void {
    if (this.#recorder === undefined) return;
    this.record(thread, EventKind.select, 0, parts.length / PART_WORDS, taken, site);
    for (let i = 0; i < parts.length; i += PART_WORDS) {
      const event = parts[i] as EventKind;
      this.record(thread, event, parts[i + 1], parts[i + 2], parts[i + 3], site);
    }
  }

  // ---- Turn

  actOn(object: Address): void {
    this.#object = object;
    this.#ownVersion = 0;
  }

  acted(operation: number, a: number, b: number, result: number): void {
    const { words } = this;
    const at = this.#object;
    const thread = this.#threads[this.#thread];
    this.#observer?.acted?.(thread, at, { operation, a, b }, result, this.event, this.argument);
    if (result === BLOCKED) return;
    const version = this.#ownVersion !== 0 ? this.#ownVersion : ++words[at + Head.VERSION];
    this.#parts.push(this.event, words[at + Head.ID], version, this.argument);
  }

  looked(object: Address, operation: number, a: number, b: number): void {
    this.#observer?.looked?.(this.#threads[this.#thread], object, { operation, a, b });
  }

  complete(
    id: ThreadId,
    result: number,
    event: EventKind,
    argument: number,
    node = 0 as Address,
  ): void {
    const thread = this.#threads[id];
    if (thread.standing === Standing.NOTED) this.#noted--;
    const { words } = this;
    const { object, site } = thread.next;
    thread.standing = Standing.RUNNING;
    thread.blockTold = false;
    thread.impatient = false;
    thread.deadline = Infinity;
    thread.result = result;
    this.arriving.push(thread);
    this.#scheduler.completed?.(id);
    const isSelect = words[object + Head.KIND] === SELECT;
    if (isSelect) this.#settle(thread, node, result, event, argument);
    this.#observer?.joined(thread, result, event, argument, this.#object);
    if (isSelect) return;
    const version = ++words[object + Head.VERSION];
    this.record(thread, event, words[object + Head.ID], version, argument, site);
  }

  /** One case of the thread's select is completed by a step of another's, which withdraws the others. */
  #settle(
    thread: ModelThread,
    node: Address,
    result: number,
    event: EventKind,
    argument: number,
  ): void {
    const { words } = this;
    const { object: at, site } = thread.next;
    const parts: number[] = [];
    const add = (row: Address, came: number, what: EventKind, told: number): void => {
      const object = words[row + CaseWord.OBJECT] as Address;
      const operation = words[row + CaseWord.OPERATION];
      const asked = { operation, a: words[row + CaseWord.A], b: words[row + CaseWord.B] };
      this.#observer?.acted?.(thread, object, asked, came, what, told);
      parts.push(what, words[object + Head.ID], ++words[object + Head.VERSION], told);
    };
    this.touchedMore = true;
    select.settle(this, at, thread.id, node, result, (row, withdrawn) =>
      add(row, withdrawn, this.event, this.argument),
    );
    const taken = words[at + SelectWord.TAKEN];
    add(caseAt(at, taken), result, event, argument);
    this.#recordParts(thread, parts, taken, site);
  }

  comeFirst(): void {
    this.#ownVersion = ++this.words[this.#object + Head.VERSION];
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
    if (n <= 1) return 0;
    const isSelect = this.touchedMore;
    return this.#scheduler.choose(n, this.#thread, otherwise, isSelect ? this.#caseOf : undefined);
  }

  readonly #caseOf = (option: number): number =>
    select.askedCase(this.words, this.#threads[this.#thread].next.object, option);

  #letTry(thread: ModelThread): void {
    this.#noted--;
    thread.standing = Standing.RUNNING;
    thread.retries = true;
    this.arriving.push(thread);
  }
}
