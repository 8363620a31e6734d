/**
 * Reads a `.tltrace` file (`docs/trace-format.md`) as it grows, in whatever pieces it comes.
 *
 *     const reader = new TraceReader();
 *     for await (const bytes of file) { if (reader.push(bytes)) break; }
 *     const problem = reader.finish();     // undefined: whole
 *     reader.trace.events.count
 *
 * A record can be seen as soon as its last byte has come, whether or not its chunk is complete: so a trace can be read
 * while it is written, and up to the last whole record after a crash. Rows of a table come with their whole chunk.
 *
 * The input may be damaged or hostile. Nothing is allocated by what a length says, only by what has really come; every
 * row is checked; the number of events has a limit. What stood before a damaged place stays readable.
 */
import { TRACE_MESSAGES } from "../base/catalogue/trace.ts";
import { RECORD_BYTES } from "./event.ts";
import {
  CHUNK_HEADER_BYTES,
  ChunkKind,
  FILE_HEADER_BYTES,
  MAGIC,
  MAJOR_VERSION,
  MAX_CHUNK_BYTES,
  MAX_ROWS_BYTES,
  canBeKind,
  padded,
} from "./file.ts";
import { problem, type TraceProblem } from "./problem.ts";
import { RowsDecoder } from "./rows-decoder.ts";
import { Trace } from "./trace.ts";

interface ReaderOptions {
  /** How long the file is, where that is known: room for its records is then made at once. At most a hint. */
  readonly expectedBytes?: number;
  /** More events than these are not read. Default 32 million, about a gigabyte. */
  readonly maxEvents?: number;
}

/** What the next bytes are. */
type Expected =
  | { readonly part: "file-header" }
  | { readonly part: "chunk-header" }
  | { readonly part: "records"; left: number }
  | { readonly part: "rows"; readonly kind: number; readonly length: number }
  | { readonly part: "nothing-known"; left: number };

const DEFAULT_MAX_EVENTS = 32_000_000;
/** Records are copied through this much aligned memory: it stays in the processor's cache. */
const SCRATCH_BYTES = 1024 * RECORD_BYTES;

export class TraceReader {
  readonly trace = new Trace();
  readonly #maxEvents: number;
  readonly #scratch = new Int32Array(SCRATCH_BYTES / 4);
  readonly #scratchBytes = new Uint8Array(this.#scratch.buffer);
  readonly #rows = new RowsDecoder(this.trace);
  /** Beginning of something that has not wholly come yet; grows with what comes, not with what is announced. */
  #kept = new Uint8Array(64);
  #keptLength = 0;
  #expected: Expected = { part: "file-header" };
  /** Bytes of the file that were used up, and where the present chunk began. */
  #offset = 0;
  #chunkAt = 0;
  /** The limit was reached: further records are passed over, while rows are still taken. */
  #full = false;
  #problem: TraceProblem | undefined;

