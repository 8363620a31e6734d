/**
 * One run in the runner process: its memory, its workers, its collector and its limits. The runner's main thread does
 * nothing but what stands here, in short rounds: it runs none of the person's code and never blocks.
 */
import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import type { ThreadId } from "../../base/brand.ts";
import { ENGINE_MESSAGES } from "../../base/catalogue/engine.ts";
import { type Message, tell } from "../../base/catalogue/message.ts";
import { Head } from "../../objects/object.ts";
import { ThreadOutcome, ThreadWord } from "../../objects/thread.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { ToProcess } from "../../protocol/process.ts";
import type { FromRunner, RunOptions } from "../../protocol/run.ts";
import type { Finding } from "../../trace/finding.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import type { Ending, OutputLine, ThreadRow } from "../../trace/tables.ts";
import { exceptionFinding, finalFinding, isToldAssertion } from "../ended-badly.ts";
import { Heap } from "../heap.ts";
import { usesNetwork } from "../program/network.ts";
import { leakedProcesses } from "../process-ends.ts";
import { explainStuck } from "../stuck.ts";
import { Collector } from "./collector.ts";
import { type ControllerWorker, startController } from "./control/controller-worker.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import { createRunBuffer, RunMemory } from "./memory.ts";
import type { Attach, ConditionResult, FromWorker, Thrown } from "./messages.ts";
import { Sockets } from "./network/sockets.ts";
import { Rounds } from "./rounds.ts";
import { type InsideParts, InsideProcess } from "./processes/inside.ts";
import { Processes } from "./processes/processes.ts";
import { planOutside } from "./plan-outside.ts";
import { stillRunning, threadsOf, threadsThat } from "./thread-table.ts";
import { setUpRun } from "./set-up.ts";
import type { OutsidePlan } from "./thread-outside.ts";
import { ring } from "./waking.ts";
import { workersWanted } from "./workers-wanted.ts";
import { stuckThreads } from "./wait-graph.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** How often at most the host is told how long the trace is: the eye sees no more. */
const TELL_MS = 30;
/** How often the process is asked for its size, which takes a look into the system's files. */
const MEASURE_MS = 25;
/** Rounds in a row, none of them called for, in which nothing moved before a run counts as stuck. */
const STUCK_ROUNDS = 2;

/** What a worker takes by itself, which is no business of the program's limit. */
const WORKER_BYTES = 24 << 20;

/** How many workers start at once. */
const MOST_STARTING = 4;

function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export interface RunParts {
  readonly id: number;
  readonly program: CompiledProgram;
  readonly options: RunOptions;
  readonly pool: WorkerPool;
  readonly cores: number;
  readonly tool: string;
  readonly send: (message: FromRunner) => void;
  /** The run is over and its workers are gone. */
  readonly over: () => void;
  /** Somebody else than the options say decides who goes on, and looks at the run while it stands. */
  /** It is a process that another run has started: what that is told. */
  readonly process?: InsideParts;
  readonly looked?: {
    readonly controller: ControllerWorker;
    /** Takes the trace's bytes. */
    readonly trace: (bytes: Uint8Array) => void;
  };
}

