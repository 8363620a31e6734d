/** Programs of locks, sleeps and plain steps, run step by step: all that a scheduler can see of a run, without an engine. */
import type { Address, SiteId, ThreadId } from "../../../src/base/brand.ts";
import type { ReplayView } from "../../../src/engine/schedule/replayer.ts";
import type { Candidate, Scheduler } from "../../../src/engine/scheduler.ts";

export interface ToyOperation {
  readonly kind: "plain" | "lock" | "unlock" | "sleep" | "choose";
  /** Which lock; among how many a choice is made. */
  readonly what: number;
  readonly text: string;
}

export interface ToyThread {
  readonly name: string;
  readonly operations: readonly ToyOperation[];
}

export interface ToyRun {
  /** What happened, in order: `alice lock m0`. */
  readonly log: readonly string[];
}

/** Runs until nobody can go on, or `most` decisions were taken. */
export function runToy(
  threads: readonly ToyThread[],
  makeScheduler: (view: ReplayView) => Scheduler,
  most = Infinity,
): ToyRun {
  const at = threads.map(() => 0);
  const holder = new Map<number, number>();
  const log: string[] = [];
  const next = (id: number): ToyOperation | undefined => threads[id].operations[at[id]];
  const anchorOf = (operation: ToyOperation) => ({
    text: operation.text,
    operation: operation.kind,
    file: "toy.ts",
    line: 1,
  });
  const scheduler = makeScheduler({
    threads: threads.length,
    nameOf: (id) => threads[id].name,
    hasEnded: (id) => next(id) === undefined,
    anchorOf: ({ thread }) => anchorOf(next(thread)!),
    has: (anchor) =>
      threads.some(({ operations }) =>
        operations.some(({ kind, text }) => kind === anchor.operation && text === anchor.text),
      ),
  });
  for (let step = 0; step < most; step++) {
    const candidates = threads.flatMap((_, id): Candidate[] => {
      const operation = next(id);
      if (operation === undefined) return [];
      if (operation.kind === "lock" && holder.has(operation.what)) return [];
      return [
        {
          thread: id as ThreadId,
          object: 0 as Address,
          operation: 0,
          a: 0,
          b: 0,
          site: 0 as SiteId,
          timesOut: operation.kind === "sleep",
          notes: false,
        },
      ];
    });
    if (candidates.length === 0) break;
    const { thread } = candidates[scheduler.pick(candidates, candidates.length)];
    const operation = next(thread)!;
    at[thread]++;
    if (operation.kind === "lock") holder.set(operation.what, thread);
    if (operation.kind === "unlock") holder.delete(operation.what);
    const chosen = operation.kind === "choose" ? scheduler.choose(operation.what, thread, 0) : "";
    log.push(`${thread} ${operation.kind} ${operation.text} ${chosen}`);
  }
  return { log };
}
