/**
 * One execution of a program: the model engine runs it, a strategy decides who goes on, and each step is kept as exploring
 * needs it. It is used for one execution after another.
 */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";
import { empty } from "../base/empty.ts";
import { mayBreakInvariant } from "../engine/model/conditions.ts";
import type { Model } from "../engine/model/model.ts";
import type { Observer, Operation } from "../engine/model/observer.ts";
import type { ModelRun } from "../engine/model/run.ts";
import type { RunChoices } from "../engine/model/run-choices.ts";
import { type ModelThread, Standing } from "../engine/model/thread.ts";
import type { ModelView } from "../engine/model/view.ts";
import { Looker } from "../engine/stepping/look/inert.ts";
import type { LookedRun } from "../engine/stepping/look/objects.ts";
import type { Candidate, Scheduler } from "../engine/scheduler.ts";
import { cell } from "../objects/cell.ts";
import { process_, ProcessOperation } from "../objects/process.ts";
import { KINDS, SELECT } from "../objects/kinds.ts";
import { BLOCKED, Head } from "../objects/object.ts";
import type { RunResult } from "../protocol/run.ts";
import type { EventKind } from "../trace/event.ts";
import type { Finding } from "../trace/finding.ts";
import type { Told } from "../std/check/told.ts";
import { isCooperative } from "./cooperative.ts";
import { casesAmong, MOST_CHOICES, optionsAmong } from "./choices.ts";
import { Endless } from "./endless.ts";
import { Calls } from "./linearizability/calls.ts";
import { casesOf, isSelect, lookedAt } from "./select-cases.ts";
import { Past } from "./past.ts";
import { couldGoAtLast, hasNext } from "./next-step.ts";
import { ExploredStep, isSameWay, type Key, type Part, type Thing } from "./step.ts";
import { PLAIN, Things } from "./things.ts";
import type { Starved } from "./starving.ts";

/** Decides an execution. */
export interface Strategy {
  /** How many wake-ups without a reason may be among what it is offered. Absent: none. */
  readonly spurious?: number;
  /** The place in `execution.offered` of the one that goes on; -1: this execution is not to be had. */
  pick(execution: Execution): number;
  /** One of these, as a choice within the step under way, `execution.current`. */
  choose(execution: Execution, options: readonly number[]): number;
  /**
   * The next execution begins with so many steps of the last one that it decided, of which it is not asked again. Absent: it
   * decides each anew.
   */
  readonly again?: number;
}

/** An execution of more steps than that is one without end. */
const STEP_LIMIT = 500_000;

