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
 *     const total = (($r = $t.call1(add, void 0, …)) === $t.SUSPENDED ? yield 17 : $r);   // what is emitted
 *
 * What was set aside, innermost first, becomes the thread's stack of frames; to go on, the engine resumes the innermost one
 * alone, and hands its result to the next when it ends. So a call that does not stop costs one generator, stopping costs
 * each frame once, and going on does not depend on how deep the stack is. The stack is also what a debugger shows: what a
 * twin yields when it stops is the number of the place where it stands (`CompiledProgram.points`), 0 in code of ours, which
 * stacks hide.
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
  /** An exception leaves the loop: closing throws nothing of its own. */
  fail(): void;
  /** The loop is left: the iterator's `return`, if it was left early. */
  close(): unknown;
}

/** The twin of `new`: makes what `newTarget` constructs. */
export type ConstructTwin = (
  newTarget: Function,
  ...args: never[]
) => Generator<unknown, unknown, unknown>;

/** A scope under way, as a debugger sees it. Reading may throw: a variable is not initialised yet. */
export interface Probe {
  readonly row: number;
  readonly read: (index: number) => unknown;
  readonly write: ((index: number, value: unknown) => void) | undefined;
  readonly outer: Probe | undefined;
}

export interface TwinRuntime {
  readonly SUSPENDED: Suspended;
  /** Makes `twin` the twin of `plain`, and gives `plain` back. */
  link<F extends Function>(plain: F, twin: Twin): F;
  /** The body of a plain function that has a twin: runs it to the end, or throws that it cannot be suspended here. */
  run(frame: Generator<unknown, unknown, unknown>): unknown;
  /** Starts a twin that is known. */
  start(frame: Generator<unknown, unknown, unknown>): unknown;
  /** Calls that may stop. Where there is no twin they are plain calls. */
  call0(callee: unknown, self: unknown): unknown;
  call1(callee: unknown, self: unknown, a: unknown): unknown;
  call2(callee: unknown, self: unknown, a: unknown, b: unknown): unknown;
  call3(callee: unknown, self: unknown, a: unknown, b: unknown, c: unknown): unknown;
  call(callee: unknown, self: unknown, args: readonly unknown[]): unknown;
  construct(callee: unknown, args: readonly unknown[], newTarget?: Function): unknown;
  /** The strings of a tagged template, as its function is given them: the same object each time, at each place. */
  strings(strings: TemplateStringsArray, ...values: unknown[]): TemplateStringsArray;
  /** Reads and writes of properties that an accessor with a twin may answer. */
  get(object: unknown, key: PropertyKey): unknown;
  set(object: unknown, key: PropertyKey, value: unknown): unknown;
  steps(iterable: unknown): Steps | Suspended;
  /** The first `count` values of an iterable, or all: array patterns and spreads. */
  collect(iterable: unknown, count?: number): Iterable<unknown> | Suspended;
  /** Edges that loops may still pass: each counts one down. */
  readonly fuel: { left: number };
  /** At the edge of a loop when none is left: may stop. */
  edge(): void | Suspended;
  /**
   * Before a loop whose turns change nothing of their thread's that outlives them but `locals`, and at the beginning of each of
   * its turns. `loop`: a number of its own.
   */
  begins(loop: number): void;
  turn(loop: number, locals?: readonly unknown[]): void;

  // ---- of the debug form
  /** A scope's variables: row of `CompiledProgram.probes`, how to read one by its number, how to write it, the scope around. */
  scope(
    row: number,
    read: (index: number) => unknown,
    write?: (index: number, value: unknown) => void,
    outer?: Probe,
  ): Probe;
  /** Before the statement at a point: may stop. */
  pause(point: number, probe?: Probe): void | Suspended;
  /** Gives `point` back, and remembers the scope of the frame that is about to be left there. */
  here(point: number, probe: Probe): number;

  /** The generator function whose twin's frames `twin` makes; in them each `yield` hands out `handOut(value)`. */
  generatorFunction(twin: Twin, name: string, length: number): Function;
  /** What such a function gives. */
  generator(prototype: object | null, frame: Generator<unknown, unknown, unknown>): object;
  handOut(value: unknown): unknown;
  /** `yield*` in such a frame. */
  delegate(iterable: unknown): Generator<unknown, unknown, unknown>;

  // ---- members of classes and objects that are written as generators: `plain` makes the plain function from the twin
  /** Puts the plain function in place of the generator under `key`. */
  method(holder: object, key: PropertyKey, plain: (twin: Twin) => Function): void;
  /** The same for an accessor, whose twins stand under `getTwin` and `setTwin`: taken away. */
  accessor(
    holder: object,
    key: PropertyKey,
    getTwin: PropertyKey | undefined,
    setTwin: PropertyKey | undefined,
    plainGet?: (twin: Twin) => Function,
    plainSet?: (twin: Twin) => Function,
  ): void;
  /** The plain function of a private method, the same each time. */
  plain(twin: Twin, plain: (twin: Twin) => Function): Function;
  /** A computed key, evaluated once. */
  key(value: unknown): PropertyKey;
  /** Gives an anonymous function or class the name of the key that it stands under. */
  named<F extends Function>(made: F, key: PropertyKey): F;

  // ---- construction that may stop: allocate, then run the fields and the constructor as a twin
  constructs(made: Function, twin: ConstructTwin): void;
  /** An instance of `newTarget` that has the private members of `made` and nothing else. */
  allocate(made: Function, newTarget: Function): object;
  /** True once, in the constructor of a class that is being allocated. */
  allocating(made: Function): boolean;
  /** What `super(…)` in a constructor of `made` gives. */
  superConstruct(made: Function, newTarget: Function, args: readonly unknown[]): unknown;
  /** Gives `instance`, made by a base class, the private members of `made`. */
  adopt(made: Function, instance: object): object;
  /** What a constructor that returns `value` gives. */
  constructed(value: unknown, instance: unknown, derived: boolean): unknown;
  define(object: object, key: PropertyKey, value: unknown): void;
  superGet(made: Function, key: PropertyKey, self: unknown): unknown;
}
