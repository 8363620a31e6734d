/**
 * The ring through which a thread hands what it was given from outside to the collector: bytes in shared memory, one producer,
 * one consumer, as records go through theirs. What was given until then is there even if the thread never runs again.
 *
 * An answer of the clock that is the last one once more is only counted, in a word of its own: it is written down when another
 * one comes, or read from there when the run is over.
 */
import {
  type AnswerKind,
  type ClockKind,
  EntryWriter,
  InputKind,
  LONGEST_ENTRY,
  MOST_BYTES,
  putEntry,
} from "../../trace/inputs.ts";
import type { InputSink } from "../outside/logged-world.ts";
import { callRunner } from "./rounds.ts";

/** Words before the bytes: indices that run freely through 32 bits, each in a cache line of its own. */
const WRITTEN = 0;
const AGAIN = 1;
const TAKEN = 16;
const HEADER_WORDS = 32;
const RING_BYTES = 1 << 18;
const MASK = RING_BYTES - 1;

export const INPUT_RING_WORDS = HEADER_WORDS + RING_BYTES / 4;

/** How long a thread waits at most before it looks again whether there is room. */
const LOOK_MS = 100;

function bytesOf(words: Int32Array, at: number): Uint8Array {
  return new Uint8Array(words.buffer, (at + HEADER_WORDS) * 4, RING_BYTES);
}

/** The thread's end. */
export class InputRingWriter implements InputSink {
  readonly #entries = new EntryWriter();
  readonly #entry = new Uint8Array(LONGEST_ENTRY + MOST_BYTES);
  readonly #open: () => { readonly words: Int32Array; readonly at: number };
  #words: Int32Array | undefined;
  #bytes!: Uint8Array;
  #at = 0;
  #written = 0;
  /** Up to where there is room, as last seen. */
  #limit = RING_BYTES;
  /** From here on the collector should come by. */
  #call = RING_BYTES / 2;
  #wall = NaN;

  /** `open`: makes the ring, all zeros; called when there is something to be written. */
  constructor(open: () => { readonly words: Int32Array; readonly at: number }) {
    this.#open = open;
  }

  clock(kind: ClockKind, time: number): void {
    if (kind === InputKind.wall) {
      if (time === this.#wall) {
        this.#words![this.#at + AGAIN]++;
        return;
      }
      this.#wall = time;
    }
    this.#sayAgain();
    this.#put(this.#entries.clock(this.#entry, 0, kind, time));
  }

  bytes(given: Uint8Array): void {
    this.#sayAgain();
    for (let from = 0; from < given.length; from += MOST_BYTES) {
      const part = given.subarray(from, from + MOST_BYTES);
      const head = putEntry(this.#entry, 0, InputKind.bytes, part.length);
      this.#entry.set(part, head);
      this.#put(head + part.length);
    }
  }

  answer(kind: AnswerKind, given: Uint8Array): void {
    this.#sayAgain();
    this.#put(putEntry(this.#entry, 0, kind, given.length));
    for (let from = 0; from < given.length; from += MOST_BYTES) {
      const part = given.subarray(from, from + MOST_BYTES);
      this.#entry.set(part);
      this.#put(part.length);
    }
  }

  #sayAgain(): void {
    const words = (this.#words ??= this.#begin());
    const again = words[this.#at + AGAIN];
    if (again === 0) return;
    words[this.#at + AGAIN] = 0;
    this.#put(putEntry(this.#entry, 0, InputKind.again, again));
  }

  #begin(): Int32Array {
    const { words, at } = this.#open();
    this.#at = at;
    this.#bytes = bytesOf(words, at);
    return words;
  }

  #put(length: number): void {
    const words = this.#words!;
    if (((this.#limit - this.#written) | 0) < length) this.#makeRoom(words, length);
    for (let i = 0; i < length; i++) this.#bytes[(this.#written + i) & MASK] = this.#entry[i];
    this.#written = (this.#written + length) | 0;
    Atomics.store(words, this.#at + WRITTEN, this.#written);
    if (((this.#written - this.#call) | 0) < 0) return;
    this.#call = (this.#written + RING_BYTES / 2) | 0;
    callRunner(words);
  }

  #makeRoom(words: Int32Array, length: number): void {
    for (;;) {
      const taken = Atomics.load(words, this.#at + TAKEN);
      this.#limit = (taken + RING_BYTES) | 0;
      if (((this.#limit - this.#written) | 0) >= length) return;
      callRunner(words);
      Atomics.wait(words, this.#at + TAKEN, taken, LOOK_MS);
    }
  }
}

/** The collector's end. */
export class InputRingReader {
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #bytes: Uint8Array;
  #taken = 0;

  constructor(words: Int32Array, at: number) {
    this.#words = words;
    this.#at = at;
    this.#bytes = bytesOf(words, at);
  }

  /** Hands over what was written. `last`: the thread never runs again, so what it only counted is said, too. */
  drain(sink: (bytes: Uint8Array) => void, last: boolean): void {
    const written = Atomics.load(this.#words, this.#at + WRITTEN);
    const from = this.#taken & MASK;
    const count = (written - this.#taken) | 0;
    const upToEnd = Math.min(count, RING_BYTES - from);
    if (upToEnd > 0) sink(this.#bytes.slice(from, from + upToEnd));
    if (count > upToEnd) sink(this.#bytes.slice(0, count - upToEnd));
    this.#taken = written;
    Atomics.store(this.#words, this.#at + TAKEN, written);
    Atomics.notify(this.#words, this.#at + TAKEN);
    const again = this.#words[this.#at + AGAIN];
    if (!last || again === 0) return;
    const entry = new Uint8Array(LONGEST_ENTRY);
    sink(entry.subarray(0, putEntry(entry, 0, InputKind.again, again)));
  }
}
