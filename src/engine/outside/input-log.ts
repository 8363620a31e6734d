/** A thread's inputs as they are written down where nobody else writes: in pieces, each a growing array until it is taken. */
import {
  type AnswerKind,
  type ClockKind,
  EntryWriter,
  InputKind,
  LONGEST_ENTRY,
  MOST_BYTES,
  putEntry,
} from "../../trace/inputs.ts";
import type { InputSink } from "./logged-world.ts";

const PIECE_BYTES = 1 << 15;

export class InputLog implements InputSink {
  readonly #entries = new EntryWriter();
  readonly #full: (piece: Uint8Array) => void;
  #bytes = new Uint8Array(256);
  #end = 0;
  #wall = NaN;
  #again = 0;

  /** `full`: takes a piece, which it must copy. */
  constructor(full: (piece: Uint8Array) => void) {
    this.#full = full;
  }

  clock(kind: ClockKind, time: number): void {
    if (kind === InputKind.wall && time === this.#wall) {
      this.#again++;
      return;
    }
    this.#room();
    if (kind === InputKind.wall) this.#wall = time;
    this.#end = this.#entries.clock(this.#bytes, this.#end, kind, time);
  }

  bytes(given: Uint8Array): void {
    for (let from = 0; from < given.length; from += MOST_BYTES) {
      const part = given.subarray(from, from + MOST_BYTES);
      this.#room();
      this.#end = putEntry(this.#bytes, this.#end, InputKind.bytes, part.length);
      this.#bytes.set(part, this.#end);
      this.#end += part.length;
    }
  }

  answer(kind: AnswerKind, given: Uint8Array): void {
    this.#room();
    this.#end = putEntry(this.#bytes, this.#end, kind, given.length);
    for (let from = 0; from < given.length; from += MOST_BYTES) {
      const part = given.subarray(from, from + MOST_BYTES);
      this.#room();
      this.#bytes.set(part, this.#end);
      this.#end += part.length;
    }
  }

  /** Hands over what there is. */
  flush(): void {
    this.#room();
    if (this.#end > 0) this.#full(this.#bytes.subarray(0, this.#end));
    this.#end = 0;
  }

  /** Makes room for the largest entry, behind what is still to be said of the last. */
  #room(): void {
    const wanted = 2 * LONGEST_ENTRY + MOST_BYTES;
    if (this.#end + wanted > this.#bytes.length) {
      if (this.#bytes.length < PIECE_BYTES) {
        const grown = new Uint8Array(Math.max(this.#bytes.length * 4, wanted * 2));
        grown.set(this.#bytes.subarray(0, this.#end));
        this.#bytes = grown;
      } else {
        this.#full(this.#bytes.subarray(0, this.#end));
        this.#end = 0;
      }
    }
    if (this.#again === 0) return;
    this.#end = putEntry(this.#bytes, this.#end, InputKind.again, this.#again);
    this.#again = 0;
  }
}
