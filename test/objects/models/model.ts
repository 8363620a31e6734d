/** A primitive as a person would explain it: plain data, one operation at a time. What state machines are compared with. */
import type { ThreadId } from "../../../src/base/brand.ts";
import type { Call } from "../small-engine.ts";

/** What `perform` answers where the operation has to wait. */
export const WAITS = Symbol("waits");

/** What an operation that goes through asks of the words beside its arguments: what a message is marked with. */
export interface Marks {
  (address: number): number;
}

export interface Model {
  /** The answer as `Subject.answer` tells it, or `WAITS`, and then nothing has changed. */
  perform(thread: ThreadId, call: Pick<Call, "operation" | "a" | "b" | "low" | "high">): unknown;
  /** The thread now waits in this operation: a partner may notice. */
  waits?(thread: ThreadId, call: Call): void;
  /** The waiting thread's time is up: its answer. */
  givesUp(thread: ThreadId, call: Pick<Call, "operation" | "a">): unknown;
}
