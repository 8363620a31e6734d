/**
 * The gate through which every operation of a native thread goes: takes the word-locks of its objects, lets the state
 * machine step, stamps and records what happened, wakes whom it freed, and parks the thread when it can't go on.
 *
 * - Word-locks are taken in order of address, so that no two threads wait for each other here. They are held for a step
 *   and a clock reading; nothing is allocated or recorded under them.
 * - A thread that is blocked stands in the queue of the object. Whoever lets it go on takes it out, writes what it shall
 *   do (`Park`) and wakes it (`parking.ts`). A time-out and a wake-up that meet are settled under the word-lock.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { KINDS } from "../../objects/kinds.ts";
import { BLOCKED, Head, Outlook, type Turn } from "../../objects/object.ts";
import { EventKind } from "../../trace/event.ts";
import { Baton } from "./control/baton.ts";
import { Go, Standing } from "./control/words.ts";
import { Park, RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { Parking } from "./parking.ts";
import { realNow } from "./real-world.ts";
import type { Recorder } from "./recorder.ts";

const STEPS = KINDS.map((kind) => kind.step);
const PARTNERS = KINDS.map((kind) => kind.partner);
const TWO_32 = 2 ** 32;
const HIGH = 2 ** -32;
/** How often a word-lock is tried before the thread naps. */
const LOCK_SPINS = 200;

