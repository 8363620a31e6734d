/**
 * The trace of another process as it becomes part of this run's: its bytes are read as they come, and everything in them is
 * given names that nothing else in the run has. Its times are those of this run already, as both count from the same moment.
 *
 * Operations on the two channels between the processes, and on the process itself, are told about this side's objects. Their
 * versions are counted on: those of one side come in order, those of both as they were heard of.
 */
import type { ThreadId } from "../../../base/brand.ts";
import { EventKind, MAX_THREAD, RECORD_WORDS } from "../../../trace/event.ts";
import { TraceReader } from "../../../trace/reader.ts";
import type { OutputLine, ProcessRow, ThreadRow } from "../../../trace/tables.ts";

/** Numbers that nobody in the run has yet, for all of its processes; from the top, while the program's own go up. */
export class FreshIds {
  #thread = MAX_THREAD;
  #object = 0x7fff_ffff;
  #process = 0;

  thread(): ThreadId {
    return this.#thread-- as ThreadId;
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
  /** The next version of one of this side's objects. */
  version(object: number): number;
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
  readonly #shared: KnownObjects;
  readonly #reader = new TraceReader();
  readonly #threads = new Map<number, ThreadId>();
  readonly #objects = new Map<number, number>();
  readonly #processes = new Map<number, number>();
  readonly #strings = new Map<number, number>();
  readonly #lines = new Map<number, { readonly sequence: number; readonly version: number }>();
  readonly #toldThreads = new Set<number>();
  readonly #toldInputs = new Map<number, number>();
  #records = 0;
  #output = 0;
  #toldProcesses = 0;

  /** `console`: the number of the console's object there. */
  constructor(parts: {
    readonly process: Pick<ProcessRow, "id" | "name" | "thread">;
    readonly spawner: ThreadId;
    readonly ids: FreshIds;
    readonly sink: RelaySink;
    readonly console: { readonly there: number; readonly here: number };
    readonly shared: KnownObjects;
  }) {
    this.#process = parts.process;
    this.#spawner = parts.spawner;
    this.#ids = parts.ids;
    this.#sink = parts.sink;
    this.#console = parts.console.there;
    this.#shared = parts.shared;
    this.#objects.set(parts.console.there, parts.console.here);
    for (const [there, here] of parts.shared) this.#objects.set(there, here);
    this.#threads.set(0, parts.process.thread);
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
    this.#relayRecords();
    const lines = trace.output.slice(this.#output);
    this.#output += lines.length;
    if (lines.length > 0) this.#sink.output(lines.map((line) => this.#line(line)));
    for (const [thread, pieces] of trace.inputs) {
      const from = this.#toldInputs.get(thread) ?? 0;
      for (const piece of pieces.slice(from)) this.#sink.inputs(this.#thread(thread), piece);
      this.#toldInputs.set(thread, pieces.length);
    }
  }

  /** The threads that had not ended, where the process was ended from outside. */
  get unended(): readonly { readonly thread: ThreadId; readonly object: number }[] {
    const { trace } = this.#reader;
    const { events } = trace;
    const ended = new Set<number>();
    for (let row = 0; row < events.count; row++) {
      if (events.kind[row] === EventKind.threadEnd) ended.add(events.thread[row]);
    }
    return [...trace.threads.values()]
      .filter(({ id }) => !ended.has(id))
      .map(({ id, object }) => ({ thread: this.#thread(id), object: this.#object(object) }));
  }

  /** What it is called here. */
  threadOf(there: number): ThreadId {
    return this.#thread(there);
  }

  #relayRecords(): void {
    const { events } = this.#reader.trace;
    const from = this.#records;
    const count = events.count - from;
    this.#records = events.count;
    if (count === 0) return;
    const words = new Int32Array(count * RECORD_WORDS);
    for (let index = 0; index < count; index++) {
      const row = from + index;
      const at = index * RECORD_WORDS;
      const time = events.time[row];
      const kind = events.kind[row];
      const object = events.object[row];
      words[at] = time | 0;
      words[at + 1] = Math.floor(time / 2 ** 32) | (kind << 24);
      words[at + 2] = object > 0 ? this.#object(object) : object;
      words[at + 3] = this.#version(kind, object, events.version[row], events.argument[row]);
      words[at + 4] = this.#argument(kind, events.argument[row]);
      words[at + 5] = events.site[row] | (this.#thread(events.thread[row]) << 18);
    }
    this.#sink.records(words);
  }

  #version(kind: number, object: number, version: number, argument: number): number {
    if (kind === EventKind.create) return version > 0 ? this.#string(version - 1) + 1 : version;
    if (UNORDERED.has(kind) || version <= 0) return version;
    if (object === this.#console) return this.#consoleLine(argument).version;
    const here = this.#shared.get(object);
    return here === undefined ? version : this.#sink.version(here);
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
