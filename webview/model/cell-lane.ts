/**
 * What threads share beside locks and channels: who touched it when, and what that came to. A synchroniser or a collection has a
 * number that goes up and down (`level`), what is done once has the time in which somebody does it (`doing`).
 */
import type { ObjectId } from "../../src/base/brand.ts";
import type { Columns } from "../../src/trace/columns.ts";
import { EventKind } from "../../src/trace/event.ts";
import type { ObjectTrack } from "../../src/trace/timeline/object-track.ts";
import { SpanColumns } from "../../src/trace/timeline/spans.ts";
import type { Timeline } from "../../src/trace/timeline/timeline.ts";
import { asOne, densityOf, type Density } from "./density.ts";
import { lazily } from "./lazily.ts";
import { levelOf } from "./level.ts";
import type { Marks } from "./marks.ts";
import { objectMarks } from "./object-marks.ts";
import type { Steps } from "./steps.ts";

/** In the place of a thread, whose numbers are lower: it is done. */
export const DONE = 0xffff;

export class CellLane {
  readonly kind = "cell";
  readonly id: ObjectId;
  readonly name: string;
  readonly track: ObjectTrack;
  readonly #marks: () => Marks;
  readonly #level: () => Steps | null;
  readonly #doing: () => Density | null;
  readonly #numbers: () => boolean;

  constructor(timeline: Timeline, events: Columns, track: ObjectTrack) {
    this.id = track.id;
    this.name = timeline.nameOf(track.id);
    this.track = track;
    this.#marks = lazily(() => objectMarks(events, track.id));
    this.#level = lazily(() => levelOf(track, this.marks));
    this.#doing = lazily(() => (track.kind === "once" ? doneOnce(this.marks, timeline.now) : null));
    this.#numbers = lazily(() => hasNumbers(track, this.marks));
  }

  get marks(): Marks {
    return this.#marks();
  }

  /** How many have arrived, are queued, lie in it …: see `levelWord`. */
  get level(): Steps | null {
    return this.#level();
  }

  /** Of a Once: who does it, as `value`; `DONE` from then on. */
  get doing(): Density | null {
    return this.#doing();
  }

  /** Whether its records tell values that are numbers: traces show others as 0. */
  get hasNumbers(): boolean {
    return this.#numbers();
  }
}

function hasNumbers({ kind }: ObjectTrack, { events, rows, count }: Marks): boolean {
  if (kind === "atomic") return true;
  return kind === "cell" && rows.subarray(0, count).some((row) => events.argument[row] !== 0);
}

/** Who fails leaves it to the next. */
function doneOnce({ events, rows, count }: Marks, until: number): Density {
  const spans = new SpanColumns();
  let open = -1;
  for (let index = 0; index < count; index++) {
    const row = rows[index];
    const { time, kind, thread, object, site, argument } = events;
    if (kind[row] === EventKind.onceBegin) {
      open = spans.add(time[row], until, thread[row], object[row], -1, site[row], row);
    } else if (kind[row] === EventKind.onceEnd && open >= 0) {
      spans.end[open] = time[row];
      open = -1;
      if (argument[row] === 1) {
        spans.add(time[row], until, DONE, object[row], -1, site[row], row);
      }
    }
  }
  return densityOf(spans, asOne);
}
