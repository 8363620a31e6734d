/**
 * Explores one program with all explorers that are free. What is not known after a first while is dealt out in parts, always as
 * many: shards of the search (`explore/dpor/sharded.ts`), which the explorers take one after another, and which are united by the
 * hashes of their traces. So what comes of it is the same whatever their number, and each part that is done can be kept: a
 * search that is killed goes on from there.
 *
 * Of failures the one in the first part that has any counts, as if the parts had been explored in their order.
 *
 * Left out: strategies other than `dpor`, which have no parts that are the same each time.
 */
import { isCooperative } from "../../explore/cooperative.ts";
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { ExploreOptions, ExploreProgress, ExploreResult } from "../../protocol/explore.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { KeptPart, KeptParts } from "../../protocol/result-file.ts";
import { unite } from "../merge/unite.ts";
import type { ExplorerPool, Pooled } from "./explorer-pool.ts";

export interface ProgramSearch {
  readonly program: CompiledProgram;
  readonly options: ExploreOptions;
  readonly pool: ExplorerPool;
  readonly signal: AbortSignal;
  readonly tell: (progress: ExploreProgress) => void;
  /** What an earlier search has of it. */
  readonly kept: KeptParts | undefined;
  /** Told of each part that is done, with what is known by then. */
  readonly keep: (parts: KeptParts, soFar: ExploreResult) => void;
}

/** A program that has not more executions is not worth dealing out. */
const FIRST_WHILE = 1000;
/** Enough for as many explorers to have about as much to do each. */
const PARTS = 16;

/** Undefined: it was stopped before anything was explored. */
export async function exploreProgram(search: ProgramSearch): Promise<ExploreResult | undefined> {
  const { program, options, kept } = search;
  if (!isDivisible(program, options)) return whole(search, options);
  const began = performance.now();
  const parts = new Parts(search, began);
  if (kept !== undefined) return parts.explored();
  const first = await whole(search, { ...options, maxExecutions: FIRST_WHILE });
  if (first === undefined || !isWorthDealing(first, options)) return first;
  const dealt = await parts.explored();
  // Stopped before the parts have come as far as the first while, that is what is known.
  const isLess = !dealt.complete && !hasFailed(dealt) && dealt.executions < first.executions;
  return isLess ? first : dealt;
}

function isDivisible(program: CompiledProgram, options: ExploreOptions): boolean {
  const { strategy, shard, maxExecutions } = options;
  return (
    strategy === "dpor" &&
    shard === undefined &&
    maxExecutions === undefined &&
    !isCooperative(program.options)
  );
}

/** It was cut short by nothing but the number of its executions. */
function isWorthDealing(first: ExploreResult, { keepGoing = false }: ExploreOptions): boolean {
  if (first.complete || first.executions < FIRST_WHILE) return false;
  return keepGoing || !hasFailed(first);
}

async function whole(
  { program, pool, signal, tell: told }: ProgramSearch,
  options: ExploreOptions,
): Promise<ExploreResult | undefined> {
  const exploring = pool.explore(() => ({ program, options }), told);
  using _stopping = stoppedBy(signal, () => exploring.stop());
  return await exploring.ended;
}

/** Whether something was found that ends a search: races do not. */
function hasFailed({ findings }: ExploreResult): boolean {
  return findings.some(
    ({ kind, severity }) => severity === "error" && kind !== "race" && kind !== "limit",
  );
}

function stoppedBy(signal: AbortSignal, stop: () => void): Disposable {
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return { [Symbol.dispose]: () => signal.removeEventListener("abort", stop) };
}

class Parts {
  readonly #search: ProgramSearch;
  readonly #began: number;
  /** By index, from 1. */
  readonly #done = new Map<number, ExploreResult>();
  readonly #cutShort = new Map<number, ExploreResult>();
  readonly #underWay = new Map<number, Pooled>();
  readonly #progress = new Map<number, ExploreProgress>();
  /** No part after it counts. */
  #last = PARTS;

  constructor(search: ProgramSearch, began: number) {
    this.#search = search;
    this.#began = began;
    if (search.kept?.of !== PARTS) return;
    for (const { index, result } of search.kept.done) this.#learn(index, result);
  }

