/**
 * Exploring a program: what is asked, what is said meanwhile, and what comes of it. Between hosts (command line, extension,
 * test runners) and the process that explores, by structured clone; `threadloom check --json` prints a part of it.
 */
import type { Finding, FindingKind, Place } from "../trace/finding.ts";
import type { CompiledProgram } from "./program.ts";

export const STRATEGIES = ["auto", "dpor", "bounded", "random", "pos", "pct"] as const;
export type StrategyName = (typeof STRATEGIES)[number];

/** What exploring a program amounts to (SEMANTICS, Verdicts). */
export type Verdict = Extract<
  FindingKind,
  "assertion" | "panic" | "deadlock" | "leak" | "livelock" | "race" | "limit"
>;

export interface ExploreOptions {
  readonly strategy: StrategyName;
  /** Executions at most, in all phases together. */
  readonly maxExecutions?: number;
  /** Seconds at most. */
  readonly maxSeconds?: number;
  /** For `random`, `pos` and `pct`, and what `auto` does of them. */
  readonly seed: number;
  /** How many wake-ups without a reason there may be in an execution. Absent: 0, and for `auto` then 1. */
  readonly spurious?: number;
  /** Whether lines of several threads may stand in any order: then an outcome has the lines of each thread for itself. */
  readonly perThreadOutput?: boolean;
  /** Goes on after a failure, until everything has been found. */
  readonly keepGoing?: boolean;
  /** The bound of `bounded`. Absent: what the program's head says, else 2. */
  readonly preemptions?: number;
  /** The depth of `pct`: how many constraints on the order a bug needs. Absent: 3. */
  readonly depth?: number;
  /** The part of the whole that is explored: `index` from 1. */
  readonly shard?: Shard;
  /** Tried before anything else: schedules that failed before. */
  readonly schedules?: readonly string[];
}

export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface ExploreRequest {
  readonly program: CompiledProgram;
  readonly options: ExploreOptions;
}

/** Said a few times a second. */
export interface ExploreProgress {
  readonly phase: Phase;
  /** In all phases. */
  readonly executions: number;
  readonly outcomes: number;
  readonly findings: number;
  readonly elapsedMs: number;
  /** How many executions there will be in this phase, as far as one can tell by now. */
  readonly estimate?: number;
}

export interface Phase {
  readonly strategy: Exclude<StrategyName, "auto">;
  /** Preemptions at most, of `bounded`. */
  readonly bound?: number;
  readonly spurious?: number;
  readonly executions: number;
  /** Whether it came to its end: of `dpor`, all there is; of `bounded`, all within the bound. */
  readonly complete: boolean;
}

/** One way in which the program can end. */
export interface ProgramOutcome {
  /** What was printed, in order. */
  readonly output: string;
  /** The last values of `@shared` variables, as JSON has them. */
  readonly shared: Readonly<Record<string, unknown>>;
  /** How many executions ended so. */
  readonly count: number;
  /** One that did. */
  readonly schedule: string;
}

/** A finding, with the run that shows it. */
export interface ExploredFinding extends Finding {
  /** The shortest schedule found on which it shows; absent where it is about all runs. */
  readonly schedule?: string;
  /** What happened in that run, in words: a line for each thing that matters. */
  readonly story?: readonly StoryLine[];
  readonly nearest?: NearestPass;
  /** Of a check of linearizability: the calls that no order explains. */
  readonly history?: CallHistory;
}

/** What threads called, and what came of it. */
export interface CallHistory {
  /** In the order of their invocations. */
  readonly calls: readonly HistoryCall[];
  /** An order that explains them, by their places; none where there is none. */
  readonly order: readonly number[];
  /** How far an order comes at most, and what the model would answer next; empty where there is one. */
  readonly why: string;
}

export interface HistoryCall {
  readonly thread: string;
  /** Its number in the run. */
  readonly threadId: number;
  /** `push(1)`. */
  readonly call: string;
  /** What it returned, in words; null: it did not return. */
  readonly outcome: string | null;
  /** When it began and ended, as places in the order of all such moments, from 0. */
  readonly from: number;
  readonly to: number;
  readonly place?: Place;
}

export interface StoryLine {
  readonly text: string;
  readonly site?: Place;
}

/** The run most like the failing one that does not fail. */
export interface NearestPass {
  readonly schedule: string;
  /** What decides between them, in a sentence. */
  readonly swap: string;
  readonly sites: readonly Place[];
}

/** Two lines that touch the same thing, and in which orders they were met. */
export interface ConflictPair {
  readonly first: Place;
  readonly second: Place;
  /** What they touch, as the person calls it. */
  readonly object: string;
  readonly bothOrders: boolean;
}

export interface ExploreResult {
  /** `ok` where nothing grave was found and the search came to the end that was asked for. */
  readonly verdict: Verdict | "ok";
  /** Of the last phase. */
  readonly executions: number;
  readonly complete: boolean;
  readonly strategy: StrategyName;
  readonly phases: readonly Phase[];
  readonly seed: number;
  /** Of all executions together. */
  readonly steps: number;
  readonly outcomes: readonly ProgramOutcome[];
  readonly findings: readonly ExploredFinding[];
  readonly pairs: readonly ConflictPair[];
  /** What was not modelled, each as a sentence. */
  readonly unmodelled: readonly string[];
  /** Branches that were not taken, since they lead to what was explored already. */
  readonly pruned: number;
  /** A hash for each Mazurkiewicz trace, 64 bits in hexadecimal: of a shard, whose results are merged. */
  readonly traces?: readonly string[];
  /** Of a program that asks for checks of linearizability. */
  readonly linearizability?: LinearizabilityExtent;
  /** Why it did not come to its end, in a sentence; absent where it did. */
  readonly stopped?: string;
  readonly durationMs: number;
}

export interface LinearizabilityExtent {
  /** Scenarios that were explored, and those of them in which every interleaving was. */
  readonly scenarios: number;
  readonly whole: number;
  /** Different histories that were judged. */
  readonly histories: number;
}

/** The explorer to its host. */
export type FromExplorer =
  | { readonly type: "progress"; readonly progress: ExploreProgress }
  | { readonly type: "explored"; readonly result: ExploreResult }
  /** Something of ours failed. */
  | { readonly type: "broken"; readonly message: string };

/** The host to the explorer, after the request: it ends soon, with what it has. */
export type ToExplorer = { readonly type: "stop" };
