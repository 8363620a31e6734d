/** Recording, reading and understanding traces, against the bare limits of the machine. */
import { findingsOf } from "../src/analysis/findings.ts";
import { EventKind, RECORD_WORDS } from "../src/trace/event.ts";
import { chromeTrace } from "../src/trace/formats/chrome.ts";
import { TraceReader } from "../src/trace/reader.ts";
import { RingReader, RingWriter, ringWords } from "../src/trace/ring.ts";
import { Timeline } from "../src/trace/timeline/timeline.ts";
import { TraceWriter } from "../src/trace/writer.ts";
import { compared, median, type Row } from "./row.ts";

const CAPACITY = 8192;
const RECORDS = 1_000_000;
const ROUNDS = 7;

/** Median milliseconds of `work`, after a round to warm up. */
function measured(work: () => void): number {
  work();
  return median(
    Array.from({ length: ROUNDS }, () => {
      const from = performance.now();
      work();
      return performance.now() - from;
    }),
  );
}

const nanosecondsEach = (work: () => void): number => (measured(work) * 1e6) / RECORDS;

/** What no ring can beat: six words and one atomic store, in a loop of their own. */
function bareLimit(stamped: boolean): number {
  const words = new Int32Array(new SharedArrayBuffer(4 * ringWords(CAPACITY)));
  const header = words.length - CAPACITY * RECORD_WORDS;
  return nanosecondsEach(() => {
    for (let i = 0; i < RECORDS; i++) {
      const time = stamped ? performance.now() * 1e6 : i;
      const at = header + (i & (CAPACITY - 1)) * RECORD_WORDS;
      words[at] = time | 0;
      words[at + 1] = (time / 0x1_0000_0000) | 0 | (EventKind.lock << 24);
      words[at + 2] = 4;
      words[at + 3] = i;
      words[at + 4] = 0;
      words[at + 5] = 7 | (3 << 18);
      Atomics.store(words, 0, i);
    }
  });
}

function ringRecord(stamped: boolean): number {
  const words = new Int32Array(new SharedArrayBuffer(4 * ringWords(CAPACITY)));
  const reader = new RingReader(words, 0, CAPACITY);
  let seen = 0;
  const take = (records: Int32Array): void => {
    seen += records.length;
  };
  const writer = new RingWriter(words, 0, CAPACITY, () => {
    reader.drain(take);
    return 0;
  });
  const cost = nanosecondsEach(() => {
    for (let i = 0; i < RECORDS; i++) {
      const time = stamped ? performance.now() * 1e6 : i;
      writer.record(time | 0, (time / 0x1_0000_0000) | 0, EventKind.lock, 4, i, 0, 7, 3);
    }
  });
  if (seen === 0) throw new Error("The ring was never drained");
  return cost;
}

/**
 * Four threads that lock, unlock and exchange messages, in batches as a collector would find them. `last`: what they do beside
 * that, one time in five.
 */
function sampleFile(last: EventKind = EventKind.load): Uint8Array {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes));
  writer.begin({
    head: { program: "bench.ts", engine: "native", tool: "bench" },
    sites: [],
    sources: [],
  });
  const batch = 1000;
  const numbers = [1, 1];
  const kinds = [EventKind.block, EventKind.lock, EventKind.unlock, 0, last];
  for (let from = 0; from < RECORDS / 4; from += batch) {
    for (let thread = 0; thread < 4; thread++) {
      const words = new Int32Array(batch * RECORD_WORDS);
      for (let i = 0; i < batch; i++) {
        const at = i * RECORD_WORDS;
        const turn = i % 5;
        const sends = thread < 2;
        const exchange = sends ? EventKind.send : EventKind.receive;
        words[at] = (from + i) * 1000 + thread;
        words[at + 1] = (turn === 3 ? exchange : kinds[turn]) << 24;
        words[at + 2] = turn < 3 ? 1 + (thread & 1) : 2 + turn;
        words[at + 4] = turn === 3 ? numbers[sends ? 0 : 1]++ : 0;
        words[at + 5] = 3 | (thread << 18);
      }
      writer.records(words);
    }
  }
  writer.end({ ending: { kind: "finished" }, durationNs: RECORDS * 250 });
  const file = new Uint8Array(writer.bytes);
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

function read(file: Uint8Array): TraceReader {
  const reader = new TraceReader({ expectedBytes: file.length });
  reader.push(file);
  const problem = reader.finish();
  if (problem !== undefined) throw new Error(problem.message);
  return reader;
}

export async function run(): Promise<Row[]> {
  const file = sampleFile();
  const { trace } = read(file);
  const racy = read(sampleFile(EventKind.write)).trace;
  const understand = (of = trace): Timeline => {
    const timeline = new Timeline(of);
    timeline.advance();
    return timeline;
  };
  const json = [...chromeTrace(understand())];
  const jsonBytes = json.reduce((sum, part) => sum + part.length, 0);
  const text = json.join("");
  const copied = new Uint8Array(file.length);
  const size = compared(
    { name: "file of 1 M events", median: file.length / 1e6, unit: "MB", goal: "≤ 24.1 MB" },
    "Chrome JSON of the same run",
    jsonBytes / 1e6,
  );
  return [
    compared(
      { name: "ring record", median: ringRecord(false), unit: "ns", goal: "≤ 1.3 ×" },
      "six stores and a publish",
      bareLimit(false),
    ),
    compared(
      { name: "ring record with stamp", median: ringRecord(true), unit: "ns", goal: "≤ 1.3 ×" },
      "six stores, a publish and performance.now()",
      bareLimit(true),
    ),
    compared(
      {
        name: "decode 1 M records",
        median: measured(() => read(file)),
        unit: "ms",
        goal: "≤ 25 ms",
      },
      "copying the bytes",
      measured(() => copied.set(file)),
    ),
    compared(
      {
        name: "decode and understand 1 M records",
        median: measured(() => {
          const timeline = new Timeline(read(file).trace);
          timeline.advance();
        }),
        unit: "ms",
        goal: "≤ 0.3 ×",
      },
      "JSON.parse of the Chrome trace",
      measured(() => void JSON.parse(text)),
    ),
    {
      name: "understand and analyse 1 M records",
      median: measured(() => findingsOf(understand())),
      unit: "ms",
    },
    {
      name: "the same, a fifth of them races to be looked at",
      median: measured(() => findingsOf(understand(racy))),
      unit: "ms",
    },
    size,
  ];
}
