/**
 * A worker that carries many threads (`model=green`): it lets one run until that has to wait, sets it aside, and goes on with
 * another. Threads that were spawned and have not begun stand in a queue of all workers, and whoever has nothing to do takes the
 * next: so they are placed where there is room, and a busy worker loses none of those that it has begun. A thread that has
 * begun stays (its functions and objects lie in this isolate); full migration is the model engine's.
 *
 * - Whoever lets a thread go on pushes it to its worker's list (`waking.ts`); a worker with nothing to do waits for a word that
 *   goes up with each spawn and each wake-up.
 * - A loop that does not wait is interrupted now and then where others of its worker could go on: what it waits for may be
 *   theirs to do, and none of them can go elsewhere.
 *
 * Left out: what a thread is made of (`crew.ts`).
 */
import type { ThreadId } from "../../../base/brand.ts";
import { BLOCKED } from "../../../objects/object.ts";
import type { Suspended } from "../../../protocol/twins.ts";
import { EventKind } from "../../../trace/event.ts";
import { drive, forget, fuel, SUSPENDED } from "../../model/suspension.ts";
import { Park, RunWord, SlotWord, THREAD_TABLE } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import { realNow } from "../real-world.ts";
import { takeSpawn } from "../spawns.ts";
import { takeWoken } from "../waking.ts";
import { Deadlines } from "./deadlines.ts";
import type { GreenThread } from "./green-thread.ts";

/** Edges of loops between two looks whether others could go on: about a millisecond. */
const FUEL = 1 << 16;
/** After so many threads that went on, one that has not begun has its turn. */
const TURNS_EACH = 16;

/** When a thread goes on that was interrupted: at once, as one that yields does; but it did not do so by itself. */
const INTERRUPTED = -1;

/** Who makes threads, and whatever they are asked about as they run. */
export interface Crew {
  /** Which of the run's workers this is, from 0. */
  readonly number: number;
  begin(thread: ThreadId): GreenThread;
  /** From here on it is this thread that runs. */
  enter(thread: GreenThread): void;
  /** All threads of the run have ended: never comes back where it is for this worker to judge. */
  conditions(): void;
}

export class Carrier {
  readonly #memory: RunMemory;
  readonly #crew: Crew;
  /** Where the list of those begins that were woken. */
  readonly #woken: number;
  readonly #ready: GreenThread[] = [];
  readonly #deadlines = new Deadlines<{ readonly thread: GreenThread; readonly wait: number }>();
  /** By slot: those that are set aside. */
  readonly #waiting = new Map<number, GreenThread>();
  /** By thread: how often it has been set aside, so that an old deadline is known as one. */
  readonly #waits = new Map<GreenThread, number>();
  #running: GreenThread | undefined;
  #turns = 0;

  constructor(memory: RunMemory, crew: Crew, woken: number) {
    this.#memory = memory;
    this.#crew = crew;
    this.#woken = woken;
  }

