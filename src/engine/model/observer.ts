/**
 * Who is told each step of a modelled run as it is made: who explores needs more than a trace has, and cannot wait for a
 * trace. Called within the step: to be quick, and to touch nothing.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import type { EventKind } from "../../trace/event.ts";
import type { Told } from "../../std/check/told.ts";
import type { ModelThread } from "./thread.ts";

/** An operation with its arguments. */
export interface Operation {
  readonly operation: number;
  readonly a: number;
  readonly b: number;
}

export interface Observer {
  /** The thread has made an object; `at` its words, set up. */
  created(thread: ThreadId, at: Address): void;
  /** The thread's next operation went through, or its patience came to its end. */
  performed(thread: ModelThread, result: number, event: EventKind, argument: number): void;
  /**
   * The step of another thread, which is told after this, has completed the operation in which the thread was blocked; `at`: the
   * object of it, or of the case that a select took.
   */
  joined(
    thread: ModelThread,
    result: number,
    event: EventKind,
    argument: number,
    at: Address,
  ): void;
  /**
   * Of a select: one of the operations that its step consists of, on an object of one of its cases; told before the step as a
   * whole is. `BLOCKED`: it has left its note there.
   */
  acted?(
    thread: ModelThread,
    at: Address,
    operation: Operation,
    result: number,
    event: EventKind,
    argument: number,
  ): void;
  /**
   * Of a select that took another case: this one could not go. Whatever would have let it go does not commute with the
   * step: there would have been a choice.
   */
  looked?(thread: ModelThread, at: Address, operation: Operation): void;
  /**
   * The thread begins a loop that may come back to where it was, or (with `locals`) another turn of it: with the values of what
   * it gives new values to. `loop`: which one, of all in the program.
   */
  turns?(thread: ModelThread, loop: number, locals?: readonly unknown[]): void;
  /** The thread tells of a check that it makes: between its steps. */
  checked?(thread: ThreadId, told: Told): void;
  /** The step under way has ended this process: none of its threads makes another step. */
  stopped?(process: Address): void;
  /** The thread has left a note of its next operation, and is blocked in it. */
  noted(thread: ModelThread): void;
}
