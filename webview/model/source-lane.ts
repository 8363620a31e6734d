/** Something that was polled: when it was ready, and for what, and each time that a poll told it. */
import type { ObjectId } from "../../src/base/brand.ts";
import type { Columns } from "../../src/trace/columns.ts";
import type { ObjectTrack } from "../../src/trace/timeline/object-track.ts";
import type { Readiness } from "../../src/trace/timeline/readiness.ts";
import type { Timeline } from "../../src/trace/timeline/timeline.ts";
import { asOne, densityOf, type Density } from "./density.ts";
import { lazily } from "./lazily.ts";
import type { Marks } from "./marks.ts";

export class SourceLane {
  readonly kind = "source";
  readonly id: ObjectId;
  readonly name: string;
  readonly track: ObjectTrack;
  readonly isDense: boolean;
  readonly #readiness: () => Readiness;
  readonly #rows: () => readonly Density[];
  readonly #told: () => Marks;

  constructor(timeline: Timeline, events: Columns, track: ObjectTrack, isDense: boolean) {
    this.id = track.id;
    this.name = timeline.nameOf(track.id);
    this.track = track;
    this.isDense = isDense;
    this.#readiness = lazily(() => timeline.readiness(track.id));
    this.#rows = lazily(() => {
      const { reading, writing } = this.#readiness();
      return (writing.count > 0 ? [reading, writing] : [reading]).map((row) =>
        densityOf(row, asOne),
      );
    });
    this.#told = lazily(() => {
      const { told } = this.#readiness();
      return { events, rows: told, count: told.length };
    });
  }

  /** When it was ready: to read or accept, and beneath, where that was asked, to write. `value` is a `ReadyFor`. */
  get rows(): readonly Density[] {
    return this.#rows();
  }

  /** The polls that told it. */
  get marks(): Marks {
    return this.#told();
  }
}
