import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TraceReader } from "../../src/trace/reader.ts";
import { joined, words } from "./records.ts";
import { SAMPLE_RECORDS, sampleFile } from "./sample.ts";

const FILE_HEADER = sampleFile().subarray(0, 16);

function chunk(kind: string, payload: Uint8Array | string, count = 1, length?: number): Uint8Array {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const made = new Uint8Array(16 + Math.ceil(bytes.length / 8) * 8);
  made.set(new TextEncoder().encode(kind));
  const view = new DataView(made.buffer);
  view.setUint32(4, length ?? bytes.length, true);
  view.setUint32(8, count, true);
  made.set(bytes, 16);
  return made;
}

const HEAD = chunk("head", `{"program":"a.ts","engine":"native","tool":"t"}`);
const END = chunk("done", `{"ending":{"kind":"finished"},"durationNs":1,"events":0}`);
const recordBytes = new Uint8Array(words(SAMPLE_RECORDS).buffer);

function open(...parts: Uint8Array[]): {
  code: string | undefined;
  message: string;
  reader: TraceReader;
} {
  const reader = new TraceReader({ maxEvents: 1000 });
  reader.push(joined(parts));
  const problem = reader.finish();
  return { code: problem?.code, message: problem?.message ?? "", reader };
}

const version = (major: number, minor: number): Uint8Array => {
  const header = FILE_HEADER.slice();
  header[8] = major;
  header[10] = minor;
  return header;
};

const CASES: readonly [
  name: string,
  parts: readonly Uint8Array[],
  code: string | undefined,
  says?: RegExp,
][] = [
  ["an empty file", [], "TL4001"],
  [
    "a text",
    [new TextEncoder().encode("// @threadloom\nimport {} from 'threadloom:std'")],
    "TL4001",
  ],
  [
    "a transfer that made \\n of \\r\\n",
    [FILE_HEADER.filter((byte) => byte !== 13), HEAD, END],
    "TL4001",
  ],
  [
    "a newer major version",
    [version(2, 7), HEAD, END],
    "TL4002",
    /version 2\.7; this Threadloom reads version 1/,
  ],
  ["a newer minor version", [version(1, 9), HEAD, END], undefined],
  [
    "an unknown chunk",
    [FILE_HEADER, HEAD, chunk("wnew", "what an older reader passes over"), END],
    undefined,
  ],
  ["an empty unknown chunk", [FILE_HEADER, HEAD, chunk("wnew", ""), END], undefined],
  ["a chunk before the head", [FILE_HEADER, END], "TL4003", /at byte 16.*head does not come first/],
  ["a second head", [FILE_HEADER, HEAD, HEAD], "TL4005", /head table/],
  ["something behind the end", [FILE_HEADER, HEAD, END, END], "TL4003", /follows the end/],
  [
    "no kind of chunk",
    [FILE_HEADER, HEAD, chunk("\0\0\0\0", "")],
    "TL4003",
    /no chunk begins here/,
  ],
  [
    "half a record",
    [FILE_HEADER, HEAD, chunk("recs", recordBytes, 1, 23)],
    "TL4003",
    /1 records do not take 23/,
  ],
  ["a count that is wrong", [FILE_HEADER, HEAD, chunk("recs", recordBytes, 9)], "TL4003"],
  ["a records chunk without records", [FILE_HEADER, HEAD, chunk("recs", "", 0), END], undefined],
  [
    "a chunk of 4 gigabytes",
    [FILE_HEADER, HEAD, chunk("wnew", "", 0, 0xffff_ffff)],
    "TL4003",
    /too long/,
  ],
  [
    "a table of 17 megabytes",
    [FILE_HEADER, HEAD, chunk("outp", "[]", 0, 17 << 20)],
    "TL4003",
    /too long/,
  ],
  ["a table without text", [FILE_HEADER, HEAD, chunk("outp", "")], "TL4003", /empty/],
  ["text that is no JSON", [FILE_HEADER, HEAD, chunk("outp", "[{]")], "TL4005", /output table/],
  [
    "text that is no UTF-8",
    [FILE_HEADER, HEAD, chunk("outp", new Uint8Array([0x22, 0xff, 0x22]))],
    "TL4005",
  ],
  ["a table that is no list", [FILE_HEADER, HEAD, chunk("thrd", "{}")], "TL4005", /no list/],
  ["rows that are no objects", [FILE_HEADER, HEAD, chunk("thrd", "[7]")], "TL4005", /no object/],
  [
    "an unknown engine",
    [FILE_HEADER, chunk("head", `{"program":"a","engine":"magic","tool":"t"}`)],
    "TL4005",
    /none of native, model/,
  ],
  [
    "a thread out of range",
    [FILE_HEADER, HEAD, chunk("thrd", `[{"id":16384,"name":"x","object":1}]`)],
    "TL4005",
    /"id"/,
  ],
  [
    "a line that is no number",
    [FILE_HEADER, HEAD, chunk("site", `[null,{"file":"a","line":"1"}]`)],
    "TL4005",
    /"line"/,
  ],
  ["a string without an index", [FILE_HEADER, HEAD, chunk("strs", `["a"]`)], "TL4005", /no pair/],
  [
    "an ending that is none",
    [FILE_HEADER, HEAD, chunk("done", `{"ending":{"kind":"bored"},"durationNs":1,"events":0}`)],
    "TL4005",
  ],
  [
    "an endless duration",
    [FILE_HEADER, HEAD, chunk("done", `{"ending":{"kind":"stuck"},"durationNs":1e999,"events":0}`)],
    "TL4005",
    /"durationNs"/,
  ],
  [
    "a finding without a severity",
    [FILE_HEADER, HEAD, chunk("find", `[{"kind":"panic","code":"x","message":"y","sites":[]}]`)],
    "TL4005",
    /"severity"/,
  ],
  ["nothing after the head", [FILE_HEADER, HEAD], "TL4004", /0 events/],
];