  /** `first`: the thread that this worker is for, if any. */
  run(first: ThreadId | undefined): never {
    drive({
      edge: () => this.#edge(),
      turns: () => undefined,
      pause: () => undefined,
    });
    forget();
    if (first !== undefined) this.#begin(first);
    for (;;) {
      const seen = Atomics.load(this.#memory.words, RunWord.SPAWNS);
      this.#takeWoken();
      this.#takeLate();
      if (this.#goOnWithSomebody()) continue;
      if (Atomics.load(this.#memory.words, RunWord.CONDITIONS) === 1) this.#crew.conditions();
      const left = this.#deadlines.first - realNow();
      if (left > 0) Atomics.wait(this.#memory.words, RunWord.SPAWNS, seen, left);
    }
  }

  /** A loop has passed as many edges as it was given. */
  #edge(): void | Suspended {
    fuel.left = FUEL;
    const { words } = this.#memory;
    const isAlone =
      this.#ready.length === 0 &&
      Atomics.load(words, this.#woken) === 0 &&
      Atomics.load(words, RunWord.PENDING_FIRST) === 0 &&
      this.#deadlines.first > realNow();
    if (isAlone || this.#running === undefined) return;
    this.#running.until = INTERRUPTED;
    return SUSPENDED;
  }

  #goOnWithSomebody(): boolean {
    const isTurn = ++this.#turns % TURNS_EACH === 0;
    const next = isTurn ? undefined : this.#ready.shift();
    if (next !== undefined) {
      this.#resume(next, Atomics.load(this.#memory.words, next.slot + SlotWord.PARK));
      return true;
    }
    const spawned = takeSpawn(this.#memory);
    if (spawned === -1) return this.#ready.length > 0;
    this.#begin(spawned);
    return true;
  }

  #begin(id: ThreadId): void {
    const thread = this.#crew.begin(id);
    const slot = this.#memory.fresh()[THREAD_TABLE + id];
    this.#memory.words[slot + SlotWord.CARRIER] = this.#woken;
    this.#goOn(thread, undefined);
  }

  #takeWoken(): void {
    const words = this.#memory.fresh();
    if (Atomics.load(words, this.#woken) === 0) return;
    for (const slot of takeWoken(words, this.#woken).reverse()) {
      const thread = this.#waiting.get(slot);
      if (thread !== undefined) this.#ready.push(thread);
    }
  }

  /** Those whose time is up. */
  #takeLate(): void {
    if (this.#deadlines.first === Infinity) return;
    const now = realNow();
    for (let late = this.#deadlines.take(now); late; late = this.#deadlines.take(now)) {
      const { thread, wait } = late;
      if (this.#waits.get(thread) !== wait || !this.#waiting.has(thread.slot)) continue;
      if (thread.blocked === undefined) this.#ready.push(thread);
      else if (this.#isParked(thread)) this.#resume(thread, Park.PARKED_TIMED);
    }
  }

  /** Nobody has let it go on: whoever does now comes too late or finds it gone, under the word-lock. */
  #isParked({ slot }: GreenThread): boolean {
    return Atomics.load(this.#memory.words, slot + SlotWord.PARK) === Park.PARKED_TIMED;
  }

  #resume(thread: GreenThread, park: number): void {
    if (thread.blocked === undefined) {
      this.#crew.enter(thread);
      thread.wakes();
      return this.#goOn(thread, 0);
    }
    this.#crew.enter(thread);
    const result = thread.again(park);
    if (result !== BLOCKED) return this.#goOn(thread, result);
    // A time-out that came second leaves it in the list of those that were woken.
    if (park !== Park.PARKED_TIMED) this.#setAside(thread);
  }

  #goOn(thread: GreenThread, value: unknown): void {
    this.#waiting.delete(thread.slot);
    thread.blocked = undefined;
    thread.until = Infinity;
    fuel.left = FUEL;
    this.#crew.enter(thread);
    thread.mark(EventKind.onCore, this.#crew.number);
    this.#running = thread;
    const isOver = thread.stack.goOn(value);
    this.#running = undefined;
    if (isOver) this.#waits.delete(thread);
    else this.#setAside(thread);
  }

  /** It cannot go on: as soon as somebody lets it, it will be in the list. */
  #setAside(thread: GreenThread): void {
    const { words } = this.#memory;
    const { slot, until } = thread;
    this.#waiting.set(slot, thread);
    const wait = (this.#waits.get(thread) ?? 0) + 1;
    this.#waits.set(thread, wait);
    if (thread.blocked === undefined) {
      if (until <= 0) {
        thread.mark(EventKind.offCore, this.#crew.number, until === INTERRUPTED ? 0 : 1);
        this.#ready.push(thread);
      } else this.#deadlines.add(until, { thread, wait });
      return;
    }
    const parked = until === Infinity ? Park.PARKED : Park.PARKED_TIMED;
    const before = Atomics.compareExchange(words, slot + SlotWord.PARK, Park.BLOCKED, parked);
    if (before !== Park.BLOCKED) this.#ready.push(thread);
    else if (until === Infinity) Atomics.sub(words, RunWord.RUNNING, 1);
    else this.#deadlines.add(until, { thread, wait });
  }
}