  constructor(options: ReaderOptions = {}) {
    this.#maxEvents = options.maxEvents ?? DEFAULT_MAX_EVENTS;
    const hint = Math.floor((options.expectedBytes ?? 0) / RECORD_BYTES);
    this.trace.events.reserve(Math.min(hint, this.#maxEvents));
  }

  /** Takes the file's next bytes; keeps none of the array. Answers what is wrong: nothing is read from then on. */
  push(bytes: Uint8Array): TraceProblem | undefined {
    let at = 0;
    while (at < bytes.length && this.#problem === undefined) {
      const used = this.#take(bytes, at);
      at += used;
      this.#offset += used;
    }
    return this.#problem;
  }

  /** No more bytes will come. Answers what is wrong, or, as a warning, what is missing from a good trace. */
  finish(): TraceProblem | undefined {
    if (this.#problem !== undefined) return this.#problem;
    if (this.#expected.part === "file-header") {
      this.#problem = problem("error", TRACE_MESSAGES.notATrace, {});
    } else if (this.trace.end === undefined || this.#keptLength > 0) {
      const events = this.trace.events.count;
      this.#problem = problem("warning", TRACE_MESSAGES.truncated, { events });
    } else if (this.#full) {
      const shown = this.trace.events.count;
      this.#problem = problem("warning", TRACE_MESSAGES.tooManyEvents, { shown });
    }
    return this.#problem;
  }

  /** Uses up some of the bytes from `at` on, and tells how many. */
  #take(bytes: Uint8Array, at: number): number {
    const expected = this.#expected;
    switch (expected.part) {
      case "file-header":
        return this.#gather(bytes, at, FILE_HEADER_BYTES, () => this.#fileHeader());
      case "chunk-header":
        if (this.#keptLength === 0) this.#chunkAt = this.#offset;
        return this.#gather(bytes, at, CHUNK_HEADER_BYTES, () => this.#chunkHeader());
      case "rows":
        return this.#gather(bytes, at, padded(expected.length), () => {
          this.#expected = { part: "chunk-header" };
          const payload = this.#kept.subarray(0, expected.length);
          const reason = this.#rows.decode(expected.kind, payload);
          if (reason === undefined) return;
          const table = this.#rows.name(expected.kind);
          const values = { offset: this.#chunkAt, table, reason };
          this.#problem = problem("error", TRACE_MESSAGES.malformedRows, values);
        });
      case "records":
        return this.#records(expected, bytes, at);
      case "nothing-known": {
        const used = Math.min(expected.left, bytes.length - at);
        expected.left -= used;
        if (expected.left === 0) this.#expected = { part: "chunk-header" };
        return used;
      }
    }
  }

  /** Keeps bytes until there are `wanted` of them, then lets `whole` use them. */
  #gather(bytes: Uint8Array, at: number, wanted: number, whole: () => void): number {
    const used = Math.min(wanted - this.#keptLength, bytes.length - at);
    const length = this.#keptLength + used;
    if (length > this.#kept.length) {
      const grown = new Uint8Array(Math.min(wanted, Math.max(length, this.#kept.length * 2)));
      grown.set(this.#kept.subarray(0, this.#keptLength));
      this.#kept = grown;
    }
    this.#kept.set(bytes.subarray(at, at + used), this.#keptLength);
    this.#keptLength = length;
    if (length === wanted) {
      whole();
      this.#keptLength = 0;
      if (this.#kept.length > SCRATCH_BYTES) this.#kept = new Uint8Array(64);
    }
    return used;
  }

  #fileHeader(): void {
    if (MAGIC.some((byte, index) => this.#kept[index] !== byte)) {
      this.#problem = problem("error", TRACE_MESSAGES.notATrace, {});
      return;
    }
    const view = this.#header();
    const major = view.getUint16(8, true);
    if (major !== MAJOR_VERSION) {
      const found = `${major}.${view.getUint16(10, true)}`;
      this.#problem = problem("error", TRACE_MESSAGES.unknownVersion, {
        found,
        known: MAJOR_VERSION,
      });
      return;
    }
    this.#expected = { part: "chunk-header" };
  }

  #chunkHeader(): void {
    const view = this.#header();
    const kind = view.getInt32(0, true);
    const length = view.getUint32(4, true);
    const count = view.getUint32(8, true);
    if (!canBeKind(kind)) return this.#damaged("no chunk begins here");
    if (length > MAX_CHUNK_BYTES) return this.#damaged(`a chunk of ${length} bytes is too long`);
    if (this.trace.end !== undefined) return this.#damaged("something follows the end");
    if (this.trace.head === undefined && kind !== ChunkKind.head) {
      return this.#damaged("its head does not come first");
    }
    if (kind === ChunkKind.records) {
      if (length !== count * RECORD_BYTES) {
        return this.#damaged(`${count} records do not take ${length} bytes`);
      }
      this.#expected = length === 0 ? { part: "chunk-header" } : { part: "records", left: length };
    } else if (this.#rows.knows(kind)) {
      if (length > MAX_ROWS_BYTES) return this.#damaged(`a table of ${length} bytes is too long`);
      if (length === 0) return this.#damaged("a table is empty");
      this.#expected = { part: "rows", kind, length };
    } else {
      const left = padded(length);
      this.#expected = left === 0 ? { part: "chunk-header" } : { part: "nothing-known", left };
    }
  }

  #header(): DataView {
    return new DataView(this.#kept.buffer, this.#kept.byteOffset, CHUNK_HEADER_BYTES);
  }

  /** Takes whole records through the scratch memory; the bytes of a torn one wait at its beginning. */
  #records(expected: { left: number }, bytes: Uint8Array, at: number): number {
    const kept = this.#keptLength;
    const used = Math.min(expected.left, bytes.length - at, SCRATCH_BYTES - kept);
    this.#scratchBytes.set(bytes.subarray(at, at + used), kept);
    const here = kept + used;
    const torn = here % RECORD_BYTES;
    const { events } = this.trace;
    const room = (this.#maxEvents - events.count) * RECORD_BYTES;
    if (here - torn > room) this.#full = true;
    events.append(this.#scratch, 0, Math.min(here - torn, room) / 4);
    this.#scratchBytes.copyWithin(0, here - torn, here);
    this.#keptLength = torn;
    expected.left -= used;
    if (expected.left === 0) this.#expected = { part: "chunk-header" };
    return used;
  }

  #damaged(reason: string): void {
    const offset = this.#chunkAt;
    this.#problem = problem("error", TRACE_MESSAGES.damaged, { offset, reason });
  }
}
