/**
 * Something worth telling a person about a run. Found by an engine while the program runs (a deadlock, a panic) or by an
 * analysis of the trace afterwards; one shape for both, kept in the trace file.
 */
export type FindingKind =
  | "assertion"
  | "panic"
  | "deadlock"
  | "leak"
  | "livelock"
  | "race"
  | "limit"
  | "lost-wakeup"
  | "leaked-guard"
  | "leaked-process"
  | "failed-process"
  | "lock-order"
  | "large-value"
  | "never-closed"
  | "unmodelled-call"
  | "nothing-concurrent"
  | "poisoned-lock"
  | "starvation"
  | "send-to-nobody"
  | "await-under-lock"
  | "contention"
  | "nondeterministic-output";

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Finding {
  readonly kind: FindingKind;
  /** Of the catalogue in `src/base/catalogue.ts` (`TL2001`). */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** One sentence, then at most a few more: what happened, with names and lines. */
  readonly message: string;
  /** The places to blame, the most telling first. */
  readonly sites: readonly Place[];
  /** What the person can do. */
  readonly remedy?: string;
  /** The chain behind it in words (who waits for whom), each with its place. */
  readonly chain?: readonly {
    readonly text: string;
    readonly site?: Place;
    readonly thread?: number;
  }[];
  /** When it showed, nanoseconds since the run began. */
  readonly time?: number;
  readonly threads?: readonly number[];
  readonly objects?: readonly number[];
}
