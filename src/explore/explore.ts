/**
 * The door of the room: explores a program on the model engine, by one strategy after another, and says what came of it.
 * Knows no process and no clock: who calls it says what time it is and when to stop.
 */
import { byGravity, verdictOf } from "../analysis/verdict.ts";
import { defined } from "../base/defined.ts";
import { EXPLORE_MESSAGES } from "../base/catalogue/explore.ts";
import { tell } from "../base/catalogue/message.ts";
import type { Model } from "../engine/model/model.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import type {
  ExploredFinding,
  ExploreOptions,
  ExploreProgress,
  ExploreResult,
  Phase,
} from "../protocol/explore.ts";
import type { RunResult } from "../protocol/run.ts";
import type { Finding, FindingKind } from "../trace/finding.ts";
import { Collector, isSameFailure, type Shown } from "./collector.ts";
import { Dependence } from "./dependence.ts";
import { Execution } from "./execution.ts";
import { Order } from "./order.ts";
import { type Case, type Checking, checkingOf } from "./linearizability/checking.ts";
import { minimise } from "./linearizability/minimise.ts";
import { plansForCase, united } from "./linearizability/plans.ts";
import { type PhasePlan, plansFor, type Searching } from "./phases.ts";
import { pairsOfLines } from "./tell/pairs.ts";
import { Pasted } from "./strategies/pasted.ts";
import { nearestPass } from "./tell/nearest.ts";
import { retell, scheduleOf } from "./tell/retold.ts";
import { shrink } from "./tell/shrink.ts";
import { storyOf } from "./tell/story.ts";
import { unmodelledIn } from "./tell/unmodelled.ts";

export interface ExploreParts {
  /** Runs of the program come one after another on it. */
  readonly model: Model;
  readonly program: CompiledProgram;
  readonly options: ExploreOptions;
  readonly hooks: ExploreHooks;
}

export interface ExploreHooks {
  /** Milliseconds, from whenever. */
  now(): number;
  /** Asked between executions and, in long ones, every thousand steps. */
  shouldStop(): boolean;
  /** Called a few times a second. */
  progress(progress: ExploreProgress): void;
}

/** Explores until everything is known, a limit is reached, or it is told to stop. */
export function explore(parts: ExploreParts): ExploreResult {
  return new Exploration(parts).result();
}

/** How long one failure is made simpler, and how long the nearest pass is looked for. */
const PATIENCE_MS = 3000;
/** So many ways to end are looked at closely. */
const MOST_RETOLD = 12;
/** What one execution alone cannot tell, or what says nothing where durations mean nothing. */
const NOT_OF_ONE: ReadonlySet<FindingKind> = new Set([
  "nothing-concurrent",
  "contention",
  "starvation",
]);
const PROGRESS_MS = 200;
/** Whether it will come to its end is considered each time so many executions were made. */
const CONSIDERED = 500;
/** It is given up when it would take so many times as long as there is time. */
const HOPE = 3;
/** How long a search may take where nothing is said. */
const DEFAULT_SECONDS = 60;

class Exploration {
  readonly #parts: ExploreParts;
  readonly #collector: Collector;
  readonly #execution: Execution;
  readonly #dependence: Dependence;
  readonly #order: Order;
  readonly #began: number;
  readonly #ends: number;
  readonly #phases: Phase[] = [];
  #executions = 0;
  #pruned = 0;
  #told = 0;
  /** Why not everything is known, though the search went on by chance. */
  #cut: string | undefined;
  /** Why it came to no end of its own. */
  #stopped: string | undefined;
  #failed = false;
  /** Whether the last phase has made all executions that there are. */
  #proved = false;
  /** Of a shard: which traces it has explored. */
  readonly #traces = new Set<string>();
  readonly #warnings = new Map<string, Finding>();
  /** Of a program that asks for checks: these are explored, one scenario after another. */
  readonly #checking: Checking | undefined;
  #cases = 0;
  #wholeCases = 0;

  constructor(parts: ExploreParts) {
    this.#parts = parts;
    const { model, options, hooks } = parts;
    const { perThreadOutput = false, maxSeconds = DEFAULT_SECONDS } = options;
    this.#execution = new Execution(model);
    this.#checking = checkingOf(this.#execution);
    this.#dependence = new Dependence({ perThreadOutput });
    this.#order = new Order(this.#dependence);
    this.#collector = new Collector(perThreadOutput);
    this.#began = this.#told = hooks.now();
    this.#ends = this.#began + maxSeconds * 1000;
  }

