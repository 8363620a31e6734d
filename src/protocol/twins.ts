/**
 * What *twinned* code calls: the contract between the compiler's step `twins` and the model engine, on which many threads
 * share one isolate and each must be able to stop in the middle of any call.
 *
 * Every function that may block has a **twin**: a generator with the same body, linked to the plain function. A call that
 * may block asks for the callee's twin at run time and starts it at once, as an ordinary nested call; nothing is suspended
 * as long as nothing has to be. When the callee does have to stop, its generator is set aside, the call answers
 * `SUSPENDED`, and the caller stops in its turn:
 *
 *     const total = add(yield* lock(), 1);          // what one would write by hand, linear in depth on each resumption
 *     const total = (($r = $t.call1(add, void 0, …)) === $t.SUSPENDED ? yield : $r);   // what is emitted
 *
 * What was set aside, innermost first, becomes the thread's stack of frames; to go on, the engine resumes the innermost one
 * alone, and hands its result to the next when it ends. So a call that does not stop costs one generator, stopping costs
 * each frame once, and going on does not depend on how deep the stack is. The stack is also what a debugger shows.
 *
 * A plain function whose twin exists is called by code that has no twins (the language's own methods, npm packages). It runs
 * its twin to the end (`run`); if that would have to stop, the program cannot be modelled there, which is said with its place.
 */

/** The answer of a call that had to stop: the caller must `yield`, and is given the call's result when it goes on. */
export type Suspended = symbol & { readonly suspended: unique symbol };

export type Twin = (this: unknown, ...args: never[]) => Generator<undefined, unknown, unknown>;

/** A loop over an iterable whose steps may stop. */
export interface Steps {
  /** Whether there is another value. */
  next(): boolean | Suspended;
  readonly value: unknown;
  /** The loop is left early: the iterator's `return`. */
  close(): void | Suspended;
}

export interface TwinRuntime {
  readonly SUSPENDED: Suspended;
  /** Makes `twin` the twin of `plain`, and gives `plain` back. */
  link<F extends Function>(plain: F, twin: Twin): F;
  /** The body of a plain function that has a twin: runs it to the end, or throws that it cannot be suspended here. */
  run(frame: Generator<undefined, unknown, unknown>): unknown;
  /** Starts a twin that is known. */
  start(frame: Generator<undefined, unknown, unknown>): unknown;
  /** Calls that may stop. Where there is no twin they are plain calls. */
  call0(callee: unknown, self: unknown): unknown;
  call1(callee: unknown, self: unknown, a: unknown): unknown;
  call2(callee: unknown, self: unknown, a: unknown, b: unknown): unknown;
  call3(callee: unknown, self: unknown, a: unknown, b: unknown, c: unknown): unknown;
  call(callee: unknown, self: unknown, args: readonly unknown[]): unknown;
  construct(callee: unknown, args: readonly unknown[]): unknown;
  /** Reads and writes of properties that an accessor with a twin may answer. */
  get(object: unknown, key: PropertyKey): unknown;
  set(object: unknown, key: PropertyKey, value: unknown): unknown;
  steps(iterable: unknown): Steps | Suspended;
  /** All values of an iterable: spreads and array patterns. */
  collect(iterable: unknown): unknown[] | Suspended;
  /** At the edge of a loop: costs a tick, and may stop. */
  edge(): void | Suspended;
  /** What a person's generator function gives: `frame` is its twin, in which each `yield` hands out `handOut(value)`. */
  generator(prototype: object | null, frame: Generator<unknown, unknown, unknown>): object;
  handOut(value: unknown): unknown;
}
