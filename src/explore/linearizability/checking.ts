/**
 * Checks of linearizability that a program asks for (`linearizable`): the scenarios to explore, what the model answers to their
 * calls, and whether some order explains what an execution came to.
 */
import { listed } from "../../analysis/words.ts";
import { LINEARIZABILITY_MESSAGES } from "../../base/catalogue/linearizability.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { Model } from "../../engine/model/model.ts";
import { siteAsPlace } from "../../engine/program/names.ts";
import type { CallHistory } from "../../protocol/explore.ts";
import type { RunResult } from "../../protocol/run.ts";
import { choicesOf, How } from "../../std/check/plan.ts";
import type { Finding } from "../../trace/finding.ts";
import { movesOf } from "../collector.ts";
import { Execution } from "../execution.ts";
import { Follow } from "../strategies/follow.ts";
import type { Asked, Call } from "./calls.ts";
import { historyOf } from "./history.ts";
import { scenariosOf } from "./scenarios.ts";
import { type Explained, explain } from "./search.ts";
import { type Scenario, Specification } from "./specification.ts";

/** A scenario of one of the program's checks. */
export interface Case {
  readonly check: number;
  readonly scenario: Scenario;
}

/** What a program says that may ask for a check: others are not run to find out. */
const MODULE = /["']threadloom:check["']/;

/** The checks that a program asks for; undefined where there is none. Makes one run of it. */
export function checkingOf(execution: Execution): Checking | undefined {
  const { model } = execution;
  if (!model.inside.program.modules.some(({ code }) => MODULE.test(code))) return undefined;
  const asked = askedBy(model);
  return asked.length === 0 ? undefined : new Checking(execution, asked);
}

function askedBy(model: Model): readonly Asked[] {
  const probe = new Execution(model);
  probe.calls.plans = () => [How.NOT];
  probe.go(new Follow([]));
  return probe.calls.asked;
}

export class Checking {
  readonly #execution: Execution;
  readonly #asked: readonly Asked[];
  readonly #specifications: readonly Specification[];
  readonly #known = new Map<string, Explained>();

  /** From then on, executions are judged. */
  constructor(execution: Execution, asked: readonly Asked[]) {
    this.#execution = execution;
    this.#asked = asked;
    const probe = new Execution(execution.model);
    this.#specifications = asked.map(
      ({ subject }, check) =>
        new Specification((calls) => {
          const plan = { how: How.IN_TURN, first: calls, lanes: [], last: [] };
          const choices = choicesOf(plan, subject);
          probe.calls.plans = (nth) => (nth === check ? choices : [How.NOT]);
          probe.go(new Follow([]));
          return probe.calls.made.flatMap(({ outcome }) => outcome ?? []);
        }),
    );
    execution.judge = (made, result) => this.#judged(made, result);
  }

  /** How many different histories were judged. */
  get histories(): number {
    return this.#known.size;
  }

  /** The scenarios of all checks, the smallest of each first. */
  cases(seed: number): Case[] {
    return this.#asked.flatMap(({ subject }, check) =>
      scenariosOf(subject, seed).map((scenario) => ({ check, scenario })),
    );
  }

  /** What there is to be called, as it is written. */
  callsOf({ check }: Case): readonly string[] {
    return this.#asked[check].subject.calls;
  }

  /** Executions are of this scenario from then on. */
  begin({ check, scenario }: Case): void {
    const { subject } = this.#asked[check];
    const choices = choicesOf({ how: How.CONCURRENTLY, ...scenario }, subject);
    this.#execution.calls.plans = (nth) => (nth === check ? choices : [How.NOT]);
  }

  /** Executions are of whatever scenario their moves choose. */
  end(): void {
    this.#execution.calls.plans = undefined;
  }

  /** The calls of the last execution, in words; undefined where there are none. */
  historyOf(execution: Execution): CallHistory | undefined {
    const { made, asked } = execution.calls;
    if (made.length === 0) return undefined;
    const { check } = made[0];
    const explained = explain(made, this.#specifications[check]);
    return historyOf(execution, asked[check].subject, made, explained);
  }

  /**
   * The execution's findings, judged. Where the model was asked something new, the program has been run for other calls
   * meanwhile, in the same memory: then the execution is made once more, for who looks at it next.
   */
  #judged(execution: Execution, result: RunResult): readonly Finding[] {
    const moves = movesOf(execution);
    const before = this.#askings;
    const history = [...execution.calls.made];
    for (const check of new Set(history.map((call) => call.check))) {
      this.#explained(
        check,
        history.filter((call) => call.check === check),
      );
    }
    if (this.#askings > before) {
      const { judge } = execution;
      execution.judge = undefined;
      execution.go(new Follow(moves));
      execution.judge = judge;
    }
    return this.#judge(execution, result);
  }

  get #askings(): number {
    return this.#specifications.reduce((sum, { asked }) => sum + asked, 0);
  }

  /** The execution's findings with what its calls show. Calls that may block are what the model blocks in, too: no deadlock. */
  #judge(execution: Execution, { ending, findings }: RunResult): readonly Finding[] {
    if (ending.kind !== "finished" && ending.kind !== "stuck") return findings;
    let judged = findings;
    for (const [check, asked] of execution.calls.asked.entries()) {
      const history = execution.calls.made.filter((call) => call.check === check);
      if (history.length === 0) continue;
      const { holds } = this.#explained(check, history);
      const isStuck = history.some(({ outcome }) => outcome === undefined);
      if (isStuck && holds) judged = judged.filter(({ kind }) => !STUCK.has(kind));
      if (!isStuck && !holds) judged = [...judged, this.#finding(execution, asked, history)];
    }
    return judged;
  }

  #explained(check: number, history: readonly Call[]): Explained {
    const calls = history.map(({ thread, call, outcome }) => `${thread} ${call} ${outcome}`);
    const order = history.map((one) =>
      history.map((other) => (other.last < one.first ? "1" : "0")).join(""),
    );
    const key = [check, ...calls, ...order].join("\n");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const explained = explain(history, this.#specifications[check]);
    this.#known.set(key, explained);
    return explained;
  }

  #finding(execution: Execution, { subject, site }: Asked, history: readonly Call[]): Finding {
    const place = siteAsPlace(execution.model.inside.program, site);
    const explained = explain(history, this.#specifications[history[0].check]);
    const { calls, why } = historyOf(execution, subject, history, explained);
    const told = calls.map(({ call, outcome }) => `\`${call}\` = ${outcome}`);
    return {
      kind: "assertion",
      severity: "error",
      sites: place === undefined ? [] : [place],
      threads: [...new Set(history.map(({ thread }) => thread))],
      ...tell(LINEARIZABILITY_MESSAGES.notLinearizable, { calls: listed(told), why }),
    };
  }
}

const STUCK: ReadonlySet<string> = new Set(["deadlock", "leak"]);