  async explored(): Promise<ExploreResult> {
    const { signal } = this.#search;
    const indices = Array.from({ length: PARTS }, (_, place) => place + 1);
    using _stopping = stoppedBy(signal, () => this.#stopAfter(0));
    await Promise.all(indices.filter((index) => !this.#done.has(index)).map((i) => this.#part(i)));
    return this.#united();
  }

  async #part(index: number): Promise<void> {
    const { program, options, pool, signal } = this.#search;
    const { maxSeconds = Infinity } = options;
    const request = () => {
      const left = maxSeconds - (performance.now() - this.#began) / 1000;
      if (left <= 0 || index > this.#last || signal.aborted) return undefined;
      const shard = { index, of: PARTS };
      return { program, options: { ...options, maxSeconds: left, shard } };
    };
    const exploring = pool.explore(request, (progress) => this.#tell(index, progress));
    this.#underWay.set(index, exploring);
    const result = await exploring.ended;
    this.#underWay.delete(index);
    this.#progress.delete(index);
    // What was explored until somebody stopped it is told.
    if (result === undefined || (index > this.#last && !signal.aborted)) return;
    if (!this.#learn(index, result)) return void this.#cutShort.set(index, result);
    const done = [...this.#done].sort(([one], [other]) => one - other);
    const parts = done.map(([place, part]): KeptPart => ({ index: place, result: part }));
    this.#search.keep({ of: PARTS, done: parts }, this.#united());
  }

  /** Whether the part is done: it came to its end, or to a failure that ends the search. */
  #learn(index: number, result: ExploreResult): boolean {
    const { keepGoing = false } = this.#search.options;
    const ends = hasFailed(result) && !keepGoing;
    if (!result.complete && !ends) return false;
    this.#done.set(index, result);
    if (ends) this.#stopAfter(index);
    return true;
  }

  #stopAfter(index: number): void {
    this.#last = Math.min(this.#last, index);
    for (const [place, exploring] of this.#underWay) if (place > index) exploring.stop();
  }

  #united(): ExploreResult {
    const { signal } = this.#search;
    const counts = signal.aborted ? PARTS : this.#last;
    const all = [...this.#done, ...this.#cutShort]
      .filter(([index]) => index <= counts)
      .sort(([one], [other]) => one - other);
    const left = PARTS - [...this.#done.keys()].length;
    const failed = all.some(([, result]) => hasFailed(result));
    const values = { left, of: PARTS };
    const missing =
      left === 0 || failed
        ? undefined
        : {
            ...{ kind: "limit" as const, severity: "error" as const, sites: [] },
            ...tell(CHECKING_MESSAGES.partsLeft, values),
          };
    const parts = all.map(([, result]) => result);
    const { result } = unite(parts.length === 0 ? [this.#nothing()] : parts, missing);
    const { traces: _traces, stopped, findings, ...united } = result;
    const complete = left === 0 && united.complete;
    return {
      ...united,
      complete,
      findings: failed ? findings.filter(({ kind }) => kind !== "limit") : findings,
      ...(stopped === undefined || failed ? {} : { stopped }),
      durationMs: Math.round(performance.now() - this.#began),
    };
  }

  /** Of parts none of which was begun. */
  #nothing(): ExploreResult {
    const { strategy, seed } = this.#search.options;
    return {
      ...{ verdict: "limit", executions: 0, complete: false, strategy, seed, phases: [] },
      ...{ steps: 0, outcomes: [], findings: [], pairs: [], unmodelled: [], pruned: 0 },
      durationMs: 0,
    };
  }

  /** Of all parts together, as far as they have told. */
  #tell(index: number, progress: ExploreProgress): void {
    this.#progress.set(index, progress);
    const done = [...this.#done.values()];
    const told = [...this.#progress.values()];
    const executions = sum(done, (one) => one.executions) + sum(told, (one) => one.executions);
    this.#search.tell({
      phase: { ...progress.phase, executions },
      executions,
      outcomes: Math.max(
        ...done.map((one) => one.outcomes.length),
        ...told.map((one) => one.outcomes),
      ),
      findings: sum(done, (one) => one.findings.length) + sum(told, (one) => one.findings),
      elapsedMs: performance.now() - this.#began,
    });
  }
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
