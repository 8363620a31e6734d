/**
 * The trace of another process as it becomes part of this run's: its bytes are read as they come, and everything in them is
 * given names that nothing else in the run has. Its times are those of this run already, as both count from the same moment.
 *
 * Operations on the two channels between the processes, on the process itself and on its main thread are told about this side's
 * objects, and are made there at that very moment: a message is here when the record of its sending is, and everything that led to
 * it (`causal-order.ts`). So the whole recording has one order, by which the model engine can make the run again.
 */
import type { ThreadId } from "../../../base/brand.ts";
import { EventKind, STOPPED_VERSION } from "../../../trace/event.ts";
import { TraceReader } from "../../../trace/reader.ts";
import type { OutputLine, ProcessRow, ThreadRow } from "../../../trace/tables.ts";
import { CausalOrder, type Ordered } from "./causal-order.ts";
import { farThread } from "./starting.ts";

/** Numbers that nobody in the run has yet, for all of its processes; from the top, while the program's own go up. */
export class FreshIds {
  readonly #words: Int32Array;
  #object = 0x7fff_ffff;
  #process = 0;

  /** `words`: of the run's memory. */
  constructor(words: Int32Array) {
    this.#words = words;
  }

  thread(): ThreadId {
    return farThread(this.#words);
  }

  object(): number {
    return this.#object--;
  }

  process(): number {
    return ++this.#process;
  }
}

/** Where it all goes. */
export interface RelaySink {
  records(words: Int32Array): void;
  threads(rows: readonly ThreadRow[]): void;
  processes(rows: readonly ProcessRow[]): void;
  inputs(thread: ThreadId, piece: Uint8Array): void;
  output(lines: readonly OutputLine[]): void;
  /** A text's number among the run's. */
  string(text: string): number;
  /** The number of the console's next line, and the version that the console has by it. */
  line(): { readonly sequence: number; readonly version: number };
  /** An operation on one of this side's objects: made there, it gives the version that the object has by it. */
  act(kind: number, object: number, argument: number): number;
}

/** A record, by its place in the trace that is read. */
interface Row extends Ordered {
  readonly row: number;
}

/** What objects of the other process are called here from the beginning. */
export type KnownObjects = ReadonlyMap<number, number>;

/** Whose argument is a thread. */
const OF_THREADS: ReadonlySet<number> = new Set([
  EventKind.threadStart,
  EventKind.spawn,
  EventKind.join,
  EventKind.block,
  EventKind.lockRefused,
  EventKind.notifyOne,
  EventKind.unpark,
  EventKind.jobJoin,
]);
const OF_TEXTS: ReadonlySet<number> = new Set([
  EventKind.label,
  EventKind.regionBegin,
  EventKind.regionEnd,
]);
/** Their versions are no place in the order of an object. */
const UNORDERED: ReadonlySet<number> = new Set([
  EventKind.create,
  EventKind.block,
  EventKind.onCore,
  EventKind.select,
]);

export class RelayedTrace {
  readonly #process: Pick<ProcessRow, "id" | "name" | "thread">;
  readonly #spawner: ThreadId;
  readonly #ids: FreshIds;
  readonly #sink: RelaySink;
  readonly #console: number;
  readonly #shared: Map<number, number>;
  readonly #linesLimit: number;
  readonly #reader = new TraceReader();
  readonly #threads = new Map<number, ThreadId>();
  readonly #objects = new Map<number, number>();
  readonly #processes = new Map<number, number>();
  readonly #strings = new Map<number, number>();
  readonly #lines = new Map<number, { readonly sequence: number; readonly version: number }>();
  readonly #order = new CausalOrder<Row>();
  /** Threads whose end has been told. */
  readonly #ended = new Set<number>();
  readonly #toldThreads = new Set<number>();
  readonly #toldInputs = new Map<number, number>();
  #records = 0;
  #lastLines: OutputLine[] = [];
  #output = 0;
  #toldProcesses = 0;
  /** Its end has been read, if not yet told. */
  #hasEnded = false;
  #isGone = false;

