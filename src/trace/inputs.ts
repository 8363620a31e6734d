/**
 * What a thread was given from outside when it asked: the time, random bytes. A trace holds them as one stream of bytes for
 * each thread (chunks `inpt`, docs/trace-format.md), since a program may ask the clock as often as it likes: an answer of
 * the clock takes one or two bytes, and none while the time stands still.
 *
 * An entry is a number `8 · n + kind`, in groups of seven bits with the lowest first, the eighth bit set on all but the last
 * (LEB128). Times are differences from the stream's last answer of the same kind, `2 · d` or, for a clock that was set back,
 * `-2 · d - 1`.
 *
 * A thread asks its timers' clock whenever it sets a timer: which of two comes first depends on how much time had passed between.
 *
 * Variables of the environment do not change by themselves: they may stand anywhere in the stream, and are found by name.
 *
 * Left out: `Math.random`, which is drawn from a seed, and what all threads are given alike (both: `Facts` in `tables.ts`).
 */

export const InputKind = {
  /** `Date.now()`: milliseconds since 1970. */
  wall: 0,
  /** `performance.now()`: nanoseconds. */
  performance: 1,
  /** `process.hrtime()`: nanoseconds. */
  hrtime: 2,
  /** The last answer of `wall`, n more times. */
  again: 3,
  /** n bytes follow: random ones. */
  bytes: 4,
  /** n bytes follow: one answer, of whatever length (a file that was read). */
  data: 5,
  /** n bytes follow: the UTF-8 of JSON, a variable of the environment and its value, null for none. Once for each variable. */
  environment: 6,
  /** The clock that the thread's timers go by: nanoseconds. */
  timers: 7,
} as const;
export type InputKind = (typeof InputKind)[keyof typeof InputKind];
export type AnswerKind = typeof InputKind.data | typeof InputKind.environment;
export type ClockKind =
  | typeof InputKind.wall
  | typeof InputKind.performance
  | typeof InputKind.hrtime
  | typeof InputKind.timers;

/** The last answer of each clock, by its kind. */
type LastAnswers = Record<ClockKind, number>;

const noAnswers = (): LastAnswers => ({
  [InputKind.wall]: 0,
  [InputKind.performance]: 0,
  [InputKind.hrtime]: 0,
  [InputKind.timers]: 0,
});

const hasBytes = (kind: number): boolean => kind >= InputKind.bytes && kind !== InputKind.timers;

/** The longest number: 53 bits, in groups of seven. */
export const LONGEST_ENTRY = 8;
/** Random bytes of one entry: more are several entries. */
export const MOST_BYTES = 512;

/** Where entries are written: bytes at `at`, of which there is room for `LONGEST_ENTRY`. */
export class EntryWriter {
  readonly #last = noAnswers();

  /** The answer of a clock; tells where the entry ends. `time`: a whole number, below 2^49. */
  clock(bytes: Uint8Array, at: number, kind: ClockKind, time: number): number {
    const since = time - this.#last[kind];
    this.#last[kind] = time;
    return put(bytes, at, (since < 0 ? -2 * since - 1 : 2 * since) * 8 + kind);
  }
}

/** An entry with a plain number: `again`, and the head of `bytes`. */
export function putEntry(bytes: Uint8Array, at: number, kind: InputKind, n: number): number {
  return put(bytes, at, n * 8 + kind);
}

