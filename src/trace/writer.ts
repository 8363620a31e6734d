/**
 * Writes a `.tltrace` file (`docs/trace-format.md`), piece by piece, while the program runs.
 *
 *     const writer = new TraceWriter((bytes) => file.write(bytes));
 *     writer.begin({ head, sites, sources });
 *     reader.drain((records) => writer.records(records));   // for each thread's ring …
 *     writer.flush();                                        // … then let followers see them
 *     writer.threads(rows); writer.strings(texts); writer.output(lines); writer.findings(findings);
 *     writer.end({ ending, durationNs });
 *
 * Every piece is whole chunks in an array of its own, which the sink may keep: so a file that has been written up to a
 * piece's end is always readable. Records are gathered into chunks of up to 64 KiB, since a thread that records little
 * would otherwise pay a chunk's header for every record.
 *
 * Left out: files and compression. Needs a little-endian machine, as the whole of Threadloom's shared memory does.
 */
import type { ThreadId } from "../base/brand.ts";
import { RECORD_BYTES, RECORD_WORDS } from "./event.ts";
import {
  CHUNK_HEADER_BYTES,
  ChunkKind,
  FILE_HEADER_BYTES,
  INPUT_HEAD_BYTES,
  MAGIC,
  MAJOR_VERSION,
  MAX_ROWS_BYTES,
  MINOR_VERSION,
  padded,
} from "./file.ts";
import type { Finding } from "./finding.ts";
import type {
  Ending,
  Facts,
  OutputLine,
  ProcessRow,
  Site,
  SourceText,
  ThreadRow,
  TraceHead,
} from "./tables.ts";

/** What is known when a run begins. `sites[0]` is unused; a gap is null. */
interface TraceBeginning {
  readonly head: TraceHead;
  readonly sites: readonly (Site | null)[];
  readonly sources: readonly SourceText[];
}

interface TraceEnd {
  readonly ending: Ending;
  readonly durationNs: number;
}

/** Of a chunk of inputs. */
const MOST_INPUTS = 1024 * 1024;
const BATCH_RECORDS = 2730; // with its header just under 64 KiB
const HEADER_WORDS = CHUNK_HEADER_BYTES / 4;
const LONGEST_TEXT = 1024 * 1024;

/** A program may print a line of a gigabyte: the trace keeps its beginning. */
function cutLongText(_name: string, value: unknown): unknown {
  return typeof value === "string" && value.length > LONGEST_TEXT
    ? `${value.slice(0, LONGEST_TEXT)}…`
    : value;
}

export class TraceWriter {
  readonly #sink: (bytes: Uint8Array) => void;
  readonly #batch = new Int32Array(HEADER_WORDS + BATCH_RECORDS * RECORD_WORDS);
  #batchEnd = HEADER_WORDS;
  #bytes = 0;
  #events = 0;
  #ended = false;

  constructor(sink: (bytes: Uint8Array) => void) {
    this.#sink = sink;
  }

  /** Bytes given to the sink so far: all of them may be read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Records taken so far; those that are not flushed yet included. */
  get events(): number {
    return this.#events;
  }

