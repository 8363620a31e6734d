/**
 * What is known of a search that gave no result: what it said meanwhile. Executions count as far as it told; a phase is called
 * complete only if the next one had begun. What it had found is lost with it, and nothing is made up.
 */
import { CHECKING_MESSAGES } from "../../../base/catalogue/check.ts";
import type {
  ExploreOptions,
  ExploreProgress,
  ExploreResult,
  Phase,
} from "../../../protocol/explore.ts";
import type { ExplorerLost } from "../../../protocol/run.ts";
import { limitFinding } from "../../ended-badly.ts";

export class KnownSoFar {
  readonly #options: ExploreOptions;
  readonly #phases: Phase[] = [];

  constructor(options: ExploreOptions) {
    this.#options = options;
  }

  hear({ phase }: ExploreProgress): void {
    const last = this.#phases.at(-1);
    if (last !== undefined && isSame(last, phase)) this.#phases.pop();
    this.#phases.push(phase);
  }

  /** `durationMs`: since it began. */
  result(why: ExplorerLost | { readonly kind: "cancelled" }, durationMs: number): ExploreResult {
    const { strategy, seed } = this.#options;
    const told = why.kind === "cancelled" ? undefined : findingOf(why);
    return {
      verdict: "limit",
      executions: this.#phases.at(-1)?.executions ?? 0,
      complete: false,
      strategy,
      phases: this.#phases,
      seed,
      steps: 0,
      outcomes: [],
      findings: told === undefined ? [] : [told],
      pairs: [],
      unmodelled: [],
      pruned: 0,
      stopped: told?.message ?? "It was cancelled.",
      durationMs,
    };
  }
}

function isSame(one: Phase, other: Phase): boolean {
  return (
    one.strategy === other.strategy && one.bound === other.bound && one.spurious === other.spurious
  );
}

function findingOf(why: ExplorerLost) {
  switch (why.kind) {
    case "time-limit":
      return limitFinding(CHECKING_MESSAGES.silent, { seconds: (why.limitMs / 1000).toFixed(1) });
    case "memory-limit":
      return limitFinding(CHECKING_MESSAGES.memory, {
        limit: Math.round(why.limitBytes / (1 << 20)),
      });
    case "crashed":
      return limitFinding(CHECKING_MESSAGES.crashed, { reason: why.reason });
  }
}
