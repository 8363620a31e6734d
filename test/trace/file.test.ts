import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { RECORD_BYTES, RECORD_WORDS } from "../../src/trace/event.ts";
import { TraceReader } from "../../src/trace/reader.ts";
import { TraceWriter } from "../../src/trace/writer.ts";
import { joined, type Record, words } from "./records.ts";
import type { ThreadId } from "../../src/base/brand.ts";
import {
  SAMPLE_FACTS,
  SAMPLE_INPUTS,
  SAMPLE_PROCESS,
  SAMPLE_RECORDS,
  sampleFile,
  writeSample,
} from "./sample.ts";

function read(bytes: Uint8Array, pieceBytes = bytes.length): TraceReader {
  const reader = new TraceReader();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    reader.push(bytes.subarray(at, at + pieceBytes));
  }
  return reader;
}

function records(reader: TraceReader): Required<Record>[] {
  const { events } = reader.trace;
  return Array.from({ length: events.count }, (_, i) => ({
    time: events.time[i],
    kind: events.kind[i],
    thread: events.thread[i],
    object: events.object[i],
    version: events.version[i],
    argument: events.argument[i],
    site: events.site[i],
  }));
}

const full = (record: Record): Required<Record> => ({
  object: 0,
  version: 0,
  argument: 0,
  site: 0,
  ...record,
});

function checkSample(reader: TraceReader): void {
  const { trace } = reader;
  assert.deepEqual(records(reader), SAMPLE_RECORDS.map(full));
  assert.equal(trace.head?.program, "bank/überweisung.ts");
  assert.deepEqual(trace.place(1 as never), { file: "bank/überweisung.ts", line: 3, column: 12 });
  assert.equal(trace.site(0x3_ffff as never), undefined);
  assert.equal(trace.site(1 as never)?.name, "db");
  assert.match(trace.sources[0].text, /\r\n\n\tconst/);
  assert.equal(trace.threadName(0 as never), "main");
  assert.equal(trace.strings.get(0), "half way");
  assert.equal(trace.output[0]?.text, "1 ✓");
  assert.equal(trace.findings[0]?.chain?.[0]?.site?.column, 2);
  const ending = { kind: "exited", code: 3 };
  assert.deepEqual(trace.end, {
    ending,
    durationNs: 0xff_ffff_ffff,
    events: SAMPLE_RECORDS.length,
  });
}

test("what was written is read again, in pieces of any size", () => {
  const file = sampleFile();
  for (const pieceBytes of [file.length, 1, 7, 24, 64, 1000]) {
    const reader = read(file, pieceBytes);
    assert.equal(reader.finish(), undefined, `pieces of ${pieceBytes} bytes`);
    checkSample(reader);
  }
});

const golden = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`golden/${name}`, import.meta.url)));

test("the golden file of format 1.0 opens, and has nothing of what came later", () => {
  const reader = read(golden("v1.tltrace"));
  assert.equal(reader.finish(), undefined);
  checkSample(reader);
  const { facts, inputs } = reader.trace;
  assert.deepEqual([facts, inputs.size], [undefined, 0]);
  // All that this writer does otherwise with the same is the minor version in the header.
  const now = sampleFile((writer) => writeSample(writer, "1.0"));
  now[10] = 0;
  assert.deepEqual(now, golden("v1.tltrace"));
});

test("the golden file of format 1.1 opens, and has no processes", () => {
  const reader = read(golden("v1.1.tltrace"));
  assert.equal(reader.finish(), undefined);
  checkSample(reader);
  const { facts, inputs } = reader.trace;
  assert.deepEqual(facts, SAMPLE_FACTS);
  assert.deepEqual([...inputs], [[0, [SAMPLE_INPUTS]]]);
  assert.equal(reader.trace.processes.size, 0);
  const now = sampleFile((writer) => writeSample(writer, "1.1"));
  now[10] = 1;
  assert.deepEqual(now, golden("v1.1.tltrace"));
});

test("the golden file of format 1.2 opens, and this writer still makes the very same bytes", () => {
  // Made by:  node -e 'import("./test/trace/sample.ts").then(s => fs.writeFileSync("test/trace/golden/v1.2.tltrace", s.sampleFile()))'
  const reader = read(golden("v1.2.tltrace"));
  assert.equal(reader.finish(), undefined);
  checkSample(reader);
  const { processes, threads } = reader.trace;
  assert.deepEqual([...processes.values()], [SAMPLE_PROCESS]);
  assert.equal(threads.get(1 as ThreadId)?.process, 1);
  assert.deepEqual(sampleFile(), golden("v1.2.tltrace"));
});

