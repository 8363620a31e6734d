/**
 * The door of the room: explores a program on the model engine, by one strategy after another, and says what came of it.
 * Knows no process and no clock: who calls it says what time it is and when to stop.
 */
import { byGravity, verdictOf } from "../analysis/verdict.ts";
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
import type { Finding } from "../trace/finding.ts";
import { Collector } from "./collector.ts";
import { Dependence } from "./dependence.ts";
import { Execution } from "./execution.ts";
import { Order } from "./order.ts";
import { EXECUTIONS_WITHOUT_END, type PhasePlan, plansFor } from "./phases.ts";
import { scheduleOf } from "./schedule.ts";

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

const PROGRESS_MS = 200;
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
  /** Why it came to no end of its own. */
  #stopped: string | undefined;
  #failed = false;

  constructor(parts: ExploreParts) {
    this.#parts = parts;
    const { model, options, hooks } = parts;
    const { perThreadOutput = false, maxSeconds = DEFAULT_SECONDS } = options;
    this.#execution = new Execution(model);
    this.#dependence = new Dependence({ perThreadOutput });
    this.#order = new Order(this.#dependence);
    this.#collector = new Collector(perThreadOutput);
    this.#began = this.#told = hooks.now();
    this.#ends = this.#began + maxSeconds * 1000;
  }

  result(): ExploreResult {
    const { options } = this.#parts;
    for (const plan of plansFor(options, this.#dependence)) {
      const phase = this.#phase(plan);
      this.#phases.push(phase);
      if (this.#stopped !== undefined || this.#failed) break;
    }
    return this.#summary();
  }

  #phase(plan: PhasePlan): Phase {
    const searching = plan.make();
    const { strategy, bound, ends } = plan;
    const { maxExecutions = ends ? Infinity : EXECUTIONS_WITHOUT_END } = this.#parts.options;
    const of = bound === undefined ? { strategy } : { strategy, bound };
    let executions = 0;
    let complete = false;
    while (executions < maxExecutions) {
      const result = this.#execution.go(searching, { stop: () => this.#isDue() });
      if (this.#stopped !== undefined) break;
      if (result !== undefined) {
        executions++;
        this.#executions++;
        const failed = this.#collector.take(this.#execution, result);
        this.#failed ||= failed && this.#parts.options.keepGoing !== true;
      }
      this.#order.read(this.#execution.steps, this.#execution.threads);
      const another = searching.next(this.#execution, this.#order);
      this.#tell({ ...of, executions, complete });
      if (this.#failed) break;
      if (!another) {
        complete = ends && !this.#execution.sampled;
        break;
      }
      if (this.#isDue() !== undefined) break;
    }
    if (ends && !complete && !this.#failed) {
      this.#stopped ??= `${executions} executions were made, as many as allowed`;
    }
    this.#pruned += searching.pruned;
    return { ...of, executions, complete };
  }

  /** Whether it is time to stop: then the run under way is broken off. */
  #isDue(): { readonly kind: "time-limit"; readonly limitMs: number } | undefined {
    const { hooks, options } = this.#parts;
    const { maxSeconds = DEFAULT_SECONDS } = options;
    if (hooks.shouldStop()) this.#stopped ??= "it was asked to stop";
    else if (hooks.now() > this.#ends) this.#stopped ??= `${maxSeconds} s are over`;
    return this.#stopped === undefined ? undefined : { kind: "time-limit", limitMs: 0 };
  }

  #tell(phase: Phase): void {
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
    });
  }

  #summary(): ExploreResult {
    const { options, hooks } = this.#parts;
    const last = this.#phases.at(-1)!;
    const errors: ExploredFinding[] = [...this.#collector.shown.values()].map(
      ({ finding, moves }) => ({ ...finding, schedule: scheduleOf(this.#execution, moves) }),
    );
    const findings = [...errors, ...this.#said(errors)].sort(byGravity);
    const stopped = this.#stopped;
    const found = verdictOf(findings, { kind: "finished" });
    return {
      verdict: found === "ok" && this.#executions === 0 ? "limit" : found,
      executions: last.executions,
      complete: last.complete,
      strategy: options.strategy,
      phases: this.#phases,
      seed: options.seed,
      steps: this.#collector.steps,
      outcomes: [...this.#collector.endings.values()].map(({ state, count, moves }) => ({
        ...state,
        count,
        schedule: scheduleOf(this.#execution, moves),
      })),
      findings,
      pairs: [],
      unmodelled: [],
      pruned: this.#pruned,
      ...(stopped === undefined ? {} : { stopped }),
      durationMs: Math.round(hooks.now() - this.#began),
    };
  }

  /** What is to be said beside what went wrong. */
  #said(errors: readonly Finding[]): Finding[] {
    const said: Finding[] = [];
    if (this.#stopped !== undefined && errors.length === 0) {
      const values = { reason: this.#stopped, executions: this.#executions };
      const told = tell(EXPLORE_MESSAGES.limit, values);
      said.push({ kind: "limit", severity: "error", sites: [], ...told });
    }
    return said;
  }
}
