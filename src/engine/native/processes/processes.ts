/**
 * The processes that a run has started: a runner of its own for each, which runs the body as its program's main. They end with
 * the run, however that ends: a runner ends with the channel to whoever started it, and so do those that it has started.
 */
import { fileURLToPath } from "node:url";
import type { ChildProcess } from "node:child_process";
import type { Address, ThreadId } from "../../../base/brand.ts";
import { EndSide } from "../../../objects/ends.ts";
import { Head } from "../../../objects/object.ts";
import { ProcessOperation, ProcessOutcome, ProcessWord } from "../../../objects/process.ts";
import { NODE_WORDS, NodeWord } from "../../../objects/waiters.ts";
import type { FromProcess, PipeNames } from "../../../protocol/process.ts";
import type { CompiledProgram } from "../../../protocol/program.ts";
import {
  type FromRunner,
  RUN_PROTOCOL,
  type RunOptions,
  type ToRunner,
} from "../../../protocol/run.ts";
import { signalNumber } from "../../../base/signals.ts";
import { EventKind, RECORD_WORDS, STOPPED_VERSION } from "../../../trace/event.ts";
import type { Finding } from "../../../trace/finding.ts";
import type { OutputLine, ThreadRow } from "../../../trace/tables.ts";
import type { Heap } from "../../heap.ts";
import type { Collector } from "../collector.ts";
import { RunWord } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import { OutsideAgent } from "../outside-agent.ts";
import { startRunner } from "../runner-process.ts";
import { Line } from "./line.ts";
import { FreshIds, RelayedTrace } from "./relayed-trace.ts";
import type { StartsProcess } from "./starting.ts";

export interface ProcessesParts {
  readonly memory: RunMemory;
  readonly heap: Heap;
  readonly cores: number;
  readonly program: CompiledProgram;
  readonly options: RunOptions;
  readonly collector: Collector;
  readonly beganMs: number;
  readonly nowNs: () => number;
  readonly thread: (row: ThreadRow) => void;
  readonly output: (lines: readonly OutputLine[]) => void;
}

interface Started {
  readonly at: Address;
  readonly name: string;
  readonly child: ChildProcess;
  readonly line: Line;
  readonly thread: ThreadId;
  readonly traced: boolean;
  /** Objects of ours that its records tell of, by their numbers. */
  readonly objects: Map<number, Address>;
  /** Messages from it whose sending is yet to be told. */
  readonly underWay: Int32Array[];
  /** The exit code that it has recorded. */
  told: number | undefined;
  trace: RelayedTrace | undefined;
  findings: readonly Finding[];
  /** Whether it was asked once more, and nothing has been said to it or by it since. */
  confirmed: boolean;
  /** What it said of having nothing to do, until more is given to it. */
  idle: Extract<FromProcess, { type: "idle" }> | undefined;
  killed: boolean;
  gone: boolean;
}

export class Processes {
  readonly #parts: ProcessesParts;
  readonly #agent: OutsideAgent;
  readonly #ids: FreshIds;
  readonly #started: Started[] = [];
  #ended = false;

  constructor(parts: ProcessesParts) {
    this.#parts = parts;
    this.#ids = new FreshIds(parts.memory.words);
    this.#agent = new OutsideAgent(parts.memory, parts.heap, parts.cores);
  }

  /**
   * Whether any of them may still do something, by itself or with what is on its way. One that has said that it cannot is asked
   * once more before that is believed: it may be gone, and nobody has told yet.
   */
  mayGoOn(): boolean {
    let may = false;
    for (const one of this.#started) {
      if (one.gone) continue;
      const { idle, line, at } = one;
      const isKilled = this.#parts.memory.fresh()[at + ProcessWord.KILL_ASKED] === 1;
      const isIdle = idle?.given === line.taken && idle.taken === line.given;
      if (isIdle && !isKilled && one.confirmed) continue;
      may = true;
      if (!isIdle || isKilled) continue;
      this.#say(one, { type: "parcel", parcel: { messages: [], closed: false, deaf: false } });
      one.confirmed = true;
    }
    return may;
  }

  /** Whether any has not ended. */
  get areLeft(): boolean {
    return this.#started.some(({ gone }) => !gone);
  }

  /** What was found in them. */
  get findings(): readonly Finding[] {
    return this.#started.flatMap(({ findings }) => findings);
  }

  /** Those that were started, as the run's memory has them. */
  get all(): readonly { readonly at: Address; readonly main: ThreadId; readonly name: string }[] {
    return this.#started.map(({ at, thread, name }) => ({ at, main: thread, name }));
  }