export class Gate implements Turn {
  readonly #memory: RunMemory;
  readonly #recorder: Recorder;
  readonly #thread: ThreadId;
  /** What its word-locks hold. */
  readonly #mine: number;
  readonly #slot: number;
  readonly #parking: Parking;
  /** In a controlled run, until the thread leaves. */
  #baton: Baton | undefined;

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
  /** Slots of parked threads to be woken once the word-locks are free. */
  readonly #wake: number[] = [];

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
    return this.#block(at, operation, a, b, site, timeoutMs, low, high);
  }

  /** Waits for its turn, as often as it takes. */
  #block(
    at: Address,
    operation: number,
    a: number,
    b: number,
    site: SiteId,
    timeoutMs: number,
    low: number,
    high: number,
  ): number {
    const deadline = timeoutMs === Infinity ? Infinity : realNow() + timeoutMs;
    for (;;) {
      const park = this.#parking.wait(deadline);
      if (park === Park.DONE) return this.#takeCompleted(at, site);
      this.low = low;
      this.high = high;
      if (park === Park.RETRY) {
        const again = this.#step(at, operation, a, b, site, false);
        if (again !== BLOCKED) return again;
      } else {
        const cancelled = this.#cancel(at, operation, a, b, site);
        if (cancelled !== BLOCKED) return cancelled;
      }
    }
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
    // Whoever may try again does so at once: that is no choice.
    while (result === BLOCKED) {
      const next = baton.stand(Standing.NOTED, timeoutMs);
      if (Atomics.load(this.words, this.#slot + SlotWord.PARK) === Park.DONE)
        return this.#takeCompleted(at, site);
      this.low = low;
      this.high = high;
      this.site = site;
      if (next === Go.TIMED_OUT) return this.#cancel(at, operation, a, b, site);
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
    const partnerOf = PARTNERS[kind];
    const partner = partnerOf === undefined ? 0 : partnerOf(operation, a, b);
    if (partner !== 0) this.#lockBoth(at, partner);
    else if (Atomics.compareExchange(words, at, 0, this.#mine) !== 0) this.#contend(at);
    if (words[RunWord.LENGTH] !== words.length || words !== this.words) words = this.#refresh();
    this.site = site;
    this.#object = at;
    this.#ownVersion = 0;
    const result = STEPS[kind](this, at, operation, this.#thread, a, b);
    if (result === BLOCKED) {
      this.#enqueue(at, operation, site, first);
      // Stamped like an operation, so that whoever lets this thread go on does so later by every clock.
      const time = first && this.#recorder.traced ? this.#stamp(at) : 0;
      this.#unlock(at, partner);
      this.#wakeAll();
      if (first) {
        const id = words[at + Head.ID];
        this.#recorder.record(time, EventKind.block, id, operation + 1, this.argument, site);
      }
      return BLOCKED;
    }
    this.#finish(at, partner, site);
    return result;
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
    if (this.#wake.length > 0) this.#wakeAll();
    if (!recorder.traced) return;
    recorder.record(time, this.event, words[at + Head.ID], version, this.argument, site);
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

  /** The time is up: `BLOCKED` if the thread was woken meanwhile, which then counts. */
  #cancel(at: Address, operation: number, a: number, b: number, site: SiteId): number {
    this.#lock(at);
    const { words } = this;
    this.site = site;
    const park = Atomics.load(words, this.#slot + SlotWord.PARK);
    if (park === Park.RETRY || park === Park.DONE) {
      this.#unlock(at, 0);
      return BLOCKED;
    }
    this.#dequeue(at, this.#thread);
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
    const kind = KINDS[this.words[at + Head.KIND]];
    const result = kind.cancel(this, at, operation, this.#thread, a, b);
    this.#finish(at, 0, site);
    return result;
  }

  // ---- word-locks

  #lock(at: number): void {
    this.#acquire(at);
    this.#refresh();
  }

  #lockBoth(at: number, partner: number): void {
    this.#acquire(Math.min(at, partner));
    this.#acquire(Math.max(at, partner));
  }

  /** Addresses that other threads made come in with a word-lock. */
  #refresh(): Int32Array {
    this.#memory.refresh();
    return (this.words = this.#memory.words);
  }

  #acquire(at: number): void {
    if (Atomics.compareExchange(this.#memory.words, at, 0, this.#mine) !== 0) this.#contend(at);
  }

  #contend(at: number): void {
    const { words } = this.#memory;
    let spins = 0;
    while (Atomics.compareExchange(words, at, 0, this.#mine) !== 0) {
      // Whoever holds it has been interrupted in the middle: let it run.
      if (++spins > LOCK_SPINS) this.#parking.nap();
    }
  }

  #unlock(at: number, partner: number): void {
    Atomics.store(this.words, at, 0);
    if (partner !== 0) Atomics.store(this.words, partner, 0);
  }

  // ---- queues; all under the object's word-lock

  #enqueue(at: Address, operation: number, site: SiteId, atEnd: boolean): void {
    const { words } = this;
    const slot = this.#slot;
    words[slot + SlotWord.WAIT_OBJECT] = at;
    words[slot + SlotWord.WAIT_OPERATION] = operation;
    words[slot + SlotWord.WAIT_SITE] = site;
    Atomics.store(words, slot + SlotWord.PARK, Park.BLOCKED);
    const me = this.#thread + 1;
    const last = words[at + Head.QUEUE_LAST];
    if (last === 0) {
      words[slot + SlotWord.NEXT] = 0;
      words[at + Head.QUEUE_FIRST] = me;
      words[at + Head.QUEUE_LAST] = me;
    } else if (atEnd) {
      words[slot + SlotWord.NEXT] = 0;
      words[this.#slotOf(last) + SlotWord.NEXT] = me;
      words[at + Head.QUEUE_LAST] = me;
    } else {
      // It was first once, and somebody barged: it keeps its place.
      words[slot + SlotWord.NEXT] = words[at + Head.QUEUE_FIRST]!;
      words[at + Head.QUEUE_FIRST] = me;
    }
  }

  #slotOf(threadPlusOne: number): number {
    return this.words[THREAD_TABLE + threadPlusOne - 1];
  }

  /** Takes `thread` out of the object's queue; whether it stood there. */
  #dequeue(at: number, thread: ThreadId): boolean {
    const { words } = this;
    let before = 0;
    for (let here = words[at + Head.QUEUE_FIRST]; here !== 0;) {
      const slot = this.#slotOf(here);
      const next = words[slot + SlotWord.NEXT];
      if (here === thread + 1) {
        if (before === 0) words[at + Head.QUEUE_FIRST] = next;
        else words[this.#slotOf(before) + SlotWord.NEXT] = next;
        if (next === 0) words[at + Head.QUEUE_LAST] = before;
        words[slot + SlotWord.WAIT_OBJECT] = 0;
        return true;
      }
      before = here;
      here = next;
    }
    return false;
  }

  #release(threadPlusOne: number, park: typeof Park.RETRY | typeof Park.DONE): void {
    const { words } = this;
    const slot = this.#slotOf(threadPlusOne);
    const before = Atomics.exchange(words, slot + SlotWord.PARK, park);
    if (before === Park.PARKED) Atomics.add(words, RunWord.RUNNING, 1);
    if (before !== Park.BLOCKED) this.#wake.push(slot);
  }

  #wakeAll(): void {
    while (this.#wake.length > 0) Atomics.notify(this.words, this.#wake.pop()! + SlotWord.PARK, 1);
  }

  // ---- Turn

  complete(thread: ThreadId, result: number, event: EventKind, argument: number): void {
    const { words } = this;
    const slot = this.#slotOf(thread + 1);
    const at = words[slot + SlotWord.WAIT_OBJECT];
    this.#dequeue(at, thread);
    words[slot + SlotWord.RESULT] = result;
    words[slot + SlotWord.RESULT_EVENT] = event;
    words[slot + SlotWord.RESULT_ARGUMENT] = argument;
    words[slot + SlotWord.RESULT_VERSION] = ++words[at + Head.VERSION];
    if (this.#recorder.traced) {
      const time = this.#stamp(at);
      words[slot + SlotWord.RESULT_TIME_LOW] = time | 0;
      words[slot + SlotWord.RESULT_TIME_HIGH] = (time * HIGH) | 0;
    }
    this.#release(thread + 1, Park.DONE);
  }

  comeFirst(): void {
    if (this.#recorder.traced) this.#ownTime = this.#stamp(this.#object);
    this.#ownVersion = ++this.words[this.#object + Head.VERSION];
  }

  retryOne(object: Address, operations: number): void {
    const { words } = this;
    for (let here = words[object + Head.QUEUE_FIRST]; here !== 0;) {
      const slot = this.#slotOf(here);
      if ((operations & (1 << words[slot + SlotWord.WAIT_OPERATION])) !== 0) {
        this.#dequeue(object, (here - 1) as ThreadId);
        this.#release(here, Park.RETRY);
        return;
      }
      here = words[slot + SlotWord.NEXT]!;
    }
  }

  retryAll(object: Address, operations: number): void {
    const { words } = this;
    for (let here = words[object + Head.QUEUE_FIRST]; here !== 0;) {
      const slot = this.#slotOf(here);
      const next = words[slot + SlotWord.NEXT];
      if ((operations & (1 << words[slot + SlotWord.WAIT_OPERATION])) !== 0) {
        this.#dequeue(object, (here - 1) as ThreadId);
        this.#release(here, Park.RETRY);
      }
      here = next;
    }
  }

  retryThread(object: Address, thread: ThreadId): void {
    if (this.#dequeue(object, thread)) this.#release(thread + 1, Park.RETRY);
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
