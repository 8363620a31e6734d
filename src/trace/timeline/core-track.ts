/**
 * Who was on which core when, and why they left: taken from the `onCore` and `offCore` records of a run that played an
 * execution model. One engine writes all of its records, so those of one core come in order of time.
 *
 * That a thread has to leave is recorded; that it leaves by itself follows from its own records: it waits, sleeps or ends.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Columns } from "../columns.ts";
import { EventKind } from "../event.ts";
import { Numbers } from "./numbers.ts";
import { SpanColumns } from "./spans.ts";

/** Why a thread left its core. */
export const Leaving = {
  /** It is there until the end of what is known. */
  not: 0,
  /** It could have gone on: its quantum was used up, and somebody waited for the core. */
  quantum: 1,
  yielded: 2,
  /** It could not go on; `object` of its span says without what. */
  waits: 3,
  slept: 4,
  ended: 5,
} as const;
export type Leaving = (typeof Leaving)[keyof typeof Leaving];

const NOWHERE = -1;
/** A head may claim any number: so many cores have lanes, even where nobody ever was on them. */
const MOST_IDLE = 256;

export class CoreTrack {
  /** From 0, as records count them. */
  readonly id: number;
  /** Stays on the core, by start, without overlap. `value` is the thread, `object` what it left to wait for, `site` where. */
  readonly spans = new SpanColumns();
  /** A `Leaving` for each span. */
  readonly left = new Numbers();
  /** How often another thread came than the one that was there before. */
  switches = 0;

  constructor(id: number) {
    this.id = id;
  }
}

export class CoreTracks {
  readonly #tracks: CoreTrack[] = [];
  /** By thread: the core that it is on, plus one. */
  readonly #core = new Numbers();
  /** By thread: when it yielded last. */
  readonly #yielded = new Map<number, number>();

  /** Whether any record of cores has come. */
  get any(): boolean {
    return this.#tracks.length > 0;
  }

  /** At least `count` of them, as the head of the trace has it. */
  all(count: number): readonly CoreTrack[] {
    this.#upTo(Math.min(count, MOST_IDLE));
    return this.#tracks;
  }

  /** Takes in the record at `row`, which may be of any kind. */
  take({ time, kind, thread, object, version, argument, site }: Columns, row: number): void {
    const by = thread[row];
    const at = time[row];
    switch (kind[row]) {
      case EventKind.onCore:
        return this.#come(by as ThreadId, argument[row], at, row);
      case EventKind.offCore: {
        const yielded = version[row] === 1 || this.#yielded.get(by) === at - 1;
        return this.#leave(by, at, yielded ? Leaving.yielded : Leaving.quantum, 0, 0);
      }
      case EventKind.yield:
        this.#yielded.set(by, at);
        return;
      case EventKind.block:
        return this.#leave(by, at, Leaving.waits, object[row], site[row]);
      case EventKind.sleep:
        return this.#leave(by, at, Leaving.slept, 0, site[row]);
      case EventKind.threadEnd:
        // Ending is an event as any other, and takes a tick.
        return this.#leave(by, at + 1, Leaving.ended, 0, site[row]);
    }
  }

  /** Lets everybody who is still on a core stay there until `now`. */
  extend(now: number): void {
    for (const { spans, left } of this.#tracks) {
      const last = spans.count - 1;
      if (last >= 0 && left.at[last] === Leaving.not) {
        spans.end[last] = Math.max(spans.start[last], now);
      }
    }
  }

  #come(thread: ThreadId, core: number, at: number, row: number): void {
    if (!(core >= 0 && core < 1 << 14)) return; // no engine has so many: a damaged record
    this.#upTo(core + 1);
    const { spans, left } = this.#tracks[core];
    const last = spans.count - 1;
    const time = last < 0 ? at : Math.max(at, spans.start[last]);
    if (last >= 0) {
      spans.end[last] = Math.min(spans.end[last], time);
      if (spans.value[last] !== thread) this.#tracks[core].switches++;
    }
    spans.add(time, time, thread, 0, NOWHERE, 0, row);
    left.push(Leaving.not);
    while (this.#core.count <= thread) this.#core.push(0);
    this.#core.at[thread] = core + 1;
  }

  #leave(thread: number, at: number, why: Leaving, object: number, site: number): void {
    const core = thread < this.#core.count ? this.#core.at[thread] - 1 : NOWHERE;
    if (core === NOWHERE) return;
    this.#core.at[thread] = 0;
    const { spans, left } = this.#tracks[core];
    const last = spans.count - 1;
    if (spans.value[last] !== thread) return;
    spans.end[last] = Math.max(at, spans.start[last]);
    spans.object[last] = object;
    spans.site[last] = site;
    left.at[last] = why;
  }

  #upTo(count: number): void {
    while (this.#tracks.length < count) this.#tracks.push(new CoreTrack(this.#tracks.length));
  }
}
