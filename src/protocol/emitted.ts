/**
 * What compiled code calls: the contract between the compiler's output and the engines. `docs/architecture.md`, "What
 * the compiler emits", shows a whole module. Each engine gives every thread one `ProgramRuntime` (`$`) and, per file of
 * the program, one `ModuleRecord` (`$m`).
 *
 * A compiled module is the text of one function expression, `(function ($, $m) { "use strict"; … })`. Calling it only
 * *defines* the module: it registers factories and the main function, and runs none of the person's statements. So any
 * thread can define any module; the top-level code runs once, in main, when the engine calls `$m.main`.
 */

/**
 * A variable that closures share, or that one may see before it is initialised. Crosses to another thread with its
 * identity: two closures that arrive together share the arrived box.
 */
export interface Box<T = unknown> {
  v: T;
}

/** A `@shared` variable, or the field, element or length of one. Opaque to compiled code. */
export interface SharedPlace {
  readonly shared: unique symbol;
}

/** What a lowered `using` block keeps. */
export interface Uses {
  /** Takes a disposable (null and undefined are allowed, as in ECMA-262) and gives it back; throws for anything else. */
  add<T>(resource: T): T;
  /** For `await using`. */
  addAsync<T>(resource: T): T;
  /** An exception is passing: remembered, told to the guards (it poisons), thrown again by `end`. */
  fail(error: unknown): void;
  /** Disposes in reverse order. Throws what passed, or a SuppressedError. */
  end(): void;
  endAsync(): Promise<void>;
}

export type TaskBody = (this: unknown, ...args: never[]) => Generator<unknown, unknown, never>;

/** A `for await` under way. */
export interface AsyncSteps {
  /** The promise of the next step. */
  next(): unknown;
  /** Whether there was another value: then it is `value`. */
  took(result: unknown): boolean;
  readonly value: unknown;
  /** An exception leaves the loop. */
  fail(error: unknown): void;
  /** The loop is left: yields what closing awaits, and throws what has left the loop. */
  close(): Generator<unknown, void, never>;
}

export interface ProgramRuntime {
  /** The place of the next operation. Compiled code sets it last thing before a call that may perform one. */
  site: number;
  /** Sets `site` and gives `value` back: wrapped around a call's receiver or its last argument. */
  at<T>(site: number, value: T): T;
  /** The exports of `threadloom:std` and its sisters, for this thread. Throws for a name that is none. */
  std(name: string): Record<string, unknown>;
  /** A box; without an argument it is not initialised yet, and reading it throws a ReferenceError in debug builds. */
  box<T>(value?: T): Box<T>;
  uses(): Uses;
  /** Wraps what `for … of` loops over and spreads: each step of a receiver is an operation at `site`. */
  iterate<T>(site: number, iterable: Iterable<T>): Iterable<T>;

  /** Symbols of the pair of static methods that classes with `#private` members get. */
  readonly save: symbol;
  readonly restore: symbol;
  /** True while an instance is made without running the person's constructor and initialisers. */
  restoring: boolean;

  // ---- tasks: the body of an async function is a generator, which yields what it awaits
  /** The async function whose calls run what `body` makes; a method is made so in its place, a generator method. */
  async(body: TaskBody): Function;
  asyncArrow(body: TaskBody, self: () => unknown): Function;
  asyncGeneratorFunction(body: TaskBody): Function;
  asyncMethod(holder: object, key: PropertyKey, isGenerator: boolean): void;
  /** Begins a task, and gives the promise of what it comes to. */
  task(body: Generator<unknown, unknown, never>): unknown;
  /** The same where making the body may throw, which is part of the task. */
  taskOf(make: () => Generator<unknown, unknown, never>): unknown;
  asyncGenerator(body: Generator<unknown, unknown, never>): object;
  /** What the body of an async generator yields to hand out `value`. */
  handed(value: unknown): unknown;
  /** `yield*` in such a body. */
  delegateAsync(iterable: unknown): Generator<unknown, unknown, never>;
  asyncSteps(iterable: unknown): AsyncSteps;
  /** What stands for `super` where the language has none, over its reading and writing. */
  superOf(
    get: (key: PropertyKey) => unknown,
    set: (key: PropertyKey, value: unknown) => void,
  ): object;

  // ---- @shared: a place is reached by a path, and only read and write are events
  shared(site: number, initial: unknown): SharedPlace;
  field(place: SharedPlace, name: string): SharedPlace;
  /** Element of a shared array, or a field by computed name. */
  element(place: SharedPlace, index: unknown): SharedPlace;
  length(place: SharedPlace): SharedPlace;
  read(site: number, place: SharedPlace): unknown;
  /** Gives `value` back, as an assignment does. */
  write<T>(site: number, place: SharedPlace, value: T): T;
  /** `x++`, `--x`: a read, then a write. `prefix` tells which value it gives. */
  increment(site: number, place: SharedPlace, by: 1 | -1, prefix: boolean): number | bigint;
  /** A method of a shared array, or of the primitive that stands there: the reads and writes of ECMA-262. */
  method(site: number, place: SharedPlace, name: string, args: unknown[]): unknown;
  /** Where types do not tell whether the path goes on into shared memory: `.length` of a string or of an array. */
  member(site: number, place: SharedPlace, name: string): unknown;
  /** `for … of` and spread over a shared array. */
  elements(site: number, place: SharedPlace): Iterable<unknown>;
  snapshot(site: number, place: SharedPlace): unknown;

  /** An annotation's mark: `// @label text`. The site's name is the text. */
  label(site: number): void;
}

export interface ModuleRecord {
  readonly id: string;
  /** Boxes of the exported variables: made by the engine before any module runs, so that cycles of imports work. */
  readonly boxes: Record<string, Box>;
  /** `import.meta` of the person's file. */
  readonly meta: { readonly url: string; readonly filename: string; readonly dirname: string };
  /** Another own file, by index in `CompiledModule.imports`. */
  module(index: number): ModuleRecord;
  /** The namespace of an npm package or a Node module, by index in `CompiledModule.externals`. Already loaded. */
  external(index: number): Record<string, unknown>;
  /** `require` and `import()` as the file has them: of these, the second gives a promise. */
  readonly require: (specifier: string) => unknown;
  import(specifier: string): unknown;
  /** `import()` of an own file, by index in `CompiledModule.imports`: a promise of its namespace, once it is evaluated. */
  imported(index: number): unknown;
  /** What a function takes along that may import an own file: how far that is evaluated, and what it exports. */
  file(index: number): unknown;
  /** An own file as a namespace object, for `import * as ns` that is used otherwise than by `ns.name`. */
  namespace(index: number): Record<string, unknown>;

  /** Makes known how literal `index` is made from its environment. */
  factory(index: number, make: (...environment: unknown[]) => unknown): void;
  /** Marks a function as made by literal `index` from `environment`, and gives it back. */
  fn<F extends (...args: never[]) => unknown>(index: number, environment: unknown[], made: F): F;
  /**
   * The same for a class. `once`: it stands at the module's top level, so that each thread has exactly one;
   * classes made in functions have an identity per evaluation.
   */
  class<C extends abstract new (...args: never[]) => unknown>(
    index: number,
    environment: unknown[],
    made: C,
    once: boolean,
  ): C;

  /** The top-level code. Gives a promise where it awaits. */
  main: () => unknown;
  /** Set by `main` before anything else: bodies of the `@thread` functions, conditions, and what module variables hold. */
  threads: (() => (index?: number) => unknown)[];
  conditions: (() => unknown)[];
  roots: () => unknown[];
}
