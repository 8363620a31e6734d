/** What crosses to another thread or process at a place of the text: for an editor to show where it is written. */

/** Names of variables, in the order of their first use. */
export interface CrossingHint {
  readonly file: string;
  /** Where the function or value stands that crosses. From 1. */
  readonly line: number;
  readonly column: number;
  readonly to: "thread" | "process" | "parent";
  /** Channel ends and their like: using one afterwards is an error. */
  readonly moved: readonly string[];
  /** Plain data: the other side has a copy. */
  readonly copied: readonly string[];
  /** Locks, atomics and `@shared` variables: both sides have the same. */
  readonly shared: readonly string[];
}
