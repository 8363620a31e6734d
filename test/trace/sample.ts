/** A small trace with something in every chunk: what the tests of the file format write, read and damage. */
import type { SiteId, ThreadId } from "../../src/base/brand.ts";
import { EventKind } from "../../src/trace/event.ts";
import { TraceWriter } from "../../src/trace/writer.ts";
import { joined, type Record, words } from "./records.ts";

export const SAMPLE_RECORDS: readonly Record[] = [
  { time: 0, kind: EventKind.threadStart, thread: 0, object: 1, version: 1, argument: -1 },
  { time: 1500, kind: EventKind.create, thread: 0, object: 2, version: 0, argument: 1, site: 1 },
  { time: 0x1_2345_6789, kind: EventKind.lock, thread: 0, object: 2, version: 1, site: 2 },
  {
    time: 0xff_ffff_ffff,
    kind: EventKind.unlock,
    thread: 0,
    object: 2,
    version: 2,
    site: 0x3_ffff,
  },
  { time: 0xff_ffff_ffff, kind: 255, thread: 0x3fff, object: 3, version: -1, argument: -7 },
];

/** What a run was given from outside, as format 1.1 has it. */
export const SAMPLE_FACTS = {
  seed: 7,
  parallelism: 4,
  argv: ["--fast"],
  beganMs: 1_793_700_000_000,
};
export const SAMPLE_INPUTS = new Uint8Array([8, 3 * 8 + 3, 2 * 8 + 4, 250, 251]);

/** A process of the run, as format 1.2 has it. */
export const SAMPLE_PROCESS = {
  ...{ id: 1, name: "adder", pid: 4711, thread: 1 as ThreadId },
  ...{ object: 4, down: 5, up: 6 },
};

/** A file of this version's format, or of an older one, without what came later. */
export function writeSample(writer: TraceWriter, version: "1.0" | "1.1" | "1.2" = "1.2"): void {
  const given = version !== "1.0";
  const at = { column: 12, endColumn: 30 };
  writer.begin({
    head: {
      program: "bank/überweisung.ts",
      engine: "native",
      began: "2026-11-03T10:00:00Z",
      tool: "threadloom 0.1.0",
    },
    sites: [
      null,
      {
        file: "bank/überweisung.ts",
        line: 3,
        endLine: 3,
        ...at,
        kind: "new",
        name: "db",
        text: "new Mutex(0)",
      },
      { file: "bank/überweisung.ts", line: 4, endLine: 5, ...at, kind: "using" },
    ],
    sources: [
      { file: "bank/überweisung.ts", text: "// @threadloom\r\n\n\tconst db = new Mutex(0);" },
    ],
  });
  if (given) writer.facts(SAMPLE_FACTS);
  writer.threads([{ id: 0 as ThreadId, name: "main", object: 1 }]);
  if (version === "1.2") {
    writer.processes([SAMPLE_PROCESS]);
    writer.threads([{ id: 1 as ThreadId, name: "adder", object: 3, process: 1 }]);
  }
  writer.records(words(SAMPLE_RECORDS.slice(0, 2)));
  writer.flush();
  if (given) writer.inputs(0 as ThreadId, SAMPLE_INPUTS);
  writer.strings([
    [0, "half way"],
    [1, "\ud800 is no character"],
  ]);
  writer.records(words(SAMPLE_RECORDS.slice(2)));
  writer.output([
    {
      sequence: 0,
      thread: 0 as ThreadId,
      stream: "log",
      text: "1 ✓",
      site: 2 as SiteId,
      time: 1600,
    },
  ]);
  writer.findings([
    {
      kind: "panic",
      code: "TL2001",
      severity: "error",
      message: "main panicked",
      sites: [{ file: "bank/überweisung.ts", line: 4, column: 12 }],
      remedy: "Catch it.",
      chain: [
        { text: "because", site: { file: "a.ts", line: 1, column: 2 }, thread: 0 },
        { text: "so" },
      ],
      time: 1700,
      threads: [0],
      objects: [2],
    },
  ]);
  writer.end({ ending: { kind: "exited", code: 3 }, durationNs: 0xff_ffff_ffff });
}

/** The whole file, and where its pieces begin. */
export function sampleFile(
  write: (writer: TraceWriter) => void = (writer) => writeSample(writer),
): Uint8Array {
  const pieces: Uint8Array[] = [];
  write(new TraceWriter((bytes) => pieces.push(bytes)));
  return joined(pieces);
}