  /** First, and once. */
  begin(beginning: TraceBeginning): void {
    if (this.#bytes !== 0) throw new Error("A trace begins once");
    const header = new Uint8Array(FILE_HEADER_BYTES);
    header.set(MAGIC);
    const view = new DataView(header.buffer);
    view.setUint16(8, MAJOR_VERSION, true);
    view.setUint16(10, MINOR_VERSION, true);
    this.#emit(header);
    this.#rows(ChunkKind.head, 1, beginning.head);
    this.#table(ChunkKind.sites, beginning.sites);
    this.#table(ChunkKind.sources, beginning.sources);
  }

  /** Threads as they come; a row may come after the first records of its thread. */
  threads(rows: readonly ThreadRow[]): void {
    this.#table(ChunkKind.threads, rows);
  }

  /** Processes as they come; a row may come after the first records of its threads. */
  processes(rows: readonly ProcessRow[]): void {
    this.#table(ChunkKind.processes, rows);
  }

  /** Texts of `label` and region records, each with its index. */
  strings(texts: readonly (readonly [index: number, text: string])[]): void {
    this.#table(ChunkKind.strings, texts);
  }

  /** After `begin`, and once, where replays shall give them again. */
  facts(facts: Facts): void {
    this.#rows(ChunkKind.facts, 1, facts);
  }

  /** What a thread was given since the last time: a piece of its stream (`inputs.ts`). Copies it. */
  inputs(thread: ThreadId, piece: Uint8Array): void {
    this.#check();
    for (let from = 0; from < piece.length; from += MOST_INPUTS) {
      const bytes = piece.subarray(from, from + MOST_INPUTS);
      const length = INPUT_HEAD_BYTES + bytes.length;
      const chunk = new Uint8Array(CHUNK_HEADER_BYTES + padded(length));
      const view = new DataView(chunk.buffer);
      view.setInt32(0, ChunkKind.inputs, true);
      view.setUint32(4, length, true);
      view.setUint32(8, 1, true);
      view.setUint32(CHUNK_HEADER_BYTES, thread, true);
      chunk.set(bytes, CHUNK_HEADER_BYTES + INPUT_HEAD_BYTES);
      this.#emit(chunk);
    }
  }

  output(lines: readonly OutputLine[]): void {
    this.#table(ChunkKind.output, lines);
  }

  findings(findings: readonly Finding[]): void {
    this.#table(ChunkKind.findings, findings);
  }

  /** Takes whole records (a slice that `RingReader.drain` gives, shared memory or not) and copies them. */
  records(words: Int32Array): void {
    if (words.length % RECORD_WORDS !== 0) throw new RangeError("Records come whole");
    this.#check();
    this.#events += words.length / RECORD_WORDS;
    for (let from = 0; from < words.length;) {
      const room = this.#batch.length - this.#batchEnd;
      const to = Math.min(words.length, from + room);
      this.#batch.set(words.subarray(from, to), this.#batchEnd);
      this.#batchEnd += to - from;
      from = to;
      if (this.#batchEnd === this.#batch.length) this.flush();
    }
  }

  /** Gives the gathered records to the sink. Costs a chunk's 16 bytes: once per round of collecting is right. */
  flush(): void {
    const count = (this.#batchEnd - HEADER_WORDS) / RECORD_WORDS;
    if (count === 0) return;
    this.#batch[0] = ChunkKind.records;
    this.#batch[1] = count * RECORD_BYTES;
    this.#batch[2] = count;
    this.#batch[3] = 0;
    const chunk = this.#batch.slice(0, this.#batchEnd);
    this.#batchEnd = HEADER_WORDS;
    this.#emit(new Uint8Array(chunk.buffer));
  }

  /** Last, and once: how the run ended. */
  end({ ending, durationNs }: TraceEnd): void {
    this.flush();
    this.#rows(ChunkKind.end, 1, { ending, durationNs, events: this.#events });
    this.#ended = true;
  }

  #table(kind: number, rows: readonly unknown[]): void {
    if (rows.length === 0) return;
    this.#rows(kind, rows.length, rows);
  }

  /** Records come before rows that were given after them, so that a follower never sees an effect before its cause. */
  #rows(kind: number, count: number, value: unknown): void {
    this.#check();
    this.flush();
    let json = new TextEncoder().encode(JSON.stringify(value));
    if (json.length > MAX_ROWS_BYTES) {
      if (Array.isArray(value) && value.length > 1) {
        const half = value.length >>> 1;
        this.#rows(kind, half, value.slice(0, half));
        this.#rows(kind, value.length - half, value.slice(half));
        return;
      }
      json = new TextEncoder().encode(JSON.stringify(value, cutLongText));
    }
    const chunk = new Uint8Array(CHUNK_HEADER_BYTES + padded(json.length));
    const view = new DataView(chunk.buffer);
    view.setInt32(0, kind, true);
    view.setUint32(4, json.length, true);
    view.setUint32(8, count, true);
    chunk.set(json, CHUNK_HEADER_BYTES);
    this.#emit(chunk);
  }

  #check(): void {
    if (this.#bytes === 0) throw new Error("A trace must begin before anything is written to it");
    if (this.#ended) throw new Error("The trace has ended");
  }

  #emit(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.#sink(bytes);
  }
}