function put(bytes: Uint8Array, at: number, number: number): number {
  let rest = number;
  while (rest >= 0x1000_0000) {
    bytes[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** The bytes of an answer of kind `environment`. */
export const environmentBytes = (name: string, value: string | undefined): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([name, value ?? null]));

/** What was recorded is not what is asked for now. */
export type Missing = "more" | "other";

/** Reads a thread's stream again, answer by answer. A stream that is cut off within an entry ends before it. */
export class InputReader {
  readonly #bytes: Uint8Array;
  readonly #last = noAnswers();
  #at = 0;
  #again = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** All variables of the environment that the thread has asked for, with their values. O(bytes). */
  environment(): Map<string, string | undefined> {
    const all = new Map<string, string | undefined>();
    const reader = new InputReader(this.#bytes);
    for (let entry = reader.#number(); entry !== undefined; entry = reader.#number()) {
      const kind = entry % 8;
      if (!hasBytes(kind)) continue;
      const from = reader.#at;
      reader.#at += Math.floor(entry / 8);
      if (kind !== InputKind.environment || reader.#at > this.#bytes.length) continue;
      const row = pairOf(this.#bytes.slice(from, reader.#at));
      if (row !== undefined) all.set(...row);
    }
    return all;
  }

  /** Whether the thread has asked its timers' clock. Recordings of version 1.2 and before have none of that. O(bytes). */
  get hasTimers(): boolean {
    const reader = new InputReader(this.#bytes);
    for (let entry = reader.#number(); entry !== undefined; entry = reader.#number()) {
      const kind = entry % 8;
      if (kind === InputKind.timers) return true;
      if (hasBytes(kind)) reader.#at += Math.floor(entry / 8);
    }
    return false;
  }

  /** What was answered; a word if that is not what comes next. Then nothing is taken. */
  data(): Uint8Array | Missing {
    if (this.#again > 0) return "other";
    const from = this.#at;
    const entry = this.#take();
    const to = this.#at + Math.floor((entry ?? 0) / 8);
    const isData = entry !== undefined && entry % 8 === InputKind.data;
    if (!isData || to > this.#bytes.length) {
      this.#at = from;
      return entry === undefined || isData ? "more" : "other";
    }
    const given = this.#bytes.slice(this.#at, to);
    this.#at = to;
    return given;
  }

  /** What the clock answered; a word if that is not what comes next. Then nothing is taken. */
  clock(kind: ClockKind): number | Missing {
    if (this.#again > 0) {
      if (kind !== InputKind.wall) return "other";
      this.#again--;
      return this.#last[InputKind.wall];
    }
    const from = this.#at;
    const entry = this.#take();
    if (entry === undefined) return "more";
    const found = entry % 8;
    const n = Math.floor(entry / 8);
    if (found === InputKind.again) {
      this.#again = n;
      return n > 0 ? this.clock(kind) : "other";
    }
    if (found !== kind) {
      this.#at = from;
      return "other";
    }
    const since = n % 2 === 0 ? n / 2 : -(n + 1) / 2;
    return (this.#last[kind] += since);
  }

  /** Fills `target` with what was given; a word if something else comes next, with nothing taken. */
  fill(target: Uint8Array): Missing | undefined {
    if (this.#again > 0) return "other";
    const from = this.#at;
    for (let filled = 0; filled < target.length;) {
      const entry = this.#take();
      const length = entry === undefined ? 0 : Math.floor(entry / 8);
      const isBytes = entry !== undefined && entry % 8 === InputKind.bytes;
      const fits = isBytes && length > 0 && length <= target.length - filled;
      if (!fits || this.#at + length > this.#bytes.length) {
        this.#at = from;
        return entry === undefined || (fits && isBytes) ? "more" : "other";
      }
      target.set(this.#bytes.subarray(this.#at, this.#at + length), filled);
      this.#at += length;
      filled += length;
    }
    return undefined;
  }

  /** The next entry that has its place in the order. */
  #take(): number | undefined {
    for (;;) {
      const entry = this.#number();
      if (entry === undefined || entry % 8 !== InputKind.environment) return entry;
      this.#at += Math.floor(entry / 8);
    }
  }

  #number(): number | undefined {
    let number = 0;
    let unit = 1;
    for (let at = this.#at; at < this.#bytes.length && at - this.#at < LONGEST_ENTRY; at++) {
      const byte = this.#bytes[at];
      number += (byte & 127) * unit;
      unit *= 128;
      if (byte < 128) {
        this.#at = at + 1;
        return number;
      }
    }
    return undefined;
  }
}

function pairOf(bytes: Uint8Array): [name: string, value: string | undefined] | undefined {
  try {
    const row: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(row) || typeof row[0] !== "string") return undefined;
    return [row[0], typeof row[1] === "string" ? row[1] : undefined];
  } catch {
    // A damaged recording: the variable is as one that nobody asked for.
    return undefined;
  }
}
