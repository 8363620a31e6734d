/**
 * One run of a program on the model engine, from its beginning to its result. Synchronous: `go` returns when the run is over,
 * or when the scheduler stops it. Nothing in it knows the time of day: the same choices give the same bytes.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { ENGINE_MESSAGES } from "../../base/catalogue/engine.ts";
import { MODEL_MESSAGES } from "../../base/catalogue/model.ts";
import { console_, ConsoleOperation, ConsoleWord } from "../../objects/console.ts";
import {
  thread as threadKind,
  ThreadOperation,
  ThreadOutcome,
  ThreadWord,
} from "../../objects/thread.ts";
import { NODE_WORDS } from "../../objects/waiters.ts";
import type { RunResult } from "../../protocol/run.ts";
import { text } from "../../std/errors.ts";
import { install } from "../../std/intrinsics.ts";
import type { EventKind } from "../../trace/event.ts";
import type { Finding } from "../../trace/finding.ts";
import type { Ending, OutputLine, ThreadRow } from "../../trace/tables.ts";
import { exceptionFinding, limitFinding, type Thrown, thrownOf } from "../ended-badly.ts";
import { CONSOLE_METHODS, type ConsoleLines, type Line } from "../program/console.ts";
import { placeOfSite, siteAsPlace } from "../program/names.ts";
import { explainStuck, type StuckThread } from "../stuck.ts";
import type { ExecutionModel } from "../models/model.ts";
import type { Scheduler } from "../scheduler.ts";
import { waitingThread } from "../waiting.ts";
import { Conditions, mayBreakInvariant } from "./conditions.ts";
import { ModelIntrinsics, type NewThread } from "./intrinsics.ts";
import { life } from "./life.ts";
import { Halted, Machine } from "./machine.ts";
import type { Prepared } from "./prepared.ts";
import { Recorder, type RecordSink } from "./recorder.ts";
import { ModelView } from "./view.ts";
import { pinned, SUSPENDED } from "./suspension.ts";
import { ModelThread } from "./thread.ts";

/** Who is told of a run as it goes on; `trace/writer.ts` is one. */
export interface RunSink extends RecordSink {
  threads(rows: readonly ThreadRow[]): void;
  output(lines: readonly OutputLine[]): void;
}

export interface RunChoices {
  /** Made with a view of the run that it decides. */
  readonly scheduler: (view: ModelView) => Scheduler | ExecutionModel;
  /** SEMANTICS, Exploring: durations mean nothing. */
  readonly exploring?: boolean;
  readonly stepLimit?: number;
  /** Who is told what happens; nobody: nothing is recorded. */
  readonly sink?: RunSink;
  /** Asked now and then: a run that shall be broken off is told why. */
  readonly stop?: () => Stop | undefined;
}

/** Why a host breaks a run off. */
export type Stop = Extract<Ending, { readonly kind: "time-limit" | "memory-limit" }>;

type Printing = Generator<unknown, void, unknown>;

const STEP_LIMIT = 10_000_000;

export class ModelRun {
  readonly machine: Machine;
  readonly findings: Finding[] = [];
  /** What was printed. */
  readonly lines: OutputLine[] = [];
  readonly #prepared: Prepared;
  readonly #engine: ModelIntrinsics;
  readonly #recorder: Recorder | undefined;
  readonly #sink: RunSink | undefined;
  readonly #conditions: Conditions;
  readonly #stepLimit: number;
  readonly #thrown = new Map<number, { thrown: Thrown; site: number }>();
  readonly #parents: (ThreadId | -1)[] = [];
  readonly #stop: RunChoices["stop"];
  #consoleObject = 0 as Address;
  #ending: Ending | undefined;
  #result: RunResult | undefined;

