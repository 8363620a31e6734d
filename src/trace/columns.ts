/**
 * The records of a trace as columns: one typed array a word's meaning, so that looking through a million events touches
 * only what is asked for, and allocates nothing.
 *
 * The arrays are longer than `count` and are replaced as they grow: take them anew (`const { time, kind } = columns`)
 * whenever records may have come in between. Index = order of arrival in the file, which is order of time within a
 * thread only. 27 bytes an event; growing by half, so at most 41.
 */
import { RECORD_WORDS } from "./event.ts";

const FIRST_CAPACITY = 1024;

export class Columns {
  count = 0;
  /** Nanoseconds since the run began. Exact up to 2^53 (104 days). */
  time = new Float64Array(0);
  /** `EventKind`; a newer minor version may bring kinds that are not in it. */
  kind = new Uint8Array(0);
  /** `ThreadId`. */
  thread = new Uint16Array(0);
  /** `ObjectId`, 0 for none. */
  object = new Int32Array(0);
  version = new Int32Array(0);
  argument = new Int32Array(0);
  /** `SiteId`, 0 for none; may lie outside of a damaged trace's site table. */
  site = new Int32Array(0);

  /** Makes room for `count` records in all, to be spared copying when the number is known. */
  reserve(count: number): void {
    if (count <= this.time.length) return;
    this.#resize(count);
  }

  /** Takes in the whole records of `words`, from word `from` up to word `to`. */
  append(words: Int32Array, from: number, to: number): void {
    const more = (to - from) / RECORD_WORDS;
    if (this.count + more > this.time.length) {
      this.#resize(Math.max(this.count + more, Math.ceil(this.time.length * 1.5), FIRST_CAPACITY));
    }
    const { time, kind, thread, object, version, argument, site } = this;
    let row = this.count;
    for (let at = from; at < to; at += RECORD_WORDS, row++) {
      const high = words[at + 1];
      time[row] = (words[at] >>> 0) + (high & 0xff_ffff) * 0x1_0000_0000;
      kind[row] = high >>> 24;
      object[row] = words[at + 2]!;
      version[row] = words[at + 3]!;
      argument[row] = words[at + 4]!;
      const place = words[at + 5];
      site[row] = place & 0x3_ffff;
      thread[row] = place >>> 18;
    }
    this.count = row;
  }

  #resize(capacity: number): void {
    const grown = <A extends { set(from: A): void }>(old: A, made: A): A => {
      made.set(old);
      return made;
    };
    this.time = grown(this.time, new Float64Array(capacity));
    this.kind = grown(this.kind, new Uint8Array(capacity));
    this.thread = grown(this.thread, new Uint16Array(capacity));
    this.object = grown(this.object, new Int32Array(capacity));
    this.version = grown(this.version, new Int32Array(capacity));
    this.argument = grown(this.argument, new Int32Array(capacity));
    this.site = grown(this.site, new Int32Array(capacity));
  }
}