export class NativeRun {
  readonly #parts: RunParts;
  readonly #memory: RunMemory;
  readonly #collector: Collector;
  readonly #beganMs: number;
  readonly #baselineBytes = process.memoryUsage.rss();
  readonly #workers = new Set<Worker>();
  #attached = 0;
  #starting = 0;
  readonly #names = new Map<number, string>([[0, "main"]]);
  readonly #thrown = new Map<number, { thrown: Thrown; site: number }>();
  readonly #unsettled = new Set<number>();
  readonly #findings: Finding[] = [];
  readonly #diverged: TraceProblem[] = [];
  readonly #outside: OutsidePlan | undefined;
  /** Of a controlled run. */
  #baton: ControllerWorker | undefined;
  /** Of a program that may open any. */
  readonly #sockets: Sockets | undefined;
  readonly #rounds: Rounds;
  readonly #processes: Processes;
  readonly #inside: InsideProcess | undefined;
  #stuckRounds = 0;
  #toldBytes = 0;
  /** When the host is told next, and the process measured, by `monotonicMs`. */
  #tellMs = 0;
  #measureMs = 0;
  #heard = 0;
  #askedConditions = false;
  #ended = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
    const { options, program, tool } = parts;
    this.#memory = new RunMemory(createRunBuffer(options.memoryLimitBytes));
    this.#beganMs = parts.process?.start.beganMs ?? monotonicMs();
    const heap = new Heap(this.#memory);
    this.#setUp(heap);
    if (usesNetwork(program)) this.#sockets = new Sockets(this.#memory, heap, parts.cores);
    const { looked } = parts;
    this.#inside =
      parts.process && new InsideProcess(this.#memory, heap, parts.cores, parts.process);
    const sink = looked?.trace ?? this.#inside?.trace;
    this.#collector = new Collector(this.#memory, heap, program, options, tool, sink);
    this.#processes = new Processes({
      ...{ memory: this.#memory, heap, cores: parts.cores, program, options },
      ...{ collector: this.#collector, beganMs: this.#beganMs, nowNs: () => this.#now() },
      thread: (row) => this.#addThread(row),
      output: (lines) => this.#tellLines(lines),
    });
    this.#addThread({ id: 0 as ThreadId, name: "main", object: this.#mainObject() });
    parts.send({ type: "started", run: parts.id });
    const { control } = options;
    const { buffer } = this.#memory;
    this.#baton =
      looked?.controller ??
      (control === undefined ? undefined : startController({ buffer, program, control }));
    this.#outside = planOutside({
      ...{ program, options, cores: parts.cores },
      traced: this.#memory.words[RunWord.TRACED] === 1,
      controlled: this.#baton !== undefined,
      seed: parts.process?.start.seed,
    });
    if (this.#outside !== undefined) this.#collector.facts(this.#outside.facts);
    if (this.#baton !== undefined) {
      void this.#baton.rested.then(
        ({ rest }) => {
          if (rest === "stuck" && !this.#ended) this.#stuck();
        },
        (error: Error) => this.#crashed(error.stack ?? error.message),
      );
    }
    this.#attachWorker(true);
    this.#sendForWorkers();
    this.#rounds = new Rounds(this.#memory.words, (called) => this.#round(called));
  }

  get buffer(): SharedArrayBuffer {
    return this.#memory.buffer;
  }

  /** Of a process: whoever has started it says something. */
  hearParent(said: ToProcess): void {
    if (!this.#ended) this.#inside?.hear(said);
  }

  /** Ends it where it is. */
  cancel(): void {
    this.#end({ kind: "cancelled" });
  }

  /** Takes what threads have written and said until now. Nothing to do once it is over. */
  async catchUp(): Promise<void> {
    while (!this.#ended && this.#heard < Atomics.load(this.#memory.words, RunWord.SAID)) {
      await setImmediate();
    }
    if (!this.#ended) this.#collect();
  }

  #setUp(heap: Heap): void {
    const { options, looked, program, process: started } = this.#parts;
    setUpRun(this.#memory, heap, {
      program,
      traced:
        options.tracePath !== undefined || looked !== undefined || started?.start.traced === true,
      controlled: options.control !== undefined || looked !== undefined,
      stacks: looked !== undefined,
    });
  }

