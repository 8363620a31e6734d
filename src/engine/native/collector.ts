/**
 * Takes what threads have written (records from their rings, lines from the console) and writes the trace file. Runs on the
 * runner's main thread in short rounds; it keeps nothing but the batch of the round, so memory stays bounded.
 */
import { openSync, closeSync, writeSync } from "node:fs";
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { ConsoleWord, CONSOLE_LIMIT } from "../../objects/console.ts";
import { Head } from "../../objects/object.ts";
import { NodeWord } from "../../objects/waiters.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions } from "../../protocol/run.ts";
import type { Finding } from "../../trace/finding.ts";
import { RingReader } from "../../trace/ring.ts";
import type { Ending, Facts, OutputLine, ProcessRow, ThreadRow } from "../../trace/tables.ts";
import { TraceWriter } from "../../trace/writer.ts";
import type { Heap } from "../heap.ts";
import { LINE_WORDS, LineWord } from "./console.ts";
import { Park, RING_CAPACITY, RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import { InputRingReader } from "./input-ring.ts";
import { STREAMS } from "./messages.ts";
import type { RunMemory } from "./memory.ts";
import { workerRings } from "./green/rings.ts";
import { wake } from "./waking.ts";

const decoder = new TextDecoder();
/** What the console's word-lock holds while the collector has it: no thread's number + 1. */
const COLLECTOR = -1;

export class Collector {
  readonly #memory: RunMemory;
  readonly #heap: Heap;
  /** By thread; null once its thread has ended and everything is taken. */
  readonly #rings: (RingReader | null | undefined)[] = [];
  readonly #workerRings = new Map<Address, RingReader>();
  readonly #inputs: InputRingReader[] = [];
  readonly #writer: TraceWriter | undefined;
  readonly #file: number | undefined;
  readonly #linesLeft: { count: number };

  /** `sink`: takes the trace's bytes where no file does; without either nothing is recorded. */
  constructor(
    memory: RunMemory,
    heap: Heap,
    program: CompiledProgram,
    options: RunOptions,
    tool: string,
    sink?: (bytes: Uint8Array) => void,
  ) {
    this.#memory = memory;
    this.#heap = heap;
    this.#linesLeft = { count: options.outputLimitLines };
    if (options.tracePath !== undefined) {
      const file = (this.#file = openSync(options.tracePath, "w"));
      sink = (bytes) => {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      };
    }
    if (sink === undefined) return;
    this.#writer = new TraceWriter(sink);
    const began = new Date().toISOString();
    const head = { program: program.entry, engine: "native" as const, began, tool };
    this.#writer.begin({ head, sites: program.sites, sources: program.sources });
  }

  get events(): number {
    return this.#writer?.events ?? 0;
  }

  get bytes(): number {
    return this.#writer?.bytes ?? 0;
  }

  threads(rows: readonly ThreadRow[]): void {
    this.#writer?.threads(rows);
  }

  processes(rows: readonly ProcessRow[]): void {
    this.#writer?.processes(rows);
  }

  /** What was recorded in another process, named as it is called in this run. */
  get relay(): Pick<TraceWriter, "records" | "inputs" | "output"> | undefined {
    return this.#writer;
  }

  facts(facts: Facts): void {
    this.#writer?.facts(facts);
  }

  string(index: number, text: string): void {
    this.#writer?.strings([[index, text]]);
  }

  /** One round. Answers the lines that were printed since the last one. */
  collect(): readonly OutputLine[] {
    const { words } = this.#memory;
    const writer = this.#writer;
    if (writer !== undefined) {
      for (let id = 0; id < words[RunWord.NEXT_THREAD]; id++) {
        if (this.#rings[id] !== null) this.#drain(id, writer);
      }
      this.#drainWorkers(writer);
      writer.flush();
    }
    const lines = this.#keepWithinLimit(this.#takeLines());
    if (lines.length > 0) writer?.output(lines);
    return lines;
  }

  /** Whether a thread waits for the console to be emptied: then it is for the collector to move. */
  get consoleIsFull(): boolean {
    const at = this.#memory.words[RunWord.CONSOLE];
    return this.#memory.words[at + ConsoleWord.QUEUED] >= CONSOLE_LIMIT;
  }

  /** After the last round, when no thread runs any more: what threads that never ended had still to say. */
  endInputs(): void {
    const writer = this.#writer;
    const { words } = this.#memory;
    if (writer === undefined) return;
    for (let id = 0; id < words[RunWord.NEXT_THREAD]; id++) this.#drainInputs(id, writer, true);
  }

  end(findings: readonly Finding[], ending: Ending, durationNs: number): void {
    this.#writer?.findings(findings);
    this.#writer?.end({ ending, durationNs });
    if (this.#file !== undefined) closeSync(this.#file);
  }

  /** The words with the thread's slot among them, and where that is; 0 where it has none yet. */
  #slotOf(id: number): readonly [words: Int32Array, slot: number] {
    const slot = Atomics.load(this.#memory.words, THREAD_TABLE + id);
    return [this.#memory.fresh(), slot];
  }

  /** Rings that several threads write to, which end with the run. */
  #drainWorkers(writer: TraceWriter): void {
    for (const at of workerRings(this.#memory)) {
      let ring = this.#workerRings.get(at);
      if (ring === undefined) {
        ring = new RingReader(this.#memory.fresh(), at, RING_CAPACITY);
        this.#workerRings.set(at, ring);
      }
      ring.drain((records) => writer.records(records));
    }
  }

  /** Main's worker writes to its ring even after its end, while it looks at conditions. */
  #drain(id: number, writer: TraceWriter): void {
    const [words, slot] = this.#slotOf(id);
    const isOver = id !== 0 && slot !== 0 && Atomics.load(words, slot + SlotWord.ENDED) === 1;
    const ring = (this.#rings[id] ??= this.#openRing(id));
    ring?.drain((records) => writer.records(records));
    this.#drainInputs(id, writer, isOver);
    if (!isOver) return;
    this.#rings[id] = null;
    const taken = words[slot + SlotWord.RING] as Address;
    if (taken !== 0) this.#heap.release(taken);
  }

  /** `last`: the thread never runs again. */
  #drainInputs(id: number, writer: TraceWriter, last: boolean): void {
    const [words, slot] = this.#slotOf(id);
    const at = slot === 0 ? 0 : Atomics.load(words, slot + SlotWord.INPUTS);
    if (at === 0) return;
    const inputs = (this.#inputs[id] ??= new InputRingReader(this.#memory.fresh(), at));
    inputs.drain((bytes) => writer.inputs(id as ThreadId, bytes), last);
    if (!last) return;
    words[slot + SlotWord.INPUTS] = 0;
    this.#heap.release(at as Address);
  }

  #openRing(id: number): RingReader | undefined {
    const [words, slot] = this.#slotOf(id);
    const ring = slot === 0 ? 0 : Atomics.load(words, slot + SlotWord.RING);
    return ring === 0 ? undefined : new RingReader(this.#memory.fresh(), ring, RING_CAPACITY);
  }

  /** Detaches the queued lines. The runner never waits: if a thread is at the console, the next round has them. */
  #takeLines(): OutputLine[] {
    const { words } = this.#memory;
    const at = words[RunWord.CONSOLE];
    if (words[at + ConsoleWord.FIRST] === 0) return [];
    if (Atomics.compareExchange(words, at + Head.WORD_LOCK, 0, COLLECTOR) !== 0) return [];
    const first = words[at + ConsoleWord.FIRST];
    words[at + ConsoleWord.FIRST] = 0;
    words[at + ConsoleWord.LAST] = 0;
    words[at + ConsoleWord.QUEUED] = 0;
    const waiting = this.#takeWaiting(at);
    Atomics.store(words, at + Head.WORD_LOCK, 0);
    for (const slot of waiting) wake(this.#memory.fresh(), slot);
    const lines: OutputLine[] = [];
    // All of them were made before the word-lock was free.
    this.#memory.refresh();
    for (let line = first; line !== 0;) {
      const next = this.#memory.words[line + NodeWord.NEXT];
      lines.push(this.#readLine(line as Address));
      this.#heap.release(line as Address);
      line = next;
    }
    return lines;
  }

  /** Writers that waited for room try again. Under the console's word-lock. */
  #takeWaiting(at: number): number[] {
    const words = this.#memory.fresh();
    const slots: number[] = [];
    for (let here = words[at + Head.QUEUE_FIRST]; here !== 0;) {
      const slot = words[THREAD_TABLE + here - 1];
      here = words[slot + SlotWord.NEXT]!;
      words[slot + SlotWord.WAIT_OBJECT] = 0;
      const before = Atomics.exchange(words, slot + SlotWord.PARK, Park.RETRY);
      if (before === Park.PARKED) Atomics.add(words, RunWord.RUNNING, 1);
      if (before === Park.PARKED || before === Park.PARKED_TIMED) slots.push(slot);
    }
    words[at + Head.QUEUE_FIRST] = 0;
    words[at + Head.QUEUE_LAST] = 0;
    return slots;
  }

  #readLine(line: Address): OutputLine {
    const { words } = this.#memory;
    const length = words[line + LineWord.BYTES];
    const text = new Uint8Array(length);
    text.set(new Uint8Array(words.buffer, (line + LINE_WORDS) * 4, length));
    return {
      sequence: words[line + NodeWord.STATE],
      thread: (words[line + NodeWord.THREAD] - 1) as ThreadId,
      stream: STREAMS[words[line + LineWord.STREAM]],
      text: decoder.decode(text),
      site: words[line + LineWord.SITE] as SiteId,
      time: words[line + LineWord.TIME_HIGH] * 2 ** 32 + (words[line + LineWord.TIME_LOW] >>> 0),
    };
  }

  /** A program that prints without end shall not fill the disk: after so many lines, one says that there were more. */
  #keepWithinLimit(lines: OutputLine[]): OutputLine[] {
    const left = this.#linesLeft;
    if (left.count <= 0) return [];
    left.count -= lines.length;
    if (left.count > 0) return lines;
    const kept = lines.slice(0, lines.length + left.count);
    const last = lines[lines.length - 1];
    return [...kept, { ...last, text: "… more lines were printed than are kept" }];
  }
}