  constructor(prepared: Prepared, choices: RunChoices) {
    const { exploring = false, sink, stepLimit = STEP_LIMIT } = choices;
    const { program, memory } = prepared;
    const names = ["main"];
    const parents = this.#parents;
    const view = new ModelView({ program, memory, names, parents }, () => this.machine);
    const scheduler = choices.scheduler(view);
    const model = "cores" in scheduler ? scheduler : undefined;
    this.#stop = choices.stop;
    this.#prepared = prepared;
    this.#sink = sink;
    this.#stepLimit = stepLimit;
    const recorder = (this.#recorder = sink === undefined ? undefined : new Recorder(sink));
    const watches = program.invariants.length > 0;
    const machine = (this.machine = new Machine({
      ...{ memory, scheduler, model, recorder, exploring, stepLimit },
      enter: (thread) => this.#enter(thread),
      cannotStop: (site) => this.#cannotStop(site),
      overLimit: () => this.#overSteps(),
      watch: () => this.#watch(),
      stepped: watches ? (_object, event) => this.#checkInvariants(event) : undefined,
    }));
    this.#engine = new ModelIntrinsics({
      ...{ program, memory, machine, recorder, cores: prepared.cores, names },
      begin: (thread) => this.#begin(thread),
      assertionFailed: (thread, error, site) => this.#assertion(thread, error, site),
    });
    this.#engine.linkTo(prepared.twins);
    this.#conditions = new Conditions({
      program,
      modules: () => prepared.context(0 as ThreadId).modules,
      evaluating: (look) => this.#evaluating(look),
      show: this.#show,
    });
  }

  /** Nanoseconds, by the virtual clock. */
  get virtualTime(): number {
    return this.machine.clock.now;
  }

  /** Sets main up, before its first step. */
  begin(): void {
    install(this.#engine);
    const main = this.#prepared.context(0 as ThreadId);
    this.#engine.enter(main);
    this.#consoleObject = this.#engine.create(console_);
    const object = this.#engine.create(threadKind, 0);
    const body = 0 as Address;
    this.#begin({ id: 0 as ThreadId, object, name: "main", body, argument: -1, parent: -1 });
  }

  /** Goes on until the run is over, or the scheduler picks nobody: undefined, and it can be called again. */
  go(): RunResult | undefined {
    if (this.#result !== undefined) return this.#result;
    install(this.#engine);
    const outcome = this.machine.run();
    if (outcome === "stopped") {
      this.#recorder?.flush();
      return undefined;
    }
    if (outcome === "stuck") this.#stuck();
    if (outcome === "ended") this.#allEnded();
    return (this.#result = this.#finish());
  }

  /** `process.exit`: nothing happens any more. Answers what its caller must answer, since it never goes on. */
  exit(code: number): unknown {
    this.#end({ kind: "exited", code });
    if (pinned.depth > 0) throw new Halted();
    return SUSPENDED;
  }

  overMemory(limitBytes: number): void {
    if (this.#ending !== undefined) return;
    this.findings.push(limitFinding(ENGINE_MESSAGES.memoryLimit, { limit: limitBytes >>> 20 }));
    this.#end({ kind: "memory-limit", limitBytes });
  }

  #watch(): void {
    const stop = this.#stop?.();
    if (stop === undefined || this.#ending !== undefined) return;
    if (stop.kind === "memory-limit") return this.overMemory(stop.limitBytes);
    const doing = `${this.#engine.threadName(this.machine.current.id)} went last.`;
    this.findings.push(limitFinding(ENGINE_MESSAGES.timeLimit, { limit: stop.limitMs, doing }));
    this.#end(stop);
  }

  /** A method of `console`, called by the thread that runs. */
  print(method: string, values: unknown[]): Printing {
    const line = CONSOLE_METHODS[method].apply(this.#console(), values);
    return this.#print(line === undefined ? [] : [line]);
  }

  /** A standard stream is given `chunk` by the thread that runs; whole lines are printed. */
  *write(stream: Line["stream"], chunk: unknown): Generator<unknown, boolean, unknown> {
    const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk as Uint8Array);
    yield* this.#print(this.#console().written(stream, text));
    return true;
  }

  #console(): ConsoleLines {
    return this.#prepared.context(this.#engine.thread).console;
  }

  *#print(lines: readonly Line[]): Printing {
    for (const line of lines) yield* this.#printLine(line);
  }

  *#printLine(line: Line): Printing {
    const engine = this.#engine;
    const { thread, site } = engine;
    const block = engine.allocate(NODE_WORDS);
    const written: unknown = engine.perform(this.#consoleObject, ConsoleOperation.WRITE, block);
    const sequence = (written === SUSPENDED ? yield 0 : written) as number;
    this.#takeLine();
    engine.release(block);
    const time = engine.now();
    const printed = { sequence, thread, ...line, site, time };
    this.lines.push(printed);
    this.#recorder?.flush();
    this.#sink?.output([printed]);
  }

  /** The console's queue is for engines whose lines are taken by somebody else: here nothing waits in it. */
  #takeLine(): void {
    const { words } = this.#prepared.memory;
    for (const word of [ConsoleWord.FIRST, ConsoleWord.LAST, ConsoleWord.QUEUED]) {
      words[this.#consoleObject + word] = 0;
    }
  }

  readonly #show = (value: unknown): string => this.#prepared.host.format([value]);

  #enter(id: ThreadId): void {
    const context = this.#prepared.context(id);
    context.enter();
    this.#engine.enter(context);
  }

  #begin({ id, object, name, body, argument, parent }: NewThread): void {
    const { program, twins } = this.#prepared;
    const context = this.#prepared.context(id);
    this.#parents[id] = parent;
    const thread = new ModelThread(id);
    thread.object = object;
    const row = { id, name, object: this.#engine.idOf(object) };
    this.#sink?.threads([row]);
    const current = this.machine.threads[this.#engine.thread];
    context.begin(object);
    if (current !== undefined) this.#prepared.context(current.id).enter();
    const frame = life(
      {
        ...{ program, twins, engine: this.#engine, context, object, show: this.#show },
        panicked: (thrown) => this.#thrown.set(id, { thrown, site: context.runtime.site }),
        isOver: () => this.machine.halted,
        flush: () => this.#print(context.console.flush()),
      },
      body,
      argument,
    );
    this.machine.add(thread, ThreadOperation.START, parent, frame);
  }

  // ---- what is found

  #assertion(thread: ThreadId, error: Error, site: SiteId): void {
    const thrown = thrownOf(error, this.#show);
    const name = this.#engine.threadName(thread);
    const exception = { thread, name, thrown, site };
    const { program } = this.#prepared;
    this.findings.push(exceptionFinding("assertion", program, exception, this.#now()));
  }

  #checkInvariants(event: EventKind): void {
    if (!mayBreakInvariant(event) || this.#ending !== undefined) return;
    const { current } = this.machine;
    const name = this.#engine.threadName(current.id);
    const place = placeOfSite(this.#prepared.program, current.next.site);
    const found = this.#conditions.invariant(name, place, this.#now());
    if (found === undefined) return;
    const site = siteAsPlace(this.#prepared.program, current.next.site);
    const sites = site === undefined ? found.sites : [site, ...found.sites];
    this.findings.push({ ...found, sites, threads: [current.id] });
    this.#end({ kind: "finished" });
  }

  #evaluating<T>(look: () => T): T {
    const engine = this.#engine;
    const before = engine.thread;
    this.#enter(0 as ThreadId);
    engine.evaluating = true;
    try {
      return look();
    } finally {
      engine.evaluating = false;
      this.#enter(before);
    }
  }

  #stuck(): void {
    const { program, memory } = this.#prepared;
    const nameOf = (id: ThreadId): string => this.#engine.threadName(id);
    const { words } = memory;
    const hasEnded = (id: ThreadId): boolean => this.#outcomeOf(id) !== ThreadOutcome.RUNNING;
    const parts = { words, program, nameOf, hasEnded };
    const threads: StuckThread[] = this.machine.threads
      .filter(({ id }) => !hasEnded(id))
      .map(({ id, next }) => waitingThread(parts, id, next));
    this.findings.push(explainStuck(threads, this.#now()));
    this.#end({ kind: "stuck" });
  }

  #allEnded(): void {
    const normally = this.machine.threads.every(
      ({ id }) => this.#outcomeOf(id) === ThreadOutcome.RETURNED,
    );
    if (normally) this.findings.push(...this.#conditions.finals(this.#now()));
    this.#end({ kind: "finished" });
  }

  #outcomeOf(id: ThreadId): number {
    return this.#prepared.memory.words[this.machine.threads[id].object + ThreadWord.OUTCOME];
  }

  #overSteps(): void {
    const limit = this.#stepLimit;
    const { current } = this.machine;
    const place = siteAsPlace(this.#prepared.program, current.next.site);
    const doing = `${this.#engine.threadName(current.id)} went last.`;
    const sites = place === undefined ? [] : [place];
    this.findings.push(limitFinding(MODEL_MESSAGES.stepLimit, { limit, doing }, sites));
    this.#end({ kind: "step-limit", limit });
  }

  #cannotStop(site: SiteId): Error {
    const { program } = this.#prepared;
    const place = placeOfSite(program, site) || "a place that is not known";
    const values = { thread: this.#engine.threadName(this.#engine.thread), place };
    const at = siteAsPlace(program, site);
    const sites = at === undefined ? [] : [at];
    this.findings.push(limitFinding(MODEL_MESSAGES.cannotSuspend, values, sites));
    this.#end({ kind: "unmodelled" });
    return new Error(text(MODEL_MESSAGES.cannotSuspend, values));
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.machine.halt();
  }

  /** Panics that no join has delivered by the end. */
  #addPanics(): void {
    const { memory, program } = this.#prepared;
    for (const { id, object } of this.machine.threads) {
      const unhandled =
        memory.words[object + ThreadWord.OUTCOME] === ThreadOutcome.PANICKED &&
        memory.words[object + ThreadWord.DELIVERED] === 0;
      const info = this.#thrown.get(id);
      // A failed assertion is told as such already; the thread ended by it.
      if (!unhandled || info === undefined || info.thrown.name === "AssertionError") continue;
      const exception = { thread: id, name: this.#engine.threadName(id), ...info };
      this.findings.push(exceptionFinding("panic", program, exception, this.#now()));
    }
  }

  #now(): number {
    return this.machine.clock.ticks;
  }

  #finish(): RunResult {
    this.#addPanics();
    this.#recorder?.flush();
    return {
      ending: this.#ending ?? { kind: "finished" },
      findings: this.findings,
      durationNs: this.#now(),
      events: this.#recorder?.events ?? 0,
      threads: this.machine.threads.length,
    };
  }
}