for (const [name, parts, code, says] of CASES) {
  test(`${name}: ${code ?? "opens"}`, () => {
    const opened = open(...parts);
    assert.equal(opened.code, code, opened.message);
    if (says) assert.match(opened.message, says);
  });
}

test("what stands before a damaged place can be read", () => {
  const records = chunk("recs", recordBytes, SAMPLE_RECORDS.length);
  const { code, message, reader } = open(FILE_HEADER, HEAD, records, chunk("site", "[3]"), records);
  assert.equal(code, "TL4005");
  assert.match(message, new RegExp(`at byte ${16 + HEAD.length + records.length}:`));
  assert.equal(reader.trace.events.count, SAMPLE_RECORDS.length);
});

test("a bad row changes no table", () => {
  const rows = `[{"id":1,"name":"a","object":1},{"id":2,"name":3,"object":1}]`;
  const { code, reader } = open(FILE_HEADER, HEAD, chunk("thrd", rows));
  assert.equal(code, "TL4005");
  assert.equal(reader.trace.threads.size, 0);
});

test("more events than the limit are passed over, and the rest of the trace is read", () => {
  const many = new Uint8Array(24 * 700);
  const records = chunk("recs", many, 700);
  const { code, message, reader } = open(FILE_HEADER, HEAD, records, records, records, END);
  assert.equal(code, "TL4006");
  assert.match(message, /first 1000 are/);
  assert.equal(reader.trace.events.count, 1000);
  assert.equal(reader.trace.end?.ending.kind, "finished");
});

test("an announced length costs no memory until its bytes come", () => {
  const before = process.memoryUsage().arrayBuffers;
  const readers = Array.from({ length: 100 }, () => {
    const reader = new TraceReader();
    reader.push(joined([FILE_HEADER, HEAD, chunk("outp", "[", 1, 16 << 20)]));
    return reader;
  });
  assert.ok(process.memoryUsage().arrayBuffers - before < 32 << 20);
  assert.equal(readers[99].finish()?.code, "TL4004");
});

test("whatever the bytes, reading answers a problem or a trace, in any pieces the same", () => {
  const good = sampleFile();
  const damage = fc.record({
    at: fc.nat(good.length - 1),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }),
    piece: fc.integer({ min: 1, max: good.length }),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const bad = good.slice();
      for (const { at, bytes } of damages) bad.set(bytes.subarray(0, bad.length - at), at);
      const whole = open(bad);
      const inPieces = new TraceReader({ maxEvents: 1000 });
      const { piece } = damages[0];
      for (let at = 0; at < bad.length; at += piece) inPieces.push(bad.subarray(at, at + piece));
      assert.equal(inPieces.finish()?.message ?? "", whole.message);
      assert.equal(inPieces.trace.events.count, whole.reader.trace.events.count);
      if (whole.code !== undefined) assert.match(whole.code, /^TL400[1-6]$/);
    }),
    { numRuns: 500 },
  );
});