  result(): ExploreResult {
    const { options } = this.#parts;
    const plans = plansFor(this.#parts.program.options, options, this.#dependence);
    this.#tryPasted(plans[0]);
    if (!this.#failed) {
      if (this.#checking === undefined) this.#search(plans);
      else this.#check(this.#checking);
    }
    return this.#summary();
  }

  #search(plans: readonly PhasePlan[]): void {
    for (const plan of plans) {
      if ((plan.spurious ?? 0) > 0 && plan.followed === true && !this.#execution.mayWake) continue;
      const phase = this.#phase(plan);
      this.#phases.push(phase);
      this.#proved = plan.proves === true && phase.complete;
      if (this.#stopped !== undefined || this.#failed) break;
      if (this.#proved) break;
    }
  }

  /** One scenario after another; of a shard, those that fall to it. */
  #check(checking: Checking): void {
    const { program, options } = this.#parts;
    const { shard = { index: 1, of: 1 }, maxExecutions = Infinity, seed } = options;
    const all = checking.cases(seed);
    const cases = all.filter((_, index) => index % shard.of === shard.index - 1);
    for (const one of cases) {
      if (this.#executions >= maxExecutions) {
        this.#stopped ??= `${maxExecutions} executions are made`;
        break;
      }
      checking.begin(one);
      this.#search(plansForCase(program.options, options, this.#dependence));
      this.#cases++;
      if (this.#proved) this.#wholeCases++;
      if (this.#stopped !== undefined) break;
      if (this.#failed) {
        this.#minimise(checking, one);
        break;
      }
    }
    this.#proved = this.#cases === cases.length && this.#wholeCases === cases.length;
    checking.end();
  }

  /** What has gone wrong in one scenario is shown by the smallest one in which it does. */
  #minimise(checking: Checking, failing: Case): void {
    const [gravest] = [...this.#collector.shown.values()]
      .map(({ finding }) => finding)
      .filter(({ kind }) => kind !== "race")
      .sort(byGravity);
    if (gravest === undefined) return;
    const isDue = this.#patience();
    const fails = (finding: Finding): boolean => isSameFailure(finding, gravest);
    const [execution, dependence] = [this.#execution, this.#dependence];
    const moves = minimise(failing, { execution, checking, dependence, fails, isDue });
    if (moves !== undefined) this.#collector.showBy(gravest, moves);
  }

  /** Schedules that failed before come first: if one fails again, nothing else need be found. */
  #tryPasted({ strategy, bound }: PhasePlan): void {
    const of = { strategy, ...defined({ bound }) };
    for (const text of this.#parts.options.schedules ?? []) {
      const pasted = new Pasted(text);
      const result = this.#execution.go(pasted, {}, (scheduler, view) => {
        pasted.begin(view);
        return scheduler;
      });
      if (result === undefined && !this.#execution.spinsForEver) continue;
      this.#executions++;
      const failed = this.#collect(result);
      if (!failed || this.#parts.options.keepGoing === true) continue;
      this.#failed = true;
      this.#phases.push({ ...of, executions: this.#executions, complete: false });
      return;
    }
  }

  #collect(result: RunResult | undefined): boolean {
    return result === undefined
      ? this.#collector.takeLivelock(this.#execution)
      : this.#collector.take(this.#execution, result);
  }

  #phase(plan: PhasePlan): Phase {
    const { strategy, bound, spurious, ends } = plan;
    const of = { strategy, ...defined({ bound, spurious }) };
    const searching = plan.make();
    const most = this.#mostOf(plan);
    const began = this.#parts.hooks.now();
    let executions = 0;
    let complete = false;
    while (executions < most) {
      const result = this.#execution.go(searching, { stop: () => this.#isDue() });
      if (this.#stopped !== undefined) break;
      const before = this.#executions;
      const another = this.#learn(searching, result);
      executions += this.#executions - before;
      const { estimate } = searching;
      this.#tell({ ...of, executions, complete }, estimate);
      if (this.#failed) break;
      if (!another) {
        complete = !this.#execution.sampled;
        break;
      }
      if (this.#isDue() !== undefined) break;
      if (plan.followed === true && this.#isHopeless(executions, estimate, began)) break;
    }
    this.#pruned += searching.pruned;
    const isWhole = ends && plan.part !== true;
    if (isWhole && !complete && !this.#failed) this.#cutShort(plan, executions, searching.estimate);
    return { ...of, executions, complete };
  }

  /** Takes what came of an execution. Answers whether there is another one to make. */
  #learn(searching: Searching, result: RunResult | undefined): boolean {
    const execution = this.#execution;
    if (result === undefined && !execution.spinsForEver) {
      return searching.abandon?.(execution) ?? true;
    }
    if (searching.deals === true) return searching.next(execution, this.#order);
    this.#executions++;
    const failed = this.#collect(result);
    this.#failed ||= failed && this.#parts.options.keepGoing !== true;
    this.#order.read(execution.steps, execution.threads);
    if (this.#parts.options.shard !== undefined) this.#traces.add(this.#order.hash());
    return searching.next(execution, this.#order);
  }

  #mostOf({ most, ends, part = false }: PhasePlan): number {
    const { maxExecutions = Infinity } = this.#parts.options;
    const left = maxExecutions - this.#executions;
    // Who asks for so many of what has no end shall have them.
    return ends || part || maxExecutions === Infinity ? Math.min(most, left) : left;
  }

  /** Whether there is no coming to the end in the time that is left. */
  #isHopeless(executions: number, estimate: number | undefined, began: number): boolean {
    if (estimate === undefined || executions % CONSIDERED !== 0) return false;
    const now = this.#parts.hooks.now();
    const each = (now - began) / executions;
    return (estimate - executions) * each > HOPE * (this.#ends - now);
  }

  /** A search that was to come to its end did not. */
  #cutShort(plan: PhasePlan, executions: number, estimate = 0): void {
    if (plan.strategy === "bounded" && plan.followed === true) return;
    const about = estimate > executions ? ` of about ${roundly(estimate)}` : "";
    this.#cut = `${executions}${about} executions were made by ${plan.strategy}`;
    if (plan.followed !== true) this.#stopped ??= this.#cut;
  }

  /** Whether it is time to stop: then the run under way is broken off. */
  #isDue(): { readonly kind: "time-limit"; readonly limitMs: number } | undefined {
    const { hooks, options } = this.#parts;
    const { maxSeconds = DEFAULT_SECONDS } = options;
    if (hooks.shouldStop()) this.#stopped ??= "it was asked to stop";
    else if (hooks.now() > this.#ends) this.#stopped ??= `${maxSeconds} s are over`;
    return this.#stopped === undefined ? undefined : { kind: "time-limit", limitMs: 0 };
  }

  #tell(phase: Phase, estimate: number | undefined): void {
    const { hooks } = this.#parts;
    const now = hooks.now();
    if (now - this.#told < PROGRESS_MS) return;
    this.#told = now;
    hooks.progress({
      phase,
      executions: this.#executions,
      outcomes: this.#collector.endings.size,
      findings: this.#collector.shown.size,
      elapsedMs: now - this.#began,
      ...(estimate === undefined ? {} : { estimate: Math.round(estimate) }),
    });
  }

  #summary(): ExploreResult {
    const { options, hooks } = this.#parts;
    const phases = this.#checking === undefined ? this.#phases : united(this.#phases);
    const last = phases.at(-1);
    const errors = [...this.#collector.shown.values()].map((shown) => this.#explain(shown));
    const findings = [...errors, ...this.#said(errors)].sort(byGravity);
    const stopped = this.#stopped ?? this.#cut;
    const found = verdictOf(findings, { kind: "finished" });
    return {
      verdict: found === "ok" && this.#executions === 0 ? "limit" : found,
      executions: this.#checking === undefined ? (last?.executions ?? 0) : this.#executions,
      complete: this.#proved,
      strategy: options.strategy,
      phases,
      seed: options.seed,
      steps: this.#collector.steps,
      outcomes: [...this.#collector.endings.values()].map(({ state, count, moves }) => ({
        ...state,
        count,
        schedule: scheduleOf(this.#execution, moves),
      })),
      findings,
      pairs: pairsOfLines(this.#parts.program, this.#order.pairs),
      unmodelled: unmodelledIn(phases, this.#execution.mayWake, options),
      pruned: this.#pruned,
      ...(options.shard === undefined ? {} : { traces: [...this.#traces].sort() }),
      ...this.#extent(),
      ...(stopped === undefined ? {} : { stopped }),
      durationMs: Math.round(hooks.now() - this.#began),
    };
  }

  #extent(): Pick<ExploreResult, "linearizability"> {
    if (this.#checking === undefined) return {};
    const { histories } = this.#checking;
    return {
      linearizability: { scenarios: this.#cases, whole: this.#wholeCases, histories },
    };
  }

  /** What went wrong, by the simplest execution that shows it. */
  #explain({ finding, moves }: Shown): ExploredFinding {
    const execution = this.#execution;
    const fails = (found: readonly Finding[]): boolean =>
      found.some((one) => isSameFailure(one, finding));
    const ofOrder = finding.kind === "race";
    const simplest = ofOrder ? moves : shrink(execution, moves, { fails, isDue: this.#patience() });
    const { schedule, deeds, findings } = retell(execution, simplest);
    const told = findings.find((one) => isSameFailure(one, finding)) ?? finding;
    this.#warn(findings);
    const history = this.#checking?.historyOf(execution);
    const isDue = this.#patience();
    const parts = { execution, order: this.#order, moves: simplest, deeds, isDue };
    const nearest = ofOrder ? undefined : nearestPass(parts);
    const story = storyOf(deeds, told);
    return { ...told, schedule, story, ...defined({ nearest, history }) };
  }

  /** Whether it is time to be content with what there is, of something that is done for one failure. */
  #patience(): () => boolean {
    const { hooks } = this.#parts;
    const until = hooks.now() + PATIENCE_MS;
    return () => hooks.shouldStop() || hooks.now() > until;
  }

  #warn(findings: readonly Finding[]): void {
    for (const finding of findings) {
      if (finding.severity !== "warning" || NOT_OF_ONE.has(finding.kind)) continue;
      const key = [finding.kind, ...finding.sites.map(({ file, line }) => `${file}:${line}`)];
      if (!this.#warnings.has(key.join())) this.#warnings.set(key.join(), finding);
    }
  }

  /** A warning that an execution shows, up to where it does: what follows is another story. */
  #starved(): ExploredFinding[] {
    return [...this.#collector.starved.values()].map(({ finding, moves }) => {
      const { schedule, deeds } = retell(this.#execution, moves, "no further");
      return { ...finding, schedule, story: storyOf(deeds, finding) };
    });
  }

  /** What is to be said beside what went wrong. */
  #said(errors: readonly Finding[]): Finding[] {
    const endings = [...this.#collector.endings.values()].slice(0, MOST_RETOLD);
    for (const { moves } of endings) {
      if (this.#parts.hooks.shouldStop()) break;
      this.#warn(retell(this.#execution, moves).findings);
    }
    const deadlocks = errors.some(({ kind }) => kind === "deadlock" || kind === "leak");
    // Of locks in different orders one fears what could happen: where all that can was explored, it cannot.
    const warnings = [...this.#warnings.values()].filter(
      ({ kind }) => kind !== "lock-order" || deadlocks || !this.#proved,
    );
    const said: Finding[] = [...warnings, ...this.#starved()];
    const outputs = new Set([...this.#collector.endings.values()].map(({ state }) => state.output));
    if (outputs.size > 1) {
      const told = tell(EXPLORE_MESSAGES.nondeterministicOutput, { count: outputs.size });
      said.push({ kind: "nondeterministic-output", severity: "warning", sites: [], ...told });
    }
    if (!this.#collector.met && this.#executions > 0 && outputs.size < 2) {
      const told = tell(EXPLORE_MESSAGES.nothingConcurrent, {});
      said.push({ kind: "nothing-concurrent", severity: "warning", sites: [], ...told });
    }
    if (this.#execution.sampled) {
      const told = tell(EXPLORE_MESSAGES.sampled, {});
      said.push({ kind: "unmodelled-call", severity: "warning", sites: [], ...told });
    }
    const reason = this.#stopped ?? this.#cut;
    if (reason !== undefined && !errors.some(({ kind }) => kind !== "race")) {
      const values = { reason, executions: this.#executions };
      const told = tell(EXPLORE_MESSAGES.limit, values);
      said.push({ kind: "limit", severity: "error", sites: [], ...told });
    }
    return said;
  }
}

/** A number of which only the size is known. */
function roundly(count: number): string {
  const digits = Math.max(0, Math.floor(Math.log10(count)) - 1);
  return String(Math.round(count / 10 ** digits) * 10 ** digits);
}
