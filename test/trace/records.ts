/**
 * Traces made of records for tests, and records read out of traces: through the real writer and reader. What a test tells
 * in lines (`told.ts`), simulates or lets an engine record is all made and read here.
 */
import type { ThreadId } from "../../src/base/brand.ts";
import { EventKind, RECORD_WORDS } from "../../src/trace/event.ts";
import type { Finding } from "../../src/trace/finding.ts";
import { TraceReader } from "../../src/trace/reader.ts";
import type { Ending, OutputLine, ProcessRow, Site, TraceHead } from "../../src/trace/tables.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import type { Trace } from "../../src/trace/trace.ts";
import { TraceWriter } from "../../src/trace/writer.ts";

/** A record to be written; what is left out is 0. */
export interface Record {
  readonly time: number;
  readonly kind: number;
  readonly thread: number;
  readonly object?: number;
  readonly version?: number;
  readonly argument?: number;
  readonly site?: number;
}

/** Records as a ring holds them. */
export function words(records: readonly Record[]): Int32Array {
  const made = new Int32Array(records.length * RECORD_WORDS);
  records.forEach((record, index) => {
    const at = index * RECORD_WORDS;
    made[at] = record.time % 0x1_0000_0000;
    made[at + 1] = Math.floor(record.time / 0x1_0000_0000) | (record.kind << 24);
    made[at + 2] = record.object ?? 0;
    made[at + 3] = record.version ?? 0;
    made[at + 4] = record.argument ?? 0;
    made[at + 5] = (record.site ?? 0) | (record.thread << 18);
  });
  return made;
}

/** A run to be written. */
export interface Run {
  readonly program?: string;
  readonly engine?: "native" | "model";
  /** What else its head says: clock, model, cores. */
  readonly head?: Partial<TraceHead>;
  /** From number 1 on. */
  readonly sites?: readonly Site[];
  /** Names by thread, each with its object. */
  readonly threads?: readonly {
    readonly name: string;
    readonly object: number;
    readonly process?: number;
  }[];
  readonly processes?: readonly ProcessRow[];
  readonly strings?: readonly string[];
  readonly records: readonly Record[];
  readonly output?: readonly OutputLine[];
  readonly findings?: readonly Finding[];
  /** Left out: the run goes on, or was cut off. */
  readonly end?: { readonly ending: Ending; readonly durationNs: number };
}

/** The pieces of a run's file, one a record. */
export function piecesOf(run: Run): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes));
  const { program = "a.ts", engine = "native" } = run;
  const sites = [null, ...(run.sites ?? [])];
  writer.begin({ head: { program, engine, tool: "test", ...run.head }, sites, sources: [] });
  writer.threads((run.threads ?? []).map((row, id) => ({ id: id as ThreadId, ...row })));
  writer.processes(run.processes ?? []);
  writer.strings((run.strings ?? []).map((text, index) => [index, text]));
  for (const record of run.records) {
    writer.records(words([record]));
    writer.flush();
  }
  writer.output(run.output ?? []);
  writer.findings(run.findings ?? []);
  if (run.end !== undefined) writer.end(run.end);
  return pieces;
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** What a reader makes of a file. Throws where it finds a problem. */
export function readTrace(...pieces: readonly Uint8Array[]): Trace {
  const reader = new TraceReader();
  for (const piece of pieces) {
    const problem = reader.push(piece);
    if (problem !== undefined) throw new Error(problem.message);
  }
  reader.finish();
  return reader.trace;
}

/** What the trace of a run means. */
export function timelineOfRun(run: Run): Timeline {
  const timeline = new Timeline(readTrace(...piecesOf(run)));
  timeline.advance();
  return timeline;
}

export type Recorded = Required<Record>;

/** The records of a trace as objects, for tests that read a few of them. */
export function recordsOf({ events }: Trace): Recorded[] {
  return Array.from({ length: events.count }, (_, row) => ({
    time: events.time[row],
    kind: events.kind[row],
    thread: events.thread[row],
    object: events.object[row],
    version: events.version[row],
    argument: events.argument[row],
    site: events.site[row],
  }));
}

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(EventKind).map(([name, kind]) => [kind, name]),
);

/** What one thread did, in its order: names of the kinds. */
export function kindsOf(trace: Trace, thread: number): string[] {
  return recordsOf(trace)
    .filter((record) => record.thread === thread)
    .map(({ kind }) => NAMES.get(kind) ?? `kind ${kind}`);
}