  /** A thread has asked for one, and waits for its number. */
  start(asked: StartsProcess): void {
    const { process: at, body, shared, name, spawner, site, thread, object: leads, seed } = asked;
    const { memory, heap, program, options, collector, beganMs } = this.#parts;
    const words = memory.fresh();
    const id = this.#ids.process();
    const { child } = startRunner({
      runnerPath: fileURLToPath(new URL("./runner.mjs", import.meta.url)),
      version: process.env["THREADLOOM_VERSION"] ?? "0.0.0",
      workerHeapMb: Number(process.env["THREADLOOM_WORKER_HEAP_MB"] ?? 1024),
    });
    const pid = child.pid ?? -1;
    const line = new Line({ memory, heap, agent: this.#agent, at, isParent: true });
    const traced = words[RunWord.TRACED] === 1;
    const one: Started = {
      ...{ at, name, child, line, thread, traced, underWay: [], trace: undefined, findings: [] },
      ...{
        objects: new Map(),
        told: undefined,
        idle: undefined,
        confirmed: false,
        killed: false,
        gone: false,
      },
    };
    this.#started.push(one);
    const idOf = (word: number): number => words[words[at + word] + Head.ID];
    const [main, object] = [words[leads + Head.ID], words[at + Head.ID]];
    const [down, up] = [idOf(ProcessWord.DOWN), idOf(ProcessWord.UP)];
    one.objects.set(main, leads).set(object, at);
    one.objects.set(down, words[at + ProcessWord.DOWN] as Address);
    one.objects.set(up, words[at + ProcessWord.UP] as Address);
    collector.processes([{ id, name, pid, thread, object, down, up }]);
    child.on("message", (message: FromRunner) => {
      if (message.type !== "process") return;
      const { said } = message;
      if (said.type === "begun") {
        const [console, ...mine] = said.objects;
        one.trace = new RelayedTrace({
          ...{ process: { id, name, thread }, spawner, ids: this.#ids },
          sink: this.#sink(one),
          linesLimit: options.outputLimitLines,
          console: { there: console, here: words[words[RunWord.CONSOLE] + Head.ID] },
          shared: new Map([
            [mine[0], main],
            [mine[1], object],
            [mine[2], down],
            [mine[3], up],
          ]),
        });
        this.#knows(one, said.pipes);
      } else this.#hear(one, said);
    });
    let parted = 0;
    let status: readonly [number | null, string | null] = [null, null];
    const part = (): void => {
      if (++parted === 2) this.#gone(one, ...status);
    };
    child.on("exit", (code, signal) => {
      status = [code, signal];
      part();
    });
    child.on("disconnect", part);
    child.on("error", (error) => child.stderr?.emit("data", Buffer.from(error.message)));
    const say = (message: ToRunner): void => void (child.connected && child.send(message));
    say({ type: "hello", protocol: RUN_PROTOCOL });
    const start = { name, beganMs, traced, site, seed };
    const blocks = { body: this.#take(body), shared: this.#take(shared), pipes: line.pipes.open() };
    const { tracePath: _own, control: _free, ...rest } = options;
    say({ type: "run", run: id, program, options: rest, process: { ...start, ...blocks } });
    Atomics.store(memory.fresh(), at + ProcessWord.PID, pid);
    Atomics.notify(memory.words, at + ProcessWord.PID);
  }

  /** Once a round: hands over what was sent, and kills who is to be. */
  look(): void {
    for (const one of this.#started) {
      if (one.gone) continue;
      const parcel = one.line.take();
      if (parcel !== undefined) this.#say(one, { type: "parcel", parcel });
      const asked = this.#parts.memory.fresh()[one.at + ProcessWord.KILL_ASKED] === 1;
      if (asked && !one.killed) {
        one.killed = true;
        one.child.kill("SIGKILL");
      }
    }
  }

  /** The program's own threads have ended: whoever still talks to them is told. */
  letGo(): void {
    for (const one of this.#started) {
      if (!one.gone)
        this.#say(one, { type: "parcel", parcel: { messages: [], closed: true, deaf: true } });
    }
  }

  /** The run is over, and so are they. */
  end(): void {
    this.#ended = true;
    for (const { child, gone } of this.#started) if (!gone) child.kill("SIGKILL");
  }

  #say(one: Started, said: Extract<ToRunner, { type: "process" }>["said"]): void {
    one.idle = undefined;
    one.confirmed = false;
    if (one.child.connected) one.child.send({ type: "process", said } satisfies ToRunner);
  }

  #hear(one: Started, said: Exclude<FromProcess, { type: "begun" }>): void {
    if (this.#ended) return;
    switch (said.type) {
      case "parcel":
        one.idle = undefined;
        one.confirmed = false;
        if (!one.traced) {
          one.line.give(said.parcel);
          return;
        }
        // What the records tell is done when they do; they bring no messages, and no bytes.
        one.underWay.push(...said.parcel.messages);
        return one.line.hear(said.parcel.news ?? [], true);
      case "piped":
        return this.#knows(one, said.pipes);
      case "trace":
        return one.trace?.push(said.bytes);
      case "lines": {
        const { trace } = one;
        if (trace === undefined) return;
        const console = this.#parts.memory.fresh()[RunWord.CONSOLE] as Address;
        return this.#parts.output(
          said.lines.map((line) => ({
            ...line,
            sequence: this.#agent.line(console).sequence,
            thread: trace.threadOf(line.thread),
          })),
        );
      }
      case "idle":
        one.idle = said;
        return;
      case "over":
        one.findings = said.findings.map((finding) => ({
          ...finding,
          ...(finding.threads === undefined
            ? {}
            : { threads: finding.threads.map((id) => one.trace?.threadOf(id) ?? id) }),
        }));
    }
  }

  /** It has got ends of pipes of ours. */
  #knows({ objects, trace }: Started, pipes: readonly PipeNames[]): void {
    for (const { id, name } of pipes) {
      const here = this.#parts.memory.fresh()[name + Head.ID];
      objects.set(here, name as Address);
      trace!.knows(id, here);
    }
  }

  /** The words of an encoded block, which nobody needs any more. */
  #take(block: Address): Int32Array {
    const words = this.#parts.memory.fresh();
    const from = block + NODE_WORDS;
    const taken = words.slice(from, from + words[block + NodeWord.LOAD]);
    this.#parts.heap.release(block);
    return taken;
  }

  #gone(one: Started, code: number | null, signal: string | null): void {
    one.gone = true;
    if (this.#ended) return;
    one.trace?.gone();
    // Whoever has killed it closes what it had open.
    if (!one.killed) {
      one.line.give({ messages: [], closed: true, deaf: true });
      one.line.pipes.gone();
    }
    this.#endThreads(one);
    const { SIGNALLED, EXITED } = ProcessOutcome;
    const exit = one.told ?? (signal === null ? (code ?? 0) : undefined);
    const [outcome, how] = exit === undefined ? [SIGNALLED, signalNumber(signal!)] : [EXITED, exit];
    this.#agent.step(one.at, ProcessOperation.END, outcome, how);
  }

  /** Threads that were at work when the process was ended from outside. */
  #endThreads({ trace }: Started): void {
    const time = this.#parts.nowNs();
    for (const { thread, object } of trace?.unended ?? []) {
      const words = new Int32Array(RECORD_WORDS);
      words.set([time | 0, Math.floor(time / 2 ** 32) | (EventKind.threadEnd << 24)]);
      words.set([object, STOPPED_VERSION, 2, thread << 18], 2);
      this.#parts.collector.relay?.records(words);
    }
  }

