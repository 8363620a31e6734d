/**
 * What tasks need of the engine. On a real thread the jobs and timers of a program stand in the event loop that is there
 * anyway, so that what comes from outside is awaited too; on the model engine the thread's own loop (`loop.ts`) comes by.
 */
export interface TaskHost {
  /** Milliseconds of the clock that timers go by. */
  now(): number;
  /** The place of what the thread does: where a timer is set. */
  readonly site: number;
  /** The first job waits: somebody shall call `performJobs` as soon as no code of the thread is on the stack. */
  wake(): void;
  /** One of the language's own promises is awaited: Node's, or a package's. */
  awaitsForeign(promise: Promise<unknown>): void;
  /** An operation on an object is awaited: somebody shall wait for it (`awaitAny`) when nothing else is to be done. */
  awaitsObject(): void;
  /** The timer that is next, or whether any timer keeps the thread alive, is another one than before. */
  timersChanged(): void;
}

export let host: TaskHost;

export function installTaskHost(given: TaskHost): void {
  host = given;
}