  /** `console`: the number of the console's object there. */
  constructor(parts: {
    readonly process: Pick<ProcessRow, "id" | "name" | "thread">;
    readonly spawner: ThreadId;
    readonly ids: FreshIds;
    readonly sink: RelaySink;
    readonly console: { readonly there: number; readonly here: number };
    readonly shared: KnownObjects;
    /** How many lines it hands over at most. */
    readonly linesLimit: number;
  }) {
    this.#process = parts.process;
    this.#spawner = parts.spawner;
    this.#ids = parts.ids;
    this.#sink = parts.sink;
    this.#console = parts.console.there;
    this.#shared = new Map(parts.shared);
    this.#linesLimit = parts.linesLimit;
    this.#objects.set(parts.console.there, parts.console.here);
    for (const [there, here] of parts.shared) this.#objects.set(there, here);
    this.#threads.set(0, parts.process.thread);
  }

  /** What one more object is called over there, and here. */
  knows(there: number, here: number): void {
    this.#shared.set(there, here);
    this.#objects.set(there, here);
  }

  /** Its next bytes. */
  push(bytes: Uint8Array): void {
    const problem = this.#reader.push(bytes);
    if (problem !== undefined) throw new Error(problem.message);
    const { trace } = this.#reader;
    const rows = [...trace.processes.values()].slice(this.#toldProcesses);
    this.#toldProcesses += rows.length;
    if (rows.length > 0) this.#sink.processes(rows.map((row) => this.#processRow(row)));
    const threads = [...trace.threads.values()].filter(({ id }) => !this.#toldThreads.has(id));
    for (const { id } of threads) this.#toldThreads.add(id);
    if (threads.length > 0) this.#sink.threads(threads.map((row) => this.#threadRow(row)));
    this.#readRecords();
    this.#relayRecords();
    this.#lastLines.push(...trace.output.slice(this.#output));
    this.#output = trace.output.length;
    this.#relayLines();
    for (const [thread, pieces] of trace.inputs) {
      const from = this.#toldInputs.get(thread) ?? 0;
      for (const piece of pieces.slice(from)) this.#sink.inputs(this.#thread(thread), piece);
      this.#toldInputs.set(thread, pieces.length);
    }
  }

  /** The process of the system is gone: its end is told now, and not before. */
  gone(): void {
    this.#isGone = true;
    this.#relayRecords();
    if (this.#hasEnded) {
      const records: number[] = [];
      for (const { row } of this.#order.rest()) this.#relay(row, records);
      this.#sink.records(Int32Array.from(records));
    }
    this.#relayLines();
  }

  /** The threads that had not ended, where the process was ended from outside. */
  get unended(): readonly { readonly thread: ThreadId; readonly object: number }[] {
    return [...this.#reader.trace.threads.values()]
      .filter(({ id }) => !this.#ended.has(id))
      .map(({ id, object }) => ({ thread: this.#thread(id), object: this.#object(object) }));
  }

  /** What it is called here. */
  threadOf(there: number): ThreadId {
    return this.#thread(there);
  }

  #readRecords(): void {
    const { count, kind, thread, object, version } = this.#reader.trace.events;
    for (; this.#records < count; this.#records++) {
      const row = this.#records;
      const isOrdered =
        !UNORDERED.has(kind[row]) && version[row] > 0 && version[row] < STOPPED_VERSION;
      const on = isOrdered ? object[row] : 0;
      this.#hasEnded ||= kind[row] === EventKind.processEnd && this.#shared.has(on);
      this.#order.push({ row, thread: thread[row], object: on, version: version[row] });
    }
  }

  /** Those that have come in order. That the process has ended is true once the system says so. */
  #relayRecords(): void {
    const { events, output } = this.#reader.trace;
    const told = output.at(-1)?.sequence ?? -1;
    const isHeld = ({ row, object }: Row): boolean => {
      const kind = events.kind[row];
      if (kind === EventKind.processEnd) return !this.#isGone && this.#shared.has(object);
      // A line comes after its record, and may be lost with the process; beyond the limit none comes.
      const isPrinted = kind === EventKind.output && output.length < this.#linesLimit;
      return isPrinted && events.argument[row] > told;
    };
    const records: number[] = [];
    for (const { row } of this.#order.take(isHeld)) this.#relay(row, records);
    if (records.length > 0) this.#sink.records(Int32Array.from(records));
  }

  #relay(row: number, into: number[]): void {
    const { events } = this.#reader.trace;
    const time = events.time[row];
    const kind = events.kind[row];
    const object = events.object[row];
    const thread = events.thread[row];
    if (kind === EventKind.threadEnd) this.#ended.add(thread);
    // Workers are counted in each process by itself: lanes are those of the program's own.
    if (kind === EventKind.onCore || kind === EventKind.offCore) return;
    into.push(
      time | 0,
      Math.floor(time / 2 ** 32) | (kind << 24),
      object > 0 ? this.#object(object) : object,
      this.#version(kind, object, events.version[row], events.argument[row]),
      this.#argument(kind, events.argument[row]),
      events.site[row] | (this.#thread(thread) << 18),
    );
  }

  /** A line is told after the record of its printing. */
  #relayLines(): void {
    const isTold = ({ sequence }: OutputLine): boolean => this.#lines.has(sequence);
    const lines = this.#lastLines.filter(isTold).map((line) => this.#line(line));
    this.#lastLines = this.#lastLines.filter((line) => !isTold(line));
    if (lines.length > 0) this.#sink.output(lines);
  }

  #version(kind: number, object: number, version: number, argument: number): number {
    if (kind === EventKind.create) return version > 0 ? this.#string(version - 1) + 1 : version;
    if (UNORDERED.has(kind) || version <= 0) return version;
    if (object === this.#console) return this.#consoleLine(argument).version;
    const here = this.#shared.get(object);
    return here === undefined ? version : this.#sink.act(kind, here, argument);
  }

  #argument(kind: number, argument: number): number {
    if (kind === EventKind.threadStart && argument < 0) return this.#spawner;
    if (argument < 0) return argument;
    if (OF_THREADS.has(kind)) return this.#thread(argument);
    if (OF_TEXTS.has(kind)) return this.#string(argument);
    if (kind === EventKind.conditionWait) return this.#object(argument);
    if (kind === EventKind.output) return this.#consoleLine(argument).sequence;
    return argument;
  }

  #threadRow(row: ThreadRow): ThreadRow {
    return {
      id: this.#thread(row.id),
      name: row.id === 0 ? this.#process.name : row.name,
      object: this.#object(row.object),
      process: row.process === undefined ? this.#process.id : this.#processId(row.process),
    };
  }

  #processRow(row: ProcessRow): ProcessRow {
    return {
      ...row,
      id: this.#processId(row.id),
      thread: this.#thread(row.thread),
      parent: row.parent === undefined ? this.#process.id : this.#processId(row.parent),
      object: this.#object(row.object),
      down: this.#object(row.down),
      up: this.#object(row.up),
    };
  }

  #line(line: OutputLine): OutputLine {
    const { sequence } = this.#consoleLine(line.sequence);
    return { ...line, sequence, thread: this.#thread(line.thread) };
  }

  #thread(there: number): ThreadId {
    return known(this.#threads, there, () => this.#ids.thread());
  }

  #object(there: number): number {
    return known(this.#objects, there, () => this.#ids.object());
  }

  #processId(there: number): number {
    return known(this.#processes, there, () => this.#ids.process());
  }

  #string(there: number): number {
    const text = this.#reader.trace.strings.get(there) ?? "";
    return known(this.#strings, there, () => this.#sink.string(text));
  }

  #consoleLine(there: number): { readonly sequence: number; readonly version: number } {
    return known(this.#lines, there, () => this.#sink.line());
  }
}

function known<T>(all: Map<number, T>, key: number, make: () => T): T {
  let one = all.get(key);
  if (one === undefined) all.set(key, (one = make()));
  return one;
}
