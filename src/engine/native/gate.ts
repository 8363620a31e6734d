/**
 * The gate through which every operation of a native thread goes: takes the word-locks of its objects, lets the state
 * machine step, stamps and records what happened, wakes whom it freed, and parks the thread when it can't go on.
 *
 * - Word-locks (`word-locks.ts`) are held for a step and a clock reading; nothing is allocated or recorded under them.
 * - A thread that is blocked stands in the queue of the object. Whoever lets it go on takes it out, writes what it shall
 *   do (`Park`) and wakes it (`parking.ts`). A time-out and a wake-up that meet are settled under the word-lock.
 * - A select stands in no queue but watches all its objects (`watching.ts`). Its step is several operations at once, each
 *   stamped and recorded by its own.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { KINDS, SELECT, select } from "../../objects/kinds.ts";
import { BLOCKED, Head, Outlook, type Turn } from "../../objects/object.ts";
import { caseAt, CaseWord, SelectWord } from "../../objects/select.ts";
import { EventKind } from "../../trace/event.ts";
import { Baton } from "./control/baton.ts";
import { Go, Standing } from "./control/words.ts";
import { Park, RunWord, SlotWord } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import type { Blocked, Waiting } from "./green/waiting.ts";
import { Parking } from "./parking.ts";
import { Queues } from "./queues.ts";
import { realNow } from "./real-world.ts";
import type { Recorder } from "./recorder.ts";
import { keepWithdrawn, StepParts } from "./step-parts.ts";
import { isWatching, watch } from "./watching.ts";
import { WordLocks } from "./word-locks.ts";

const STEPS = KINDS.map((kind) => kind.step);
const PARTNERS = KINDS.map((kind) => kind.partner);
const TWO_32 = 2 ** 32;
const HIGH = 2 ** -32;

export class Gate implements Turn {
  readonly #memory: RunMemory;
  readonly #recorder: Recorder;
  readonly #thread: ThreadId;
  /** What its word-locks hold. */
  readonly #mine: number;
  readonly #slot: number;
  readonly #parking: Parking;
  readonly #locks: WordLocks;
  readonly #queues: Queues;
  /** In a controlled run, until the thread leaves. */
  #baton: Baton | undefined;

  /** Who waits in the thread's place, where it is one of many in its worker. */
  waiting: Waiting | undefined;
  words: Int32Array;
  site = 0 as SiteId;
  low = 0;
  high = 0;
  event: EventKind = EventKind.query;
  argument = 0;

  /** Objects of the step under way. */
  #object = 0;
  /** Of an operation that comes before those it completes; 0 for another. */
  #ownVersion = 0;
  #ownTime = 0;
  /** Of a step that is made of several operations, until they are recorded. */
  readonly #parts = new StepParts();

  constructor(
    memory: RunMemory,
    recorder: Recorder,
    thread: ThreadId,
    slot: number,
    cores: number,
  ) {
    this.#memory = memory;
    this.#recorder = recorder;
    this.#thread = thread;
    this.#mine = thread + 1;
    this.#slot = slot;
    this.#parking = new Parking(memory, slot, cores);
    this.#locks = new WordLocks(memory, this.#parking, this.#mine);
    this.#queues = new Queues(memory, thread, slot);
    this.words = memory.words;
    this.#baton = memory.words[RunWord.CONTROL] === 0 ? undefined : new Baton(memory, slot);
  }

  /** Performs an operation, blocking until it goes through or, after `timeoutMs`, is cancelled. */
  perform(
    at: Address,
    operation: number,
    a: number,
    b: number,
    site: SiteId,
    timeoutMs: number,
  ): number {
    if (this.#baton !== undefined)
      return this.#performInTurn(this.#baton, at, operation, a, b, site, timeoutMs);
    const { low, high } = this;
    const result = this.#step(at, operation, a, b, site, true);
    if (result !== BLOCKED) return result;
    const deadline = timeoutMs === Infinity ? Infinity : realNow() + timeoutMs;
    const blocked = { at, operation, a, b, site, low, high, deadline };
    return this.waiting?.block(blocked) ?? this.#block(blocked);
  }

  /** Waits for its turn, as often as it takes. */
  #block(blocked: Blocked): number {
    for (;;) {
      const result = this.again(blocked, this.#parking.wait(blocked.deadline));
      if (result !== BLOCKED) return result;
    }
  }

  /** What has been blocked may go on, as `park` says, or its time is up: its result, or `BLOCKED`. */
  again({ at, operation, a, b, site, low, high }: Blocked, park: number): number {
    if (park === Park.DONE) return this.#takeCompleted(at, site);
    this.low = low;
    this.high = high;
    if (park === Park.RETRY) return this.#step(at, operation, a, b, site, false);
    return this.#cancel(at, operation, a, b, site);
  }

  /** The same in a controlled run: before each step, and while it is blocked, the thread stands until it is let on. */
  #performInTurn(
    baton: Baton,
    at: Address,
    operation: number,
    a: number,
    b: number,
    site: SiteId,
    timeoutMs: number,
  ): number {
    const { low, high } = this;
    baton.begin(at, operation, a, b, site, low, high);
    this.#tellBlocked(at, operation, a, b, site);
    const order = baton.stand(Standing.BEFORE, timeoutMs);
    this.low = low;
    this.high = high;
    this.site = site;
    if (order === Go.TIMED_OUT) return this.#cancelStep(at, operation, a, b, site);
    let result = this.#step(at, operation, a, b, site, true);
    // Whoever may try again does so at once, as that is no choice; a select, when it is let to.
    const park = this.#slot + SlotWord.PARK;
    const standing = this.words[at + Head.KIND] === SELECT ? Standing.SELECTS : Standing.NOTED;
    while (result === BLOCKED) {
      const next = baton.stand(standing, timeoutMs);
      if (Atomics.load(this.words, park) === Park.DONE) return this.#takeCompleted(at, site);
      this.low = low;
      this.high = high;
      this.site = site;
      if (next === Go.TIMED_OUT) {
        // That a select was let to try again means nothing here: it was not let on.
        if (standing === Standing.SELECTS) Atomics.store(this.words, park, Park.BLOCKED);
        return this.#cancel(at, operation, a, b, site);
      }
      result = this.#step(at, operation, a, b, site, false);
    }
    return result;
  }

  #step(
    at: Address,
    operation: number,
    a: number,
    b: number,
    site: SiteId,
    first: boolean,
  ): number {
    const memory = this.#memory;
    let { words } = memory;
    const kind = words[at + Head.KIND];
    if (kind === SELECT) return this.#selectStep(at, operation, a, site, first);
    const partnerOf = PARTNERS[kind];
    const partner = partnerOf === undefined ? 0 : partnerOf(operation, a, b);
    if (partner !== 0) this.#locks.takeBoth(at, partner);
    else if (Atomics.compareExchange(words, at, 0, this.#mine) !== 0) this.#locks.contend(at);
    if (words[RunWord.LENGTH] !== words.length || words !== this.words) words = this.#refresh();
    if (words[at + Head.WATCHERS] !== 0) words = this.#lockSelects(at);
    this.site = site;
    this.#object = at;
    this.#ownVersion = 0;
    const result = STEPS[kind](this, at, operation, this.#thread, a, b);
    if (result === BLOCKED) {
      this.#queues.enqueue(at, operation, site, first);
      // Stamped like an operation, so that whoever lets this thread go on does so later by every clock.
      const time = first && this.#recorder.traced ? this.#stamp(at) : 0;
      this.#unlock(at, partner);
      this.#queues.wakeAll();
      if (first) {
        const id = words[at + Head.ID];
        this.#recorder.record(time, EventKind.block, id, operation + 1, this.argument, site);
      }
      return BLOCKED;
    }
    this.#finish(at, partner, site);
    return result;
  }

  /** The same for a select, which stands in no queue. */
  #selectStep(at: Address, operation: number, a: number, site: SiteId, first: boolean): number {
    this.#locks.takeAll(at);
    const words = this.#refresh();
    // Somebody may have completed it since it was let to try again.
    if (!first && Atomics.load(words, this.#slot + SlotWord.PARK) === Park.DONE) {
      this.#locks.releaseAll();
      return this.#takeCompleted(at, site);
    }
    this.site = site;
    const result = select.step(this, at, operation, this.#thread, a, 0);
    if (result !== BLOCKED) {
      if (!first) this.#queues.dequeue(at, this.#thread);
      this.#finishParts(at, site);
      return result;
    }
    this.#queues.beginWait(at, operation, site);
    if (!isWatching(words, at)) watch(words, at);
    const [awaited = -1] = first ? select.waitsFor(words, at, operation, this.#thread) : [];
    const time = first && this.#recorder.traced ? this.#stamp(select.objectAt(words, at, 0)) : 0;
    this.#locks.releaseAll();
    if (first) this.#tellSelects(at, time, awaited, site);
    return BLOCKED;
  }

  /** A select that is blocked is told by its first case. */
  #tellSelects(at: Address, time: number, awaited: number, site: SiteId): void {
    const { words } = this;
    const row = caseAt(at, 0);
    const id = words[words[row + CaseWord.OBJECT] + Head.ID];
    const operation = words[row + CaseWord.OPERATION];
    this.#recorder.record(time, EventKind.block, id, operation + 1, awaited, site);
  }

  /** With selects that have left their notes at it, more word-locks than that of `at`. */
  #lockSelects(at: Address): Int32Array {
    if (!this.#locks.meetsSelects(this.words, at)) return this.words;
    this.#unlock(at, 0);
    this.#locks.takeAll(at);
    return this.#refresh();
  }

  /** Records that a thread in a controlled run will have to wait: it will not even step before it can go on. */
  #tellBlocked(at: Address, operation: number, a: number, b: number, site: SiteId): void {
    if (!this.#recorder.traced) return;
    this.#memory.refresh();
    const { words } = this.#memory;
    this.words = words;
    const kind = KINDS[words[at + Head.KIND]];
    if (kind.outlook(words, at, operation, a, b) !== Outlook.WAITS) return;
    const [awaited = -1] = kind.waitsFor(words, at, operation, this.#thread);
    if (kind === select) {
      const time = this.#stamp(select.objectAt(words, at, 0));
      return this.#tellSelects(at, time, awaited, site);
    }
    const id = words[at + Head.ID];
    this.#recorder.record(this.#stamp(at), EventKind.block, id, operation + 1, awaited, site);
  }

  /** Gives the operation its place in the object's order, frees the word-locks and records it. */
  #finish(at: Address, partner: number, site: SiteId): void {
    const { words } = this;
    const recorder = this.#recorder;
    let version = this.#ownVersion;
    let time = this.#ownTime;
    if (version === 0) {
      version = ++words[at + Head.VERSION];
      if (recorder.traced) time = this.#stamp(at);
    }
    this.#unlock(at, partner);
    this.#queues.wakeAll();
    if (!recorder.traced) return;
    recorder.record(time, this.event, words[at + Head.ID], version, this.argument, site);
  }

  /** The same for a step that was made of several operations, each of which has its place already. */
  #finishParts(at: Address, site: SiteId): void {
    this.#locks.releaseAll();
    this.#queues.wakeAll();
    this.#parts.record(this.#recorder, this.words[at + SelectWord.TAKEN], site);
  }

  /** The time of an operation on the object: not before the one before it, whatever another thread's clock said. */
  #stamp(at: number): number {
    const { words } = this;
    const last = words[at + Head.TIME_HIGH] * TWO_32 + (words[at + Head.TIME_LOW] >>> 0);
    this.#recorder.notBefore(last);
    const time = this.#recorder.now();
    words[at + Head.TIME_LOW] = time | 0;
    words[at + Head.TIME_HIGH] = (time * HIGH) | 0;
    return time;
  }

  #takeCompleted(at: Address, site: SiteId): number {
    // The result may be an address from memory that grew while this thread slept.
    this.#memory.refresh();
    const { words } = this;
    const slot = this.#slot;
    const time =
      words[slot + SlotWord.RESULT_TIME_HIGH] * TWO_32 +
      (words[slot + SlotWord.RESULT_TIME_LOW] >>> 0);
    this.#recorder.notBefore(time);
    if (words[at + Head.KIND] === SELECT) return this.#takeSelected(at, time, site);
    this.#recorder.record(
      time,
      words[slot + SlotWord.RESULT_EVENT] as EventKind,
      words[at + Head.ID],
      words[slot + SlotWord.RESULT_VERSION],
      words[slot + SlotWord.RESULT_ARGUMENT],
      site,
    );
    return words[slot + SlotWord.RESULT];
  }

  /** The same for a select: with the notes that were withdrawn. */
  #takeSelected(at: Address, time: number, site: SiteId): number {
    const { words } = this;
    const parts = this.#parts;
    const slot = this.#slot;
    parts.addWithdrawn(words, at);
    const taken = words[at + SelectWord.TAKEN];
    const id = words[words[caseAt(at, taken) + CaseWord.OBJECT] + Head.ID];
    const event = words[slot + SlotWord.RESULT_EVENT] as EventKind;
    const version = words[slot + SlotWord.RESULT_VERSION];
    parts.add(time, event, id, version, words[slot + SlotWord.RESULT_ARGUMENT]);
    parts.record(this.#recorder, taken, site);
    return taken;
  }

  /** The time is up: `BLOCKED` if the thread was woken meanwhile, which then counts. */
  #cancel(at: Address, operation: number, a: number, b: number, site: SiteId): number {
    this.#lock(at);
    const { words } = this;
    const park = Atomics.load(words, this.#slot + SlotWord.PARK);
    if (park === Park.RETRY || park === Park.DONE) {
      this.#unlock(at, 0);
      return BLOCKED;
    }
    this.#queues.dequeue(at, this.#thread);
    return this.#cancelHeld(at, operation, a, b, site);
  }

  /** The same for a thread that never stepped: it stands in no queue. */
  #cancelStep(at: Address, operation: number, a: number, b: number, site: SiteId): number {
    this.#lock(at);
    return this.#cancelHeld(at, operation, a, b, site);
  }

  #cancelHeld(at: Address, operation: number, a: number, b: number, site: SiteId): number {
    this.#object = at;
    this.#ownVersion = 0;
    this.site = site;
    const kind = KINDS[this.words[at + Head.KIND]];
    const result = kind.cancel(this, at, operation, this.#thread, a, b);
    if (kind === select) this.#finishParts(at, site);
    else this.#finish(at, 0, site);
    return result;
  }

  // ---- word-locks

  #lock(at: Address): void {
    if (this.#memory.words[at + Head.KIND] === SELECT) this.#locks.takeAll(at);
    else this.#locks.take(at);
    this.#refresh();
  }

  /** Addresses that other threads made come in with a word-lock. */
  #refresh(): Int32Array {
    this.#memory.refresh();
    return (this.words = this.#memory.words);
  }

  #unlock(at: number, partner: number): void {
    if (this.#locks.areMany) return this.#locks.releaseAll();
    Atomics.store(this.words, at, 0);
    if (partner !== 0) Atomics.store(this.words, partner, 0);
  }

  // ---- Turn

  complete(
    thread: ThreadId,
    result: number,
    event: EventKind,
    argument: number,
    node = 0 as Address,
  ): void {
    const { words } = this;
    const slot = this.#queues.slotOf(thread);
    let at = words[slot + SlotWord.WAIT_OBJECT] as Address;
    this.#queues.dequeue(at, thread);
    if (words[at + Head.KIND] === SELECT) {
      select.settle(this, at, thread, node, result, this.#withdrew);
      at = select.objectAt(words, at, words[at + SelectWord.TAKEN]);
    }
    words[slot + SlotWord.RESULT] = result;
    words[slot + SlotWord.RESULT_EVENT] = event;
    words[slot + SlotWord.RESULT_ARGUMENT] = argument;
    words[slot + SlotWord.RESULT_VERSION] = ++words[at + Head.VERSION];
    if (this.#recorder.traced) {
      const time = this.#stamp(at);
      words[slot + SlotWord.RESULT_TIME_LOW] = time | 0;
      words[slot + SlotWord.RESULT_TIME_HIGH] = (time * HIGH) | 0;
    }
    this.#queues.release(thread, Park.DONE);
  }

  readonly #withdrew = (row: Address): void => {
    const at = this.words[row + CaseWord.OBJECT];
    const version = ++this.words[at + Head.VERSION];
    const time = this.#recorder.traced ? this.#stamp(at) : 0;
    keepWithdrawn(this.words, row, time, this.event, version, this.argument);
  };

  actOn(object: Address): void {
    this.#object = object;
    this.#ownVersion = 0;
  }

  acted(_operation: number, _a: number, _b: number, result: number): void {
    if (result === BLOCKED) return;
    const { words } = this;
    const at = this.#object;
    let version = this.#ownVersion;
    let time = this.#ownTime;
    if (version === 0) {
      version = ++words[at + Head.VERSION];
      if (this.#recorder.traced) time = this.#stamp(at);
    }
    this.#parts.add(time, this.event, words[at + Head.ID], version, this.argument);
  }

  looked(): void {
    // That is for who explores, and on real threads nobody does.
  }

  comeFirst(): void {
    if (this.#recorder.traced) this.#ownTime = this.#stamp(this.#object);
    this.#ownVersion = ++this.words[this.#object + Head.VERSION];
  }

  retryOne(object: Address, operations: number): void {
    this.#queues.retryOne(object, operations);
  }

  retryAll(object: Address, operations: number): void {
    this.#queues.retryAll(object, operations);
  }

  retryThread(object: Address, thread: ThreadId): void {
    this.#queues.retryThread(object, thread);
  }

  /** A free run lets the hardware choose; where a state machine must, it takes the one that waited longest. */
  choose(n: number, otherwise = 0): number {
    if (n === 1) return 0;
    return this.#baton === undefined ? otherwise : this.#baton.choose(n, otherwise);
  }

  // ---- time

  /** How often the thread has blocked so far. */
  get blocks(): number {
    return this.#parking.blocks;
  }

  /** Blocks for so long. */
  sleep(ms: number, site: SiteId): void {
    if (this.#baton !== undefined) {
      this.#baton.begin(0, 0, 0, 0, site);
      this.#baton.stand(Standing.SLEEPS, ms);
      return;
    }
    this.#parking.sleep(ms);
  }

  /** Lets others get on. */
  yieldNow(site: SiteId): void {
    if (this.#baton === undefined) return this.nap();
    this.#baton.begin(0, 0, 0, 0, site);
    this.#baton.stand(Standing.YIELDS, Infinity);
  }

  /** Lets another thread get on that holds a word this one spins for. */
  nap(): void {
    this.#parking.nap();
  }

  /** In a controlled run whose stacks are looked at: writes this thread's down, and answers where. */
  tellStacks(stack: () => number): void {
    if (this.#baton !== undefined) this.#baton.stack = stack;
  }

  /** The thread is over; what it still performs (a condition's look at an atomic) is nobody's turn. */
  leave(): void {
    this.#baton?.leave();
    this.#baton = undefined;
  }
}