export class Execution implements Scheduler, Observer {
  readonly model: Model;
  /** The memory of whatever run is under way, or was last, for who puts it into words. */
  readonly view: LookedRun;
  /** What was done so far. */
  readonly steps: ExploredStep[] = [];
  /** Who could go on, while the strategy is asked. */
  readonly offered: Candidate[] = [];
  /** How many steps in a row its thread has made that went last. */
  turn = 0;
  /** How many threads have begun, in this execution. */
  threads = 0;
  /** Whether it ended since nothing comes of going on: who could waits by looking, or goes round in a fair cycle. */
  spinsForEver = false;
  /** The calls of a check that the program asks for. */
  readonly calls: Calls;
  /** What is wrong with an execution that is none of the engine's business. Absent: nothing. */
  judge: ((execution: Execution, result: RunResult) => readonly Finding[]) | undefined;
  /** Whether in any execution somebody came to wait where one may wake without a reason. */
  mayWake = false;
  /** Whether somewhere there were more choices than are tried, in any execution. */
  sampled = false;
  #strategy!: Strategy;
  #run: ModelRun | undefined;
  readonly #things: Things;
  readonly #past = new Past();
  /** Steps of the last execution with which this one begins. */
  #kept: readonly ExploredStep[] = [];
  /** How many of them there are; -1: nothing is as it was. */
  #keeps = -1;
  /** How many choices the step under way has made. */
  #choices = 0;
  readonly #endless = new Endless({
    steps: this.steps,
    words: () => this.model.inside.memory.words,
    thingAt: (object) => this.thingAt(object),
    nextOf: (thread) => this.#nextOf(thread),
  });
  /** By thread: whether it has waited by looking, since its last step. */
  readonly #awaited: boolean[] = [];
  readonly #cooperative: boolean;
  readonly #watches: boolean;
  readonly #watchedNames: ReadonlySet<string>;

  constructor(model: Model) {
    this.model = model;
    const { inside } = model;
    this.#things = new Things(inside);
    this.calls = new Calls((value) => inside.show(value));
    this.view = {
      program: inside.program,
      get words() {
        return inside.memory.words;
      },
      looker: new Looker(inside.memory, () => inside.context(0 as ThreadId).modules),
      nameOfThread: (thread) => this.running.names[thread],
    };
    const { invariants, options } = inside.program;
    this.#cooperative = isCooperative(options);
    this.#watches = invariants.length > 0;
    this.#watchedNames = new Set(invariants.flatMap(({ reads }) => reads));
  }

  /** Has the strategy decide one execution, `through` a scheduler of others. Undefined: it gave up half-way. */
  go(
    strategy: Strategy,
    choices: Omit<RunChoices, "scheduler" | "observer" | "exploring"> = {},
    through: (scheduler: Scheduler, view: ModelView) => Scheduler = (scheduler) => scheduler,
  ): RunResult | undefined {
    this.#keep(strategy);
    empty(this.steps);
    empty(this.#awaited);
    this.#endless.reset();
    this.calls.reset();
    this.threads = 0;
    this.#run = undefined;
    const run = this.model.begin({
      stepLimit: STEP_LIMIT,
      spurious: strategy.spurious ?? 0,
      ...choices,
      scheduler: (view) => through(this, view),
      observer: this,
      exploring: true,
    });
    this.#run = run;
    const result = run.go();
    if (result?.ending.kind === "exited" && this.current !== undefined) this.current.exits = true;
    this.current?.settle();
    this.threads = run.machine.threads.length;
    this.mayWake ||= run.machine.threads.some((thread) => run.machine.turn.mayWake(thread));
    if (result === undefined || this.judge === undefined) return result;
    return { ...result, findings: this.judge(this, result) };
  }

  /** What the last execution has in common with the one that is to be made, stays. */
  #keep(strategy: Strategy): void {
    const again = strategy === this.#strategy ? strategy.again : undefined;
    this.#strategy = strategy;
    this.#keeps = again ?? -1;
    this.#kept = this.steps.slice(0, again ?? 0);
    this.#past.begin(this.#keeps);
    this.#things.begin(again === undefined);
  }

  /** Whether what happens is known from the last execution: the step under way is one of those that this begins with. */
  get #isKept(): boolean {
    return this.steps.length <= this.#keeps;
  }

  /** The run that was made last. */
  get run(): ModelRun {
    return this.#run!;
  }

  /** The run under way. */
  get running(): ModelRun {
    return this.model.run!;
  }

  /** The step under way, or the last one. */
  get current(): ExploredStep | undefined {
    return this.steps[this.steps.length - 1];
  }

  /** The own words of objects, as they were before steps. */
  get past(): Int32Array {
    return this.#past.words;
  }

  couldGo(id: ThreadId, step: number): boolean {
    return this.#past.since(step, id) <= step;
  }

  keyOf(id: ThreadId): Key {
    return this.#things.ofThread(id).key;
  }

  /** Threads that may be passed over for ever, as far as this execution shows. */
  get starved(): readonly Starved[] {
    return this.#endless.starved;
  }

  #nextOf(id: ThreadId): Candidate | undefined {
    const { standing, next } = this.model.inside.machine.threads[id];
    return standing === Standing.OPERATION ? next : undefined;
  }

  /** Threads that wait by looking, with the places where they do. */
  spinners(): { readonly id: ThreadId; readonly site: SiteId }[] {
    const { machine } = this.model.inside;
    return machine.threads
      .filter(({ id, standing }) => standing !== Standing.ENDED && this.#endless.goesRound(id))
      .map(({ id, next }) => ({ id, site: next.site || this.#lastSiteOf(id) }));
  }

  /** Of one that does nothing but sleep. */
  #lastSiteOf(id: ThreadId): SiteId {
    return this.steps.findLast((step) => step.id === id)?.site ?? (0 as SiteId);
  }

  /** What threads that have not ended would do next, as if it were the next step. */
  pending(): ExploredStep[] {
    const { machine, memory } = this.model.inside;
    const { words } = memory;
    return machine.threads.filter(hasNext).map((thread) => {
      const { next } = thread;
      const step = this.#stepOf(next, this.steps.length);
      step.goesAtLast = couldGoAtLast(words, thread);
      if (next.object !== 0 && isSelect(words, next.object))
        step.parts = this.#casesOf(next.thread, next.object);
      step.settle();
      return step;
    });
  }

  #casesOf(id: ThreadId, select: Address): Part[] {
    return casesOf(this.model.inside.memory.words, (at) => this.thingAt(at), id, select);
  }

  #keepCases(id: ThreadId, select: Address): ReadonlyMap<Key, number> {
    const { words } = this.model.inside.memory;
    const kept = new Map<Key, number>();
    for (const { thing } of this.#casesOf(id, select)) {
      if (!kept.has(thing.key)) kept.set(thing.key, this.#past.keep(thing, words));
    }
    return kept;
  }

  // ---- Scheduler

  again(): ExploredStep | undefined {
    // Who waits by looking is told by who is offered, step by step; and so is who may wake without a reason.
    const isTold = this.#endless.isUsed || (this.#strategy.spurious ?? 0) > 0;
    const step = isTold ? undefined : this.#nextKept();
    if (step !== undefined) this.#begin(step);
    return step;
  }

  /** The next step of those that the execution begins with. If the program would do something else there, none is any more. */
  #nextKept(): ExploredStep | undefined {
    const { length } = this.steps;
    if (length >= this.#keeps) return undefined;
    const step = this.#kept[length];
    const thread = this.model.inside.machine.threads[step.id];
    const late = step.wakes ? thread?.waking : thread?.patience;
    const next = step.timesOut ? late : thread?.next;
    if (next?.operation === step.operation && next.site === step.site) {
      if (step.thing === undefined || step.thing === this.thingAt(next.object)) return step;
    }
    this.#keeps = length;
    this.#past.begin(length);
    return undefined;
  }

  pick(candidates: readonly Candidate[], count: number): number {
    const { offered } = this;
    this.#offer(candidates, count);
    // Whom nothing but a wake-up without a reason could free is blocked.
    const mayWake = (this.#strategy.spurious ?? 0) > 0;
    if (mayWake && offered.every(({ wakes }) => wakes === true)) offered.length = 0;
    this.spinsForEver = this.#endless.isFound || (offered.length === 0 && count > 0);
    if (this.spinsForEver) return -1;
    const kept = this.#nextKept();
    if (kept !== undefined) {
      this.#begin(kept);
      return candidates.findIndex((one) => one.thread === kept.id && isSameWay(one, kept));
    }
    const picked = offered[this.#strategy.pick(this)];
    if (picked === undefined) return -1;
    const step = this.#stepOf(picked, this.steps.length);
    const { words } = this.model.inside.memory;
    if (step.thing !== undefined && !PLAIN.has(step.thing.kind))
      step.before = this.#past.keep(step.thing, words);
    if (isSelect(words, picked.object))
      step.befores = this.#keepCases(picked.thread, picked.object);
    this.#past.close(step.index);
    this.#begin(step);
    return candidates.indexOf(picked);
  }

  #begin(step: ExploredStep): void {
    this.#endless.picked(step, this.offered);
    const { current } = this;
    current?.settle();
    this.turn = current?.id === step.id ? this.turn + 1 : 0;
    this.#awaited[step.id] = false;
    this.#choices = 0;
    this.steps.push(step);
    this.calls.stepped(step.id, step.index, step.site);
  }

  choose(
    n: number,
    thread: ThreadId,
    otherwise: number,
    caseOf?: (option: number) => number,
  ): number {
    const step = this.current!;
    // Which case of a select it is says the same wherever the step is made; the how-manieth that is ready does not.
    const cases = casesAmong(n, caseOf);
    const nth = (chosen: number): number => cases?.indexOf(chosen) ?? chosen;
    if (this.#isKept) {
      const chosen = nth(step.chosen[this.#choices++] ?? otherwise);
      this.calls.chose(thread, chosen);
      return chosen;
    }
    if (n > MOST_CHOICES) this.sampled = true;
    const fixed = this.calls.decided(thread);
    const options = fixed === undefined ? (cases ?? optionsAmong(n, otherwise)) : [fixed];
    const wanted = fixed ?? this.#strategy.choose(this, options);
    const chosen = options.includes(wanted) ? wanted : options[0];
    this.calls.chose(thread, nth(chosen));
    step.options = [...step.options, options];
    step.chosen = [...step.chosen, chosen];
    return nth(chosen);
  }

  /** Whose time is up can only give up while its operation cannot go through: later it comes to the same. */
  #offer(candidates: readonly Candidate[], count: number): void {
    const { offered } = this;
    empty(offered);
    const now = this.steps.length;
    const last = this.current?.id;
    this.#past.nobodyGoes(now, this.model.inside.machine.threads.length);
    for (let i = 0; i < count; i++) {
      const candidate = candidates[i];
      const { thread, timesOut, notes } = candidate;
      if (this.#endless.waits(thread)) {
        this.#awaited[thread] = true;
        continue;
      }
      if (timesOut) {
        if (!this.#goes(thread)) offered.push(candidate);
        continue;
      }
      offered.push(candidate);
      if (!notes) this.#past.goes(now, thread, last);
    }
    if (this.#cooperative) this.#keepTurn();
    this.#endless.offers(offered);
  }

  /** Under a cooperative model whoever runs goes on, unless it waits, yields or ends. */
  #keepTurn(): void {
    const { offered, current } = this;
    if (current === undefined || current.yields || current.noted) return;
    const goesOn = offered.find(({ thread, timesOut }) => thread === current.id && !timesOut);
    if (goesOn === undefined || goesOn.notes) return;
    offered.length = 0;
    offered.push(goesOn);
  }

  #goes(thread: ThreadId): boolean {
    for (const { thread: one, timesOut } of this.offered) {
      if (one === thread && !timesOut) return true;
    }
    return false;
  }

  // ---- Observer

  created(thread: ThreadId, at: Address): void {
    this.#things.created(thread, at, this.#isKept);
  }

  performed(thread: ModelThread, result: number, event: EventKind, argument: number): void {
    const step = this.current!;
    if (thread.id !== step.id)
      return this.joined(thread, result, event, argument, thread.next.object);
    if (this.#isKept) return this.#endless.took(step);
    step.result = result;
    // That it has ended a process is told afterwards, if it has.
    step.ends = undefined;
    step.event = event;
    step.argument = argument;
    step.seen = this.#watches && this.#isWatched(step);
    this.#endless.took(step);
  }

  stopped(process: Address): void {
    if (!this.#isKept) this.current!.ends = this.thingAt(process)!.key;
  }

  turns({ id }: ModelThread, loop: number, locals?: readonly unknown[]): void {
    this.#endless.turns(id, loop, locals);
  }

  joined(
    thread: ModelThread,
    result: number,
    event: EventKind,
    argument: number,
    at: Address,
  ): void {
    const { id, next } = thread;
    const { operation, site } = next;
    if (!this.#isKept) {
      const on = this.thingAt(at)!;
      const joined = { thread: this.keyOf(id), id, operation, result, event, argument, site, on };
      (this.current!.joined ??= []).push(joined);
    }
    this.calls.stepped(id, this.current!.index, site);
  }

  checked(thread: ThreadId, told: Told): void {
    this.calls.told(thread, told, this.model.inside.engine.site);
  }

  acted(
    { id }: ModelThread,
    at: Address,
    operation: Operation,
    result: number,
    event: EventKind,
    argument: number,
  ): void {
    if (this.#isKept) return;
    const thing = this.thingAt(at)!;
    (this.current!.parts ??= []).push({
      ...{ id, thing, ...operation, result, event, argument, looks: false },
    });
  }

  looked({ id }: ModelThread, at: Address, operation: Operation): void {
    if (this.#isKept) return;
    const part = lookedAt(this.model.inside.memory.words, this.thingAt(at)!, id, operation);
    (this.current!.parts ??= []).push(part);
  }

  noted(thread: ModelThread): void {
    const step = this.current!;
    if (thread.id !== step.id) return;
    if (this.#isKept) return this.#endless.took(step);
    step.noted = true;
    step.result = BLOCKED;
    this.#endless.took(step);
  }

  #isWatched({ event, thing }: ExploredStep): boolean {
    if (thing === undefined || !mayBreakInvariant(event)) return false;
    if (thing.kind !== cell) return true;
    const name = this.#things.nameOf(this.model.inside.memory.words[thing.at + Head.SITE]);
    return name === undefined || this.#watchedNames.has(name);
  }

  // ---- steps

  #stepOf(next: Candidate, index: number): ExploredStep {
    const { thread: id, object, operation, a, b, timesOut, wakes = false } = next;
    const { machine, memory } = this.model.inside;
    const kind = object === 0 ? undefined : KINDS[memory.words[object + Head.KIND]];
    const thing = kind === KINDS[SELECT] ? undefined : this.thingAt(object);
    const { low, high, deadline } = machine.threads[id];
    const partner = thing?.kind.partner?.(operation, a, b) ?? (0 as Address);
    const { key: thread, slot: lane } = this.#things.ofThread(id);
    const step = new ExploredStep(
      { index, thread, lane, id, timesOut, wakes, thing, partner: this.thingAt(partner) },
      { operation, a, b, site: next.site, low, high },
    );
    step.within = this.calls.isWithin(id);
    step.opens = step.within && this.calls.opens(id);
    const { waiting, spurious } = kind?.operations[operation] ?? {};
    step.blocks = waiting !== undefined;
    if (spurious === true) this.mayWake = true;
    step.awaited = this.#awaited[id] === true;
    step.patient = deadline < Infinity;
    if (kind === process_ && operation !== ProcessOperation.WAIT) step.ends = thing?.key;
    const around = this.running.processes.around(id);
    if (around.length > 0) step.processes = around.map((process) => this.thingAt(process)!.key);
    step.since = this.#past.since(index, id);
    return step;
  }

  thingAt(object: Address): Thing | undefined {
    return this.#things.at(object);
  }
}