  #mainObject(): number {
    const { words } = this.#memory;
    return words[words[words[THREAD_TABLE] + SlotWord.OBJECT] + Head.ID];
  }

  // ---- workers

  #attachWorker(main: boolean): void {
    const { pool, program, cores, options } = this.#parts;
    const worker = pool.take();
    this.#workers.add(worker);
    this.#attached++;
    this.#starting++;
    worker.on("message", (message: FromWorker) => {
      this.#heard++;
      if (message.type === "left") this.#dismiss(worker);
      else this.#hear(message);
    });
    worker.on("error", (error: Error & { code?: string }) => this.#workerFailed(error));
    worker.on("exit", () => {
      const expected = this.#ended || !this.#workers.has(worker);
      if (!expected) this.#crashed("a worker ended before its thread did");
    });
    const attach: Attach = {
      buffer: this.#memory.buffer,
      program,
      main,
      beganMs: this.#beganMs,
      cores,
      argv: options.argv,
      ...(this.#inside === undefined ? {} : { process: this.#inside.attached }),
      ...(this.#outside === undefined ? {} : { outside: this.#outside }),
    };
    worker.postMessage(attach);
  }

  /** Its thread has ended. */
  #dismiss(worker: Worker): void {
    this.#workers.delete(worker);
    void worker.terminate();
  }

  /** A few at a time: they start on the same cores, so that starting all at once would only make the first wait for the last. */
  #sendForWorkers(): void {
    const { program, cores } = this.#parts;
    const wanted = workersWanted(program, this.#memory.words[RunWord.NEXT_THREAD], cores);
    while (this.#attached < wanted && this.#starting < MOST_STARTING) this.#attachWorker(false);
  }

  #hear(message: Exclude<FromWorker, { type: "left" }>): void {
    if (this.#ended) return;
    switch (message.type) {
      case "attached":
        this.#starting--;
        return this.#sendForWorkers();
      case "need":
        return this.#sendForWorkers();
      case "thread":
        this.#addThread(message.row);
        return this.#sendForWorkers();
      case "string":
        return this.#collector.string(message.index, message.text);
      case "panic":
        this.#thrown.set(message.thread, message);
        return;
      case "assertion":
        return this.#found("assertion", message.thread, message);
      case "diverged":
        this.#diverged.push(message.problem);
        return;
      case "unsettled":
        this.#unsettled.add(message.thread);
        return;
      case "process":
        return this.#processes.start(message);
      case "exit":
        return this.#end({ kind: "exited", code: message.code });
      case "listen":
        return this.#sockets!.listen(message);
      case "connect":
        return this.#sockets!.connect(message);
      case "conditions":
        this.#judge(message.results);
        return this.#end({ kind: "finished" });
      case "full":
        return this.#overMemory();
      case "broken":
        return this.#crashed(message.message);
    }
  }

  #addThread(row: ThreadRow): void {
    this.#names.set(row.id, row.name);
    this.#collector.threads([row]);
    this.#parts.send({ type: "thread", run: this.#parts.id, thread: row });
  }

  #workerFailed(error: Error & { code?: string }): void {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") return this.#overMemory();
    this.#crashed(error.stack ?? error.message);
  }

  // ---- rounds

  #round(called: boolean): void {
    this.#sockets?.look();
    this.#collect();
    this.#inside?.look();
    this.#processes.look();
    this.#tellLength();
    this.#look(called);
  }

  /** Whether it is over, in one way or another. */
  #look(called: boolean): void {
    const { words } = this.#memory;
    const now = monotonicMs();
    if (now >= this.#measureMs) {
      this.#measureMs = now + MEASURE_MS;
      if (this.#isTooLarge()) return this.#overMemory();
    }
    if (now - this.#beganMs > this.#parts.options.timeLimitMs) return this.#overTime();
    // What a thread said before it ended (a panic, a failed assertion) may still be on its way.
    if (this.#heard < Atomics.load(words, RunWord.SAID)) return;
    if (words[RunWord.ENDED] === words[RunWord.NEXT_THREAD]) {
      if (!this.#processes.areLeft) return this.#allEnded();
      return this.#processes.letGo();
    }
    const nothingMoves =
      Atomics.load(words, RunWord.RUNNING) === 0 &&
      !this.#collector.consoleIsFull &&
      !(this.#sockets?.isBusy ?? false) &&
      !this.#processes.mayGoOn();
    // Whether anybody else may still bring something is for who has started the process to see.
    if (this.#inside !== undefined) return this.#inside.rest(nothingMoves && !called);
    if (!nothingMoves) this.#stuckRounds = 0;
    else if (!called) this.#stuckRounds++;
    if (this.#stuckRounds >= STUCK_ROUNDS) this.#stuck();
  }

  #isTooLarge(): boolean {
    const ours = this.#baselineBytes + this.#workers.size * WORKER_BYTES;
    return process.memoryUsage.rss() - ours > this.#parts.options.memoryLimitBytes;
  }

  #collect(): void {
    const lines = this.#collector.collect();
    if (lines.length > 0) this.#tellLines(lines);
  }

  #tellLines(lines: readonly OutputLine[]): void {
    if (this.#inside !== undefined) this.#inside.lines(lines);
    else this.#parts.send({ type: "output", run: this.#parts.id, lines });
  }

  /** Tells the host how long the trace is, if it has grown and was not told just now. */
  #tellLength(): void {
    const { bytes, events } = this.#collector;
    const now = monotonicMs();
    if (bytes === this.#toldBytes || now < this.#tellMs) return;
    this.#toldBytes = bytes;
    this.#tellMs = now + TELL_MS;
    this.#parts.send({ type: "traced", run: this.#parts.id, bytes, events });
  }

  #allEnded(): void {
    if (this.#inside !== undefined) return this.#end({ kind: "finished" });
    if (this.#askedConditions) return;
    this.#askedConditions = true;
    const { words } = this.#memory;
    const normally = threadsThat(
      this.#memory,
      (fresh, object) => fresh[object + ThreadWord.OUTCOME] !== ThreadOutcome.RETURNED,
    );
    if (normally.length > 0 || this.#parts.program.finals.length === 0) {
      return this.#end({ kind: "finished" });
    }
    Atomics.store(words, RunWord.CONDITIONS, 1);
    Atomics.notify(words, RunWord.CONDITIONS);
    ring(words);
  }

  // ---- how it ends

  #stuck(): void {
    const words = this.#memory.fresh();
    const { program } = this.#parts;
    const nameOf = (id: ThreadId): string => this.#names.get(id) ?? `worker-${id}`;
    const threads = stuckThreads(words, program, nameOf, this.#unsettled);
    this.#findings.push(explainStuck(threads, this.#now()));
    this.#end({ kind: "stuck" });
  }

  #overTime(): void {
    const limitMs = this.#parts.options.timeLimitMs;
    const doing = stillRunning(this.#memory, (id) => this.#names.get(id));
    this.#limit(ENGINE_MESSAGES.timeLimit, { limit: limitMs, doing });
    this.#end({ kind: "time-limit", limitMs });
  }

  #overMemory(): void {
    const limitBytes = this.#parts.options.memoryLimitBytes;
    this.#limit(ENGINE_MESSAGES.memoryLimit, { limit: limitBytes >>> 20 });
    this.#end({ kind: "memory-limit", limitBytes });
  }

  #limit<const Values extends readonly string[]>(
    entry: Message<Values>,
    values: { readonly [name in Values[number]]: string | number },
  ): void {
    this.#findings.push({ kind: "limit", severity: "error", sites: [], ...tell(entry, values) });
  }

  #crashed(reason: string): void {
    this.#limit(ENGINE_MESSAGES.crashed, { reason });
    this.#end({ kind: "crashed", reason });
  }

  #judge(results: readonly ConditionResult[]): void {
    results.forEach((result, index) => {
      if ("holds" in result && result.holds) return;
      const thrown = "thrown" in result ? result.thrown : undefined;
      this.#findings.push(finalFinding(this.#parts.program.finals[index], thrown, this.#now()));
    });
  }

  /** Panics that no join has delivered by the end. */
  #addPanics(): boolean {
    const unhandled = threadsThat(
      this.#memory,
      (words, object) =>
        words[object + ThreadWord.OUTCOME] === ThreadOutcome.PANICKED &&
        words[object + ThreadWord.DELIVERED] === 0,
    );
    for (const thread of unhandled) {
      const info = this.#thrown.get(thread);
      if (info === undefined || isToldAssertion(info.thrown, this.#findings)) continue;
      this.#found("panic", thread, info);
    }
    return unhandled.length > 0;
  }

  #leaked({ kind }: Ending): Finding[] {
    if (kind !== "finished" && kind !== "exited") return [];
    return leakedProcesses(this.#parts.program, this.#memory.fresh(), this.#processes.all);
  }

  #found(
    kind: "panic" | "assertion",
    thread: number,
    told: { readonly thrown: Thrown; readonly site: number },
  ): void {
    const name = this.#names.get(thread) ?? `worker-${thread}`;
    const { program } = this.#parts;
    this.#findings.push(exceptionFinding(kind, program, { thread, name, ...told }, this.#now()));
  }

  #now(): number {
    return Math.round((monotonicMs() - this.#beganMs) * 1e6);
  }

  #end(ending: Ending): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#rounds.stop();
    const durationNs = this.#now();
    const rested = this.#baton?.stop(this.#memory);
    this.#sockets?.end();
    this.#processes.end();
    const stopped = Promise.all([...this.#workers].map((worker) => worker.terminate()));
    const panics = this.#addPanics();
    this.#findings.push(...this.#processes.findings, ...this.#leaked(ending));
    void Promise.all([rested, stopped]).then(([rested]) => {
      // Whatever was written before the workers stopped is still in their rings.
      this.#collect();
      this.#collector.endInputs();
      this.#collector.end(this.#findings, ending, durationNs);
      const { id: run, send, over } = this.#parts;
      if (this.#inside !== undefined) return this.#inside.over(ending, panics, this.#findings);
      const { bytes, events } = this.#collector;
      send({ type: "traced", run, bytes, events });
      const threads = threadsOf(this.#memory);
      const result = {
        ...{ ending, findings: this.#findings, durationNs, events, threads },
        ...(rested === undefined
          ? {}
          : {
              schedule: rested.schedule,
              scheduleProblems: [...rested.problems, ...this.#diverged],
            }),
      };
      send({ type: "ended", run, result });
      over();
    });
  }
}