  #sink(one: Started) {
    const { collector, memory } = this.#parts;
    return {
      records: (words: Int32Array) => collector.relay?.records(words),
      threads: (rows: readonly ThreadRow[]) => {
        for (const row of rows) this.#parts.thread(row);
      },
      processes: (rows: Parameters<Collector["processes"]>[0]) => collector.processes(rows),
      inputs: (thread: ThreadId, piece: Uint8Array) => collector.relay?.inputs(thread, piece),
      output: (lines: readonly OutputLine[]) => {
        collector.relay?.output(lines);
        this.#parts.output(lines);
      },
      string: (text: string) => {
        const index = Atomics.add(memory.words, RunWord.NEXT_STRING, 1);
        collector.string(index, text);
        return index;
      },
      line: () => this.#agent.line(memory.fresh()[RunWord.CONSOLE] as Address),
      act: (kind: number, object: number, argument: number) =>
        this.#act(one, one.objects.get(object)!, kind, argument),
    };
  }

  /** What was recorded there of one of our objects: made here, too. */
  #act(one: Started, object: Address, kind: number, told: number): number {
    const { line, underWay } = one;
    switch (kind) {
      case EventKind.send:
        return line.sent(underWay.shift()!);
      case EventKind.dropSender:
        return line.droppedSender();
      case EventKind.dropReceiver:
        return line.droppedReceiver();
      case EventKind.bytesWritten:
        return line.pipes.written(object, told);
      case EventKind.bytesRead:
        return line.pipes.read(object, told);
      case EventKind.writerClosed:
        return line.pipes.closed(object, EndSide.SENDER);
      case EventKind.readerClosed:
        return line.pipes.closed(object, EndSide.RECEIVER);
      case EventKind.processEnd:
        // Whoever waits for it goes on when all is closed that it had open.
        one.told = told;
        return this.#agent.version(object);
      default:
        return this.#agent.version(object);
    }
  }
}
