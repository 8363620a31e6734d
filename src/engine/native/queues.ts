/**
 * Threads that are blocked, as one thread's gate sees them: each stands in the queue of its object, or watches those of its
 * select. All under the word-locks of the objects concerned, but for waking, which comes when they are free.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { SELECT } from "../../objects/kinds.ts";
import { Head } from "../../objects/object.ts";
import { Park, RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { wake } from "./waking.ts";
import { isWatching, unwatch, watching } from "./watching.ts";

export class Queues {
  readonly #memory: RunMemory;
  readonly #thread: ThreadId;
  readonly #slot: number;
  /** Slots of parked threads to be woken once the word-locks are free. */
  readonly #wake: number[] = [];

  constructor(memory: RunMemory, thread: ThreadId, slot: number) {
    this.#memory = memory;
    this.#thread = thread;
    this.#slot = slot;
  }

  slotOf(thread: ThreadId): number {
    return this.#memory.words[THREAD_TABLE + thread];
  }

  /** This thread is about to wait: nobody has let it go on yet. */
  beginWait(at: Address, operation: number, site: SiteId): void {
    const { words } = this.#memory;
    const slot = this.#slot;
    words[slot + SlotWord.WAIT_OBJECT] = at;
    words[slot + SlotWord.WAIT_OPERATION] = operation;
    words[slot + SlotWord.WAIT_SITE] = site;
    Atomics.store(words, slot + SlotWord.PARK, Park.BLOCKED);
  }

  enqueue(at: Address, operation: number, site: SiteId, atEnd: boolean): void {
    const { words } = this.#memory;
    const slot = this.#slot;
    this.beginWait(at, operation, site);
    const me = this.#thread + 1;
    const last = words[at + Head.QUEUE_LAST];
    if (last === 0) {
      words[slot + SlotWord.NEXT] = 0;
      words[at + Head.QUEUE_FIRST] = me;
      words[at + Head.QUEUE_LAST] = me;
    } else if (atEnd) {
      words[slot + SlotWord.NEXT] = 0;
      words[this.slotOf((last - 1) as ThreadId) + SlotWord.NEXT] = me;
      words[at + Head.QUEUE_LAST] = me;
    } else {
      // It was first once, and somebody barged: it keeps its place.
      words[slot + SlotWord.NEXT] = words[at + Head.QUEUE_FIRST]!;
      words[at + Head.QUEUE_FIRST] = me;
    }
  }

  /** Takes `thread` out of where it waits, `at`; whether it stood there. */
  dequeue(at: Address, thread: ThreadId): boolean {
    const { words } = this.#memory;
    if (words[at + Head.KIND] === SELECT) {
      words[this.slotOf(thread) + SlotWord.WAIT_OBJECT] = 0;
      const waits = isWatching(words, at);
      if (waits) unwatch(words, at);
      return waits;
    }
    let before = 0;
    for (let here = words[at + Head.QUEUE_FIRST]; here !== 0;) {
      const slot = this.slotOf((here - 1) as ThreadId);
      const next = words[slot + SlotWord.NEXT];
      if (here === thread + 1) {
        if (before === 0) words[at + Head.QUEUE_FIRST] = next;
        else words[this.slotOf((before - 1) as ThreadId) + SlotWord.NEXT] = next;
        if (next === 0) words[at + Head.QUEUE_LAST] = before;
        words[slot + SlotWord.WAIT_OBJECT] = 0;
        return true;
      }
      before = here;
      here = next;
    }
    return false;
  }

  release(thread: ThreadId, park: typeof Park.RETRY | typeof Park.DONE): void {
    const { words } = this.#memory;
    const slot = this.slotOf(thread);
    const before = Atomics.exchange(words, slot + SlotWord.PARK, park);
    if (before === Park.PARKED) Atomics.add(words, RunWord.RUNNING, 1);
    if (before === Park.PARKED || before === Park.PARKED_TIMED) this.#wake.push(slot);
  }

  wakeAll(): void {
    const { words } = this.#memory;
    while (this.#wake.length > 0) wake(words, this.#wake.pop()!);
  }

  retryOne(object: Address, operations: number): void {
    this.#retry(object, operations, false);
  }

  retryAll(object: Address, operations: number): void {
    this.#retry(object, operations, true);
  }

  retryThread(object: Address, thread: ThreadId): void {
    if (this.dequeue(object, thread)) this.release(thread, Park.RETRY);
  }

  #retry(object: Address, operations: number, all: boolean): void {
    const { words } = this.#memory;
    for (let here = words[object + Head.QUEUE_FIRST]; here !== 0;) {
      const thread = (here - 1) as ThreadId;
      const slot = this.slotOf(thread);
      const next = words[slot + SlotWord.NEXT];
      if ((operations & (1 << words[slot + SlotWord.WAIT_OPERATION])) !== 0) {
        this.dequeue(object, thread);
        this.release(thread, Park.RETRY);
        if (!all) break;
      }
      here = next;
    }
    if (words[object + Head.WATCHERS] === 0) return;
    // A select may go another way, so that it takes nobody's turn by trying.
    for (const thread of watching(words, object, operations)) this.release(thread, Park.RETRY);
  }
}
