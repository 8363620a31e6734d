/**
 * One run of a program on the model engine, from its beginning to its result. Synchronous: `go` returns when the run is over,
 * or when the scheduler stops it. Nothing in it knows the time of day: the same choices give the same bytes.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { ENGINE_MESSAGES } from "../../base/catalogue/engine.ts";
import { MODEL_MESSAGES } from "../../base/catalogue/model.ts";
import {
  thread as threadKind,
  ThreadOperation,
  ThreadOutcome,
  ThreadWord,
} from "../../objects/thread.ts";
import { ProcessWord } from "../../objects/process.ts";
import type { RunResult } from "../../protocol/run.ts";
import { text } from "../../std/errors.ts";
import { install } from "../../std/intrinsics.ts";
import { exitProcess } from "../../std/process-end.ts";
import { installTaskHost } from "../../std/tasks/host.ts";
import type { EventKind } from "../../trace/event.ts";
import type { Finding, Place } from "../../trace/finding.ts";
import type { Ending, OutputLine } from "../../trace/tables.ts";
import {
  exceptionFinding,
  isToldAssertion,
  limitFinding,
  type Thrown,
  thrownOf,
} from "../ended-badly.ts";
import { channelsOf, failedProcess, leakedProcesses } from "../process-ends.ts";
import type { ExecutionModel } from "../models/model.ts";
import type { Line } from "../program/console.ts";
import { usesNetwork } from "../program/network.ts";
import { placeOfSite, siteAsPlace } from "../program/names.ts";
import type { Outside } from "../outside/outside.ts";
import { missingInput } from "../outside/replayed-world.ts";
import { EPOCH_MS } from "../outside/virtual-world.ts";
import type { Scheduler } from "../scheduler.ts";
import { type SeenStale, staleWriteFinding } from "../stale-write.ts";
import { explainStuck } from "../stuck.ts";
import { awaitingThread, waitingThread } from "../waiting.ts";
import { mayBreakInvariant } from "./conditions.ts";
import type { ThreadContext } from "./context.ts";
import type { IntrinsicsRun, NewThread } from "./intrinsics.ts";
import { life, type LifeParts, type LifeRun } from "./life.ts";
import { Halted, type Machine } from "./machine.ts";
import type { MachineRun, StopsAt } from "./machine-run.ts";
import { Output, type Printing } from "./output.ts";
import { Outsides } from "./outsides.ts";
import type { Observer } from "./observer.ts";
import type { Prepared } from "./prepared.ts";
import { Recorder } from "./recorder.ts";
import type { RunChoices, RunSink } from "./run-choices.ts";
import { OWN, Processes } from "./processes.ts";
import { pinned, SUSPENDED } from "./suspension.ts";
import { type ModelThread, Standing } from "./thread.ts";
import { ModelView } from "./view.ts";

const STEP_LIMIT = 10_000_000;
const MAIN = 0 as ThreadId;

export class ModelRun implements MachineRun, IntrinsicsRun, LifeRun {
  readonly findings: Finding[] = [];
  readonly scheduler: Scheduler;
  readonly model: ExecutionModel | undefined;
  readonly recorder: Recorder | undefined;
  readonly observer: Observer | undefined;
  readonly exploring: boolean;
  readonly spurious: number;
  readonly watchesLocked: boolean;
  readonly stepLimit: number;
  readonly watchesSteps: boolean;
  readonly offersEdges: boolean;
  readonly stopsAt: StopsAt | undefined;
  readonly names = ["main"];
  readonly processes: Processes;
  readonly parallelism: number;
  readonly follows: boolean;
  readonly decided: boolean;
  readonly #parents: (ThreadId | -1)[] = [];
  readonly #prepared: Prepared;
  readonly #sink: RunSink | undefined;
  readonly #stop: RunChoices["stop"];
  readonly #output: Output;
  readonly #outsides: Outsides;
  readonly #lives: LifeParts;
  #thrown: Map<ThreadId, { thrown: Thrown; site: number }> | undefined;
  #ending: Ending | undefined;
  #result: RunResult | undefined;

  /** Begins it, ending the one before: main stands before its first step. */
  constructor(prepared: Prepared, choices: RunChoices) {
    const { exploring = false, sink, stepLimit = STEP_LIMIT } = choices;
    const { program, memory, machine, engine, anchors, twins, show } = prepared;
    this.#prepared = prepared;
    this.#sink = sink;
    this.#stop = choices.stop;
    this.exploring = exploring;
    this.spurious = choices.spurious ?? 0;
    this.watchesLocked = exploring || choices.stopsAt !== undefined;
    this.stepLimit = stepLimit;
    this.watchesSteps = program.invariants.length > 0;
    this.recorder = sink === undefined ? undefined : new Recorder(sink);
    this.#lives = { program, twins, engine, show, run: this };
    const { names } = this;
    const parents = this.#parents;
    this.processes = new Processes(memory);
    const view = new ModelView({ program, memory, machine, names, parents, anchors });
    const scheduler = choices.scheduler(view);
    this.scheduler = scheduler;
    this.observer = choices.observer;
    this.model = "cores" in scheduler ? scheduler : undefined;
    this.offersEdges = choices.offersEdges ?? this.model !== undefined;
    this.stopsAt = choices.stopsAt;
    const { recorded, diverged } = choices;
    this.follows = recorded !== undefined;
    this.decided = recorded ? recorded.facts.exploring === true : this.model === undefined;
    const { seed = 0 } = program.options;
    this.#outsides = new Outsides({
      ...{ seed, recorded },
      now: () => machine.clock.now,
      missing: (thread, asked, missing) => {
        const asks = {
          thread: this.names[thread],
          asked,
          place: placeOfSite(program, engine.site),
        };
        diverged?.(missingInput(missing, asks));
      },
      log: sink?.inputs === undefined ? undefined : (...given) => sink.inputs!(...given),
    });
    this.parallelism = this.#outsides.parallelism ?? engine.cores;
    const given = recorded?.facts ?? { seed, argv: [], beganMs: EPOCH_MS };
    sink?.facts?.({
      ...given,
      parallelism: this.parallelism,
      ...(this.decided ? ({ exploring: true } as const) : {}),
    });
    prepared.begin(this);
    machine.begin(this);
    engine.begin(this);
    install(engine);
    installTaskHost(prepared.timers);
    engine.enter(prepared.context(MAIN));
    this.#output = new Output(engine, sink === undefined ? undefined : (line) => this.#tell(line));
    if (usesNetwork(program)) engine.openNetwork(() => this.#outsides.of(engine.thread).world);
    const object = engine.create(threadKind, 0);
    const body = 0 as Address;
    this.beginThread({ id: MAIN, object, name: "main", body, argument: -1, parent: -1 });
  }

  get machine(): Machine {
    return this.#prepared.machine;
  }

  /** What the run consists of, for who looks at it while it stands still. */
  get inside(): Prepared {
    return this.#prepared;
  }

  /** What was printed. */
  get lines(): readonly OutputLine[] {
    return this.#output.lines;
  }

  /** What the thread that runs has of the world. */
  get outside(): Outside {
    return this.#outsides.of(this.#prepared.engine.thread);
  }

  /** Nanoseconds, by the virtual clock. */
  get virtualTime(): number {
    return this.machine.clock.now;
  }

  /** Goes on until the run is over, or the scheduler picks nobody: undefined, and it can be called again. */
  go(): RunResult | undefined {
    if (this.#result !== undefined) return this.#result;
    const outcome = this.machine.run();
    this.recorder?.flush();
    switch (outcome) {
      case "stopped":
        return undefined;
      case "stuck":
        this.#stuck();
        break;
      case "ended":
        this.#allEnded();
        break;
      case "halted":
    }
    return (this.#result = this.#finish());
  }

  /** `process.exit`, called by the thread that runs: its process ends, and with the program's own the run. Never goes on. */
  *exit(code: number): Generator<unknown, void, unknown> {
    const { twins, engine } = this.#prepared;
    const process = this.processes.of(engine.thread);
    if (process === OWN) {
      this.#end({ kind: "exited", code });
      if (pinned.depth > 0) throw new Halted();
    } else {
      if (twins.call2(exitProcess, undefined, process, code) === SUSPENDED) yield 0;
      this.machine.stop(this.machine.current!);
    }
    yield 0;
  }

  print(method: string, values: unknown[]): Printing {
    return this.#output.method(method, values);
  }

  /** A standard stream is given `chunk` by the thread that runs. */
  write(stream: Line["stream"], chunk: unknown): Generator<unknown, boolean, unknown> {
    return this.#output.write(stream, chunk);
  }

  // ---- what the machine and threads ask

  enter(id: ThreadId): void {
    const context = this.#prepared.context(id);
    context.enter();
    this.#prepared.engine.enter(context);
  }

  beginThread(thread: NewThread): void {
    const { id, object, name, parent, process } = thread;
    const { machine, engine } = this.#prepared;
    const context = this.#prepared.context(id);
    this.#parents[id] = parent;
    this.#outsides.add(id, parent);
    const { processes } = this;
    processes.joined(id, process?.at ?? (parent === -1 ? OWN : processes.of(parent)));
    const number = processes.numberOf(id);
    if (process !== undefined) this.#tellProcess(process.at, number, thread);
    if (this.#sink !== undefined) {
      const within = number === 0 ? {} : { process: number };
      this.#sink.threads([{ id, name, object: engine.idOf(object), ...within }]);
    }
    const spawner = engine.context;
    context.begin(object);
    spawner.enter();
    const frame = life(this.#lives, context, thread);
    machine.add(context.thread, ThreadOperation.START, parent, frame);
  }

  #tellProcess(at: Address, id: number, { id: thread, name, parent }: NewThread): void {
    const { engine, memory } = this.#prepared;
    const pid = memory.words[at + ProcessWord.PID];
    const within = this.processes.numberOf(parent as ThreadId);
    const row = { id, name, pid, thread, object: engine.idOf(at), ...channelsOf(engine, at) };
    this.#sink?.processes?.([within === 0 ? row : { ...row, parent: within }]);
  }

  pidOf(process: number, spawner: ThreadId): number {
    return this.#outsides.pidOfNext(spawner) ?? this.processes.pidOf(process);
  }

  processEnded(at: Address, by: ModelThread): void {
    const { processes, machine } = this;
    if (!processes.endsNow(at)) return;
    for (const id of processes.threadsWithin(at)) {
      const thread = machine.threads[id];
      // Who ends it goes on to its own end.
      if (thread !== by) machine.stop(thread);
    }
    this.observer?.stopped?.(at);
  }

  codeOf(process: Address, main: ThreadId, left: Thrown | undefined): number {
    const id = this.processes.threadsOf(process).find((one) => this.#isUnhandled(one));
    const thrown = left ?? (id === undefined ? undefined : this.#thrown?.get(id)?.thrown);
    if (thrown === undefined) return 0;
    const site = this.#thrown?.get(main)?.site ?? 0;
    const failed = { thread: main, name: this.names[main], thrown, site };
    if (!isToldAssertion(thrown, this.findings)) {
      this.findings.push(failedProcess(this.#prepared.program, failed, this.#now()));
    }
    return 1;
  }

  get isOver(): boolean {
    return this.machine.halted;
  }

  waitForEver(): unknown {
    return this.machine.waitForEver();
  }

  flush(context: ThreadContext): Printing {
    return this.#output.flush(context);
  }

  #tell(line: OutputLine): void {
    this.recorder?.flush();
    this.#sink?.output([line]);
  }

  watch(): void {
    const stop = this.#stop?.();
    if (stop === undefined || this.#ending !== undefined) return;
    if (stop.kind === "memory-limit") return this.overMemory(stop.limitBytes);
    const limit = { limit: stop.limitMs, doing: this.#doing() };
    this.findings.push(limitFinding(ENGINE_MESSAGES.timeLimit, limit));
    this.#end(stop);
  }

  overLimit(): void {
    const limit = this.stepLimit;
    const values = { limit, doing: this.#doing() };
    this.findings.push(limitFinding(MODEL_MESSAGES.stepLimit, values, this.#sites()));
    this.#end({ kind: "step-limit", limit });
  }

  overMemory(limitBytes: number): void {
    if (this.#ending !== undefined) return;
    this.findings.push(limitFinding(ENGINE_MESSAGES.memoryLimit, { limit: limitBytes >>> 20 }));
    this.#end({ kind: "memory-limit", limitBytes });
  }

  cannotStop(site: SiteId): Error {
    const { program, engine } = this.#prepared;
    const place = placeOfSite(program, site) || "a place that is not known";
    const values = { thread: this.names[engine.thread], place };
    this.findings.push(limitFinding(MODEL_MESSAGES.cannotSuspend, values, this.#sites()));
    this.#end({ kind: "unmodelled" });
    return new Error(text(MODEL_MESSAGES.cannotSuspend, values));
  }

  /** A promise of Node's or of a package's is awaited, which settles when it likes. */
  cannotAwait(): void {
    const { program, engine } = this.#prepared;
    if (this.#ending !== undefined) return;
    const place = placeOfSite(program, engine.site) || "a place that is not known";
    const values = { thread: this.names[engine.thread], place };
    const where = siteAsPlace(program, engine.site);
    const sites = where === undefined ? [] : [where];
    this.findings.push(limitFinding(MODEL_MESSAGES.cannotAwait, values, sites));
    this.#end({ kind: "unmodelled" });
  }

  // ---- what is found

  panicked({ id, runtime }: ThreadContext, thrown: Thrown): void {
    (this.#thrown ??= new Map()).set(id, { thrown, site: runtime.site });
  }

  assertionFailed(thread: ThreadId, error: Error, site: SiteId): void {
    const { program, show } = this.#prepared;
    const exception = { thread, name: this.names[thread], thrown: thrownOf(error, show), site };
    this.findings.push(exceptionFinding("assertion", program, exception, this.#now()));
  }

  foundStale(seen: SeenStale): void {
    this.findings.push(staleWriteFinding(this.#prepared.program, seen));
  }

  stepped(event: EventKind): void {
    if (!mayBreakInvariant(event) || this.#ending !== undefined) return;
    const { id, next } = this.machine.current!;
    const place = placeOfSite(this.#prepared.program, next.site);
    const found = this.#prepared.conditions.invariant(this.names[id], place, this.#now());
    if (found === undefined) return;
    this.findings.push({ ...found, sites: [...this.#sites(), ...found.sites], threads: [id] });
    this.#end({ kind: "finished" });
  }

  #stuck(): void {
    const { program, memory } = this.#prepared;
    const hasEnded = (id: ThreadId): boolean =>
      this.machine.threads[id].standing === Standing.ENDED;
    const nameOf = (id: ThreadId): string => this.names[id];
    const parts = { words: memory.words, program, nameOf, hasEnded };
    const threads = this.machine.threads
      .filter(({ id }) => !hasEnded(id))
      .map(({ id, next }) =>
        next.object === 0 ? awaitingThread(id, nameOf(id)) : waitingThread(parts, id, next),
      );
    this.findings.push(explainStuck(threads, this.#now()));
    this.#end({ kind: "stuck" });
  }

  #allEnded(): void {
    const { conditions, program } = this.#prepared;
    const normally = this.processes
      .threadsOf(OWN)
      .every((id) => this.#outcomeOf(id) === ThreadOutcome.RETURNED);
    if (normally && program.finals.length > 0) {
      this.findings.push(...conditions.finals(this.#now()));
    }
    this.#end({ kind: "finished" });
  }

  #outcomeOf(id: ThreadId): number {
    return this.#prepared.memory.words[this.machine.threads[id].object + ThreadWord.OUTCOME];
  }

  /** Panics that no join has delivered by the end. */
  #addPanics(): void {
    if (this.#thrown === undefined) return;
    const { program } = this.#prepared;
    for (const [id, info] of [...this.#thrown].sort(([one], [other]) => one - other)) {
      // That of another process is told by how that ended.
      if (this.processes.of(id) !== OWN || !this.#isUnhandled(id)) continue;
      if (isToldAssertion(info.thrown, this.findings)) continue;
      const exception = { thread: id, name: this.names[id], ...info };
      this.findings.push(exceptionFinding("panic", program, exception, this.#now()));
    }
  }

  #isUnhandled(id: ThreadId): boolean {
    const { words } = this.#prepared.memory;
    const { object } = this.machine.threads[id];
    return (
      words[object + ThreadWord.OUTCOME] === ThreadOutcome.PANICKED &&
      words[object + ThreadWord.DELIVERED] === 0
    );
  }

  /** Where the thread is that went last. */
  #sites(): Place[] {
    const site = this.machine.current?.next.site ?? (0 as SiteId);
    const place = siteAsPlace(this.#prepared.program, site);
    return place === undefined ? [] : [place];
  }

  #doing(): string {
    return `${this.names[this.machine.current?.id ?? MAIN]} went last.`;
  }

  #now(): number {
    return this.machine.clock.ticks;
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.machine.halt();
  }

  #finish(): RunResult {
    this.#addPanics();
    const { program, memory } = this.#prepared;
    const ending = this.#ending ?? { kind: "finished" };
    if (ending.kind === "finished" || ending.kind === "exited") {
      const all = this.processes.all.map((row) => ({ ...row, name: this.names[row.main] }));
      this.findings.push(...leakedProcesses(program, memory.words, all));
    }
    this.recorder?.flush();
    this.#outsides.flush();
    return {
      ending,
      findings: this.findings,
      durationNs: this.#now(),
      events: this.recorder?.events ?? 0,
      threads: this.machine.threads.length,
    };
  }
}
