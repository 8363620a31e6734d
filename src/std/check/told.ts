/**
 * What a check of linearizability tells whoever explores it: what there is to be called, and each call as it begins and ends.
 * No events of the program: nothing can be seen of them by its threads.
 */
export type Told =
  /** A check is asked for; what comes next are choices, of what is called (`plan.ts`). */
  | { readonly kind: "asks"; readonly subject: Subject }
  /** The choices are made. */
  | { readonly kind: "decided" }
  /** The call of the operation with this number, from 1, has been invoked by the thread. */
  | { readonly kind: "invoked"; readonly call: number }
  | { readonly kind: "returned"; readonly value: unknown }
  | { readonly kind: "threw"; readonly error: unknown };

/** What is checked. */
export interface Subject {
  /** Calls as they are written, `push(1)`; their places, from 1, are their numbers. */
  readonly calls: readonly string[];
  /** Threads at most, and calls of each at most. */
  readonly threads: number;
  readonly operationsPerThread: number;
}
