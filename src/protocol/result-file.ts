/**
 * The file that `threadloom check -o` leaves: what was asked of each program and what came of it, with the hash of its text. It
 * is what shards hand to `threadloom merge`, and what an interrupted check goes on from.
 */
import { amount, flag, list, object, oneOf, optional, text, whole } from "../base/shape.ts";
import { type ExploreOptions, type ExploreResult, type Shard, STRATEGIES } from "./explore.ts";
import { finding } from "./finding-shape.ts";
import type { Diagnostic } from "./program.ts";

export const RESULT_FORMAT = "threadloom result";
/** A reader takes files of its own version alone. */
export const RESULT_VERSION = 1;

export interface ResultFile {
  readonly format: typeof RESULT_FORMAT;
  readonly version: typeof RESULT_VERSION;
  /** Of Threadloom: another one may call other executions the same. */
  readonly tool: string;
  /** Whether all that was asked for is there. */
  readonly finished: boolean;
  readonly programs: readonly ProgramResult[];
}

/** A part of a search that is done: one of so many that make up the whole. */
export interface KeptPart {
  /** From 1. */
  readonly index: number;
  readonly result: ExploreResult;
}

export interface KeptParts {
  readonly of: number;
  readonly done: readonly KeptPart[];
}

export interface ProgramResult {
  /** As the person named it. */
  readonly file: string;
  /** What `@expect` says, or `ok`. */
  readonly expected: string;
  /** SHA-256 of the texts of all its files. Absent, with `options` and `result`, for one that does not compile. */
  readonly hash?: string;
  readonly options?: KeptOptions;
  readonly result?: ExploreResult;
  readonly shard?: Shard;
  /** Of a search that has not come to its end: what another one need not do again. `result` is what they come to together. */
  readonly parts?: KeptParts;
  readonly diagnostics: readonly Diagnostic[];
  /** Somebody stopped it before its end. */
  readonly interrupted?: true;
  readonly durationMs: number;
}

/** Schedules that were tried first belong to the folder, and change nothing of what there is to explore. */
export type KeptOptions = Omit<ExploreOptions, "schedules">;

const strategy = oneOf(...STRATEGIES);

const shard = object({ index: whole, of: whole });

const phase = object({
  strategy,
  bound: optional(whole),
  spurious: optional(whole),
  executions: whole,
  complete: flag,
});

const explored = object({
  verdict: text,
  executions: whole,
  complete: flag,
  strategy,
  phases: list(phase),
  seed: amount,
  steps: whole,
  outcomes: list(object({ output: text, count: whole, schedule: text, shared: object({}) })),
  findings: list(
    (value) =>
      finding(value) &&
      object({ schedule: optional(text), story: optional(list(object({ text }))) })(value),
  ),
  pairs: list(object({ object: text, bothOrders: flag })),
  unmodelled: list(text),
  pruned: whole,
  traces: optional(list(text)),
  stopped: optional(text),
  durationMs: amount,
});

const program = object({
  file: text,
  expected: text,
  hash: optional(text),
  options: optional(object({ strategy, seed: amount, shard: optional(shard) })),
  result: optional(explored),
  shard: optional(shard),
  parts: optional(object({ of: whole, done: list(object({ index: whole, result: explored })) })),
  diagnostics: list(object({ code: text, message: text, file: text, line: whole, column: whole })),
  interrupted: optional(oneOf(true)),
  durationMs: amount,
});

/** Whether a value out of a file is one; its version is looked at before. */
export const isResultFile = object({
  format: oneOf(RESULT_FORMAT),
  version: whole,
  tool: text,
  finished: flag,
  programs: list(program),
});
