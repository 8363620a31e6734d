/**
 * What has raced so far in a native run that is stepped, and what would: each time before somebody is picked, what the threads
 * have recorded since is read where it lies, in their rings. All of them stand then, and whoever went made one operation.
 *
 * The collector drains the rings meanwhile, which changes nothing of the records, but gives back the ring of a thread that has ended:
 * its end, the one thing that it did since the look before, is told without it. Left out: what a thread recorded before its last few
 * thousand records, if it made as many marks between two operations.
 */
import type { ThreadId } from "../../../base/brand.ts";
import { KINDS } from "../../../objects/kinds.ts";
import { Head } from "../../../objects/object.ts";
import { thread as threadKind, ThreadOperation } from "../../../objects/thread.ts";
import { EventKind } from "../../../trace/event.ts";
import type { HappenedEvent } from "../../../trace/happens-before.ts";
import { RingTail } from "../../../trace/ring-tail.ts";
import type { Candidate } from "../../scheduler.ts";
import { RaceMarks } from "../../stepping/race-marks.ts";
import { RING_CAPACITY, SlotWord, THREAD_TABLE } from "../layout.ts";
import type { RunMemory } from "../memory.ts";

export class RecordedRaces {
  readonly #memory: RunMemory;
  readonly #marks = new RaceMarks();
  readonly #tails: RingTail[] = [];
  #picked: ThreadId | -1 = -1;

  constructor(memory: RunMemory) {
    this.#memory = memory;
  }

  /** Somebody is about to be picked of so many threads: takes what was done since. */
  look(threads: number): void {
    const own: HappenedEvent[] = [];
    const handed: HappenedEvent[] = [];
    const others: HappenedEvent[] = [];
    for (let id = 0; id < threads; id++) {
      this.#tail(id)?.read((event) => {
        // What others handed over comes before it is taken.
        if (id === this.#picked) own.push(event);
        else (event.kind === EventKind.send ? handed : others).push(event);
      });
    }
    for (const event of [...handed, ...own, ...others]) this.#marks.take(event);
  }

  /** This operation is going to be made. */
  picked({ thread, object, operation }: Candidate): void {
    this.#picked = thread;
    const { words } = this.#memory;
    if (object === 0 || operation !== ThreadOperation.END) return;
    if (KINDS[words[object + Head.KIND]] !== threadKind) return;
    const end = { thread, kind: EventKind.threadEnd, object: words[object + Head.ID] };
    this.#marks.take({ ...end, argument: 0, partner: 0 });
  }

  wouldRace(candidate: Candidate): boolean {
    return this.#marks.wouldRace(this.#memory.words, candidate);
  }

  #tail(id: number): RingTail | undefined {
    const { words } = this.#memory;
    const slot = words[THREAD_TABLE + id];
    if (slot === 0 || words[slot + SlotWord.ENDED] === 1) return undefined;
    const ring = words[slot + SlotWord.RING];
    if (ring === 0) return undefined;
    return (this.#tails[id] ??= new RingTail(() => this.#memory.words, ring, RING_CAPACITY));
  }
}