test("records come back bit by bit, however many", () => {
  const record = fc.record({
    time: fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }).map(Number)),
    kind: fc.nat(255),
    thread: fc.nat(0x3fff),
    object: fc.integer(),
    version: fc.integer(),
    argument: fc.integer(),
    site: fc.nat(0x3_ffff),
  });
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 200 }),
      fc.integer({ min: 1, max: 300 }),
      (given, piece) => {
        const file = sampleFile((writer) => {
          writer.begin({
            head: { program: "a.ts", engine: "model", tool: "t" },
            sites: [],
            sources: [],
          });
          writer.records(words(given));
          writer.end({ ending: { kind: "finished" }, durationNs: 1 });
        });
        const reader = read(file, piece);
        assert.equal(reader.finish(), undefined);
        assert.deepEqual(records(reader), given.map(full));
      },
    ),
    { numRuns: 50 },
  );
});

test("a file cut anywhere gives every whole record before the cut, and says that it stops", () => {
  const file = sampleFile();
  let most = 0;
  for (let cut = 0; cut < file.length; cut++) {
    const reader = read(file.subarray(0, cut));
    const problem = reader.finish();
    assert.equal(problem?.code, cut < 16 ? "TL4001" : "TL4004", `cut at ${cut}`);
    const seen = records(reader);
    assert.deepEqual(seen, SAMPLE_RECORDS.slice(0, seen.length).map(full));
    assert.ok(seen.length >= most, "a longer file shows no less");
    most = seen.length;
  }
  assert.equal(most, SAMPLE_RECORDS.length);
});

test("a record can be read as soon as its last byte has come", () => {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes));
  writer.begin({ head: { program: "a.ts", engine: "native", tool: "t" }, sites: [], sources: [] });
  writer.records(words(SAMPLE_RECORDS));
  writer.flush();
  const file = joined(pieces);
  const reader = new TraceReader();
  reader.push(file.subarray(0, file.length - 2 * RECORD_BYTES - 1));
  assert.equal(reader.trace.events.count, SAMPLE_RECORDS.length - 3);
  reader.push(file.subarray(file.length - 2 * RECORD_BYTES - 1, file.length - RECORD_BYTES));
  assert.equal(reader.trace.events.count, SAMPLE_RECORDS.length - 1);
});

test("every piece that the writer gives ends at a place where reading may stop", () => {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes));
  writeSample(writer);
  assert.equal(writer.bytes, joined(pieces).length);
  const reader = new TraceReader();
  for (const piece of pieces) {
    assert.equal(piece.length % 8, 0);
    assert.equal(reader.push(piece), undefined);
  }
  checkSample(reader);
});

test("an event costs 24 bytes and next to nothing more", () => {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes));
  writer.begin({ head: { program: "a.ts", engine: "native", tool: "t" }, sites: [], sources: [] });
  const before = writer.bytes;
  const slice = new Int32Array(100 * RECORD_WORDS);
  for (let i = 0; i < 500; i++) writer.records(slice);
  writer.flush();
  assert.ok((writer.bytes - before) / 50_000 <= 24.01);
});

test("a long table is split, a gigantic line of output is cut", () => {
  const line = {
    sequence: 0,
    thread: 0 as never,
    stream: "log" as const,
    site: 0 as never,
    time: 0,
  };
  const file = sampleFile((writer) => {
    writer.begin({
      head: { program: "a.ts", engine: "native", tool: "t" },
      sites: [],
      sources: [],
    });
    writer.output([
      { ...line, text: "a".repeat(9_000_000) },
      { ...line, text: "b".repeat(9_000_000) },
      { ...line, text: "c".repeat(17_000_000) },
    ]);
    writer.end({ ending: { kind: "finished" }, durationNs: 1 });
  });
  const reader = read(file, 65_536);
  assert.equal(reader.finish(), undefined);
  const lengths = reader.trace.output.map(({ text }) => text.length);
  assert.deepEqual(lengths, [9_000_000, 9_000_000, 1024 * 1024 + 1]);
});

test("a trace has one beginning and one end", () => {
  const beginning = {
    head: { program: "a.ts", engine: "native", tool: "t" },
    sites: [],
    sources: [],
  } as const;
  const ending = { ending: { kind: "finished" }, durationNs: 1 } as const;
  const writer = new TraceWriter(() => {});
  assert.throws(() => writer.records(new Int32Array(6)), /must begin/);
  assert.throws(() => writer.end(ending), /must begin/);
  writer.begin(beginning);
  assert.throws(() => writer.begin(beginning), /begins once/);
  assert.throws(() => writer.records(new Int32Array(5)), RangeError);
  writer.end(ending);
  assert.throws(() => writer.records(new Int32Array(6)), /has ended/);
  assert.throws(() => writer.threads([{ id: 0 as never, name: "", object: 1 }]), /has ended/);
});
