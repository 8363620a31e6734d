/**
 * What tasks need of the engine. On a real thread the jobs and timers of a program stand in the event loop that is there
 * anyway, so that what comes from outside is awaited too; on the model engine the thread's own loop (`loop.ts`) comes by.
 */
import type { Milliseconds } from "../../base/brand.ts";

export interface TaskHost {
  /**
   * Milliseconds of the clock that timers go by: what the thread does depends on it, so a recording holds each answer and a replay
   * gives it again.
   */
  now(): number;
  /** Milliseconds from now until that clock shows `deadline`, 0 if it is past: how long to wait, which no recording needs. */
  until(deadline: number): Milliseconds;
  /** The place of what the thread does: where a timer is set. */
  readonly site: number;
  /** The first job waits: somebody shall call `performJobs` as soon as no code of the thread is on the stack. */
  wake(): void;
  /** One of the language's own promises is awaited: Node's, or a package's. */
  awaitsForeign(promise: Promise<unknown>): void;
  /** An operation on an object is awaited, or a callback of `setImmediate` waits: the thread's turns are to be taken (`takeTurn`). */
  awaitsTurn(): void;
  /** The timer that is next, or whether any timer keeps the thread alive, is another one than before. */
  timersChanged(): void;
}

export let host: TaskHost;

export function installTaskHost(given: TaskHost): void {
  host = given;
}
