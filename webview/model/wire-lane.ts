/**
 * A pipe, one direction of a connection, or a listener: what went through it, from whoever wrote (or connected) to whoever
 * read (or accepted). Bytes are in parcels, what one write brought and one read took; a listener's are its connections.
 */
import type { ObjectId } from "../../src/base/brand.ts";
import type { Messages } from "../../src/trace/timeline/messages.ts";
import type { ObjectTrack } from "../../src/trace/timeline/object-track.ts";
import { bytesUnderWay, type Parcels } from "../../src/trace/timeline/parcels.ts";
import { queueDepth } from "../../src/trace/timeline/steps.ts";
import type { Timeline } from "../../src/trace/timeline/timeline.ts";
import { lazily } from "./lazily.ts";
import { stepsOf, type Steps } from "./steps.ts";

export class WireLane {
  readonly kind = "wire";
  readonly id: ObjectId;
  readonly name: string;
  readonly track: ObjectTrack;
  /** Whether it is one of so many that it is drawn low. */
  readonly isDense: boolean;
  readonly #messages: () => Messages | Parcels;
  readonly #depth: () => Steps;
  readonly #bytes: () => number;

  constructor(timeline: Timeline, track: ObjectTrack, isDense: boolean) {
    this.id = track.id;
    this.name = timeline.nameOf(track.id);
    this.track = track;
    this.isDense = isDense;
    this.#messages = lazily(() =>
      this.isListener ? timeline.messages(track.id) : timeline.parcels(track.id),
    );
    this.#depth = lazily(() => {
      const all = this.messages;
      const { time, value, count } = "bytes" in all ? bytesUnderWay(all) : queueDepth(all);
      return stepsOf(time, value, count);
    });
    this.#bytes = lazily(() => {
      let sum = 0;
      for (let row = 0; row < this.messages.count; row++) sum += this.bytesOf(row);
      return sum;
    });
  }

  get isListener(): boolean {
    return this.track.kind === "listener";
  }

  /** In the order in which they were sent. */
  get messages(): Messages | Parcels {
    return this.#messages();
  }

  /** How many bytes, or connections, were under way. */
  get depth(): Steps {
    return this.#depth();
  }

  /** All that were written. */
  get bytes(): number {
    return this.#bytes();
  }

  /** Of one parcel: 0 for the end of the stream, and for a connection. */
  bytesOf(row: number): number {
    const all = this.messages;
    return "bytes" in all ? all.bytes[row] : 0;
  }

  /** Who wrote and who read first, as `ThreadId`; -1 for nobody. */
  get ends(): { readonly from: number; readonly to: number } {
    const { from, to, count } = this.messages;
    return count === 0 ? { from: -1, to: -1 } : { from: from[0], to: to[0] };
  }
}
