/**
 * The person's modules in one thread. Each thread defines them anew: factories, classes and boxes of its own. Main runs the
 * top-level code of those that the entry imports statically; of others, whoever imports them while the program runs.
 */
import type { Box, ModuleRecord, ProgramRuntime } from "../../protocol/emitted.ts";
import type { CompiledModule, CompiledProgram } from "../../protocol/program.ts";
import { LIBRARY } from "../../std/library.ts";
import { Evaluation, importFile, type OwnFile } from "../../std/tasks/importing.ts";
import { TaskPromise } from "../../std/tasks/promise.ts";
import { TIMER_MODULES } from "../../std/tasks/timer-modules.ts";
import { inEvaluationOrder, withinReach } from "./evaluation-order.ts";
import { FILE, FileCrossing, type FileToken } from "./file-crossing.ts";
import { mark, type Made } from "./made.ts";
import { type PackageHost, Packages } from "./packages.ts";
import { Variable } from "./variable.ts";

type Define = ($: ProgramRuntime, $m: ModuleRecord) => void;

/** What a module needs of the world, which differs between a Node worker and a browser. */
export interface ModuleHost extends PackageHost {
  /** Evaluates the text of a function expression; stacks shall name `id`. */
  evaluate(code: string, id: string): Define;
  /** The namespace of an npm package or Node module, already loaded for this thread. */
  external(module: CompiledModule, index: number): Record<string, unknown>;
  /**
   * What a file that is evaluated late imports from npm and Node is loaded now, if it is not yet: a promise where that takes
   * waiting. Throws, or is rejected, where something cannot be had.
   */
  loadLate(module: CompiledModule): PromiseLike<unknown> | undefined;
  require(module: CompiledModule, specifier: string): unknown;
  /** A promise of the namespace, or the namespace itself. */
  import(module: CompiledModule, specifier: string): unknown;
  urlOf(module: CompiledModule): string;
}

/** Modules that are ours whoever asks for them, and those of Node's whose tasks would be none of ours. */
const replaced = (specifier: string): Record<string, unknown> | undefined =>
  LIBRARY[specifier] ?? TIMER_MODULES[specifier.replace(/^node:/, "")];

type Factory = (...environment: unknown[]) => unknown;

const noRoots = (): unknown[] => [];
const noCode = (): unknown => undefined;

export class Module implements ModuleRecord, OwnFile {
  readonly id: string;
  readonly boxes: Record<string, Box> = Object.create(null) as Record<string, Box>;
  readonly meta: ModuleRecord["meta"];
  readonly require: (specifier: string) => unknown;
  readonly evaluation = new Evaluation();
  main: () => unknown = noCode;
  /** These three are set by the top-level code. */
  threads: (() => (index?: number) => unknown)[] = [];
  conditions: (() => unknown)[] = [];
  roots: () => unknown[] = noRoots;

  readonly #index: number;
  readonly compiled: CompiledModule;
  readonly #all: Modules;
  readonly #factories: Factory[] = [];
  readonly #captured: (readonly string[])[] = [];
  #namespace: Record<string, unknown> | undefined;
  /** What stands for packages and modules of Node's until they are loaded, by index in `externals`. */
  #later: Record<string, unknown>[] = [];

  constructor(index: number, compiled: CompiledModule, all: Modules) {
    this.#index = index;
    this.compiled = compiled;
    this.#all = all;
    this.id = compiled.id;
    const slash = compiled.id.lastIndexOf("/");
    this.meta = {
      url: all.host.urlOf(compiled),
      filename: compiled.id,
      dirname: compiled.id.slice(0, Math.max(0, slash)),
    };
    this.require = (specifier) => {
      const exported = all.host.require(compiled, specifier);
      all.packages.loaded(index, specifier);
      return exported;
    };
    for (const name of compiled.exports) this.boxes[name] = new Variable();
  }

  forget(): void {
    for (const name of this.compiled.exports) this.boxes[name] = new Variable();
    this.#namespace = undefined;
    if (this.evaluation.isNew) return;
    this.evaluation.reset();
    this.threads = [];
    this.conditions = [];
    this.roots = noRoots;
  }

  module(index: number): Module {
    return this.#all.byId(this.compiled.imports[index]);
  }

  external(index: number): Record<string, unknown> {
    const { specifier } = this.compiled.externals[index];
    const ours = replaced(specifier);
    if (ours !== undefined) return ours;
    if (this.#all.isEarly(this)) return this.#all.host.external(this.compiled, index);
    // What it imports is loaded when it is imported itself, or when a function of it arrives.
    return (this.#later[index] ??= Object.create(null) as Record<string, unknown>);
  }

  loading(): PromiseLike<unknown> | undefined {
    return this.#later.length === 0 ? undefined : this.#all.host.loadLate(this.compiled);
  }

  loaded(): void {
    this.#later.forEach((namespace, index) => this.#fill(namespace, index));
    this.#later = [];
  }

  /** What functions of the file use, which this thread has got without evaluating the file. */
  #loadedForBodies(): void {
    const later = this.#later;
    this.#later = [];
    later.forEach((namespace, index) => {
      if (this.compiled.externals[index].inBodies) this.#fill(namespace, index);
      else this.#later[index] = namespace;
    });
  }

  #fill(namespace: Record<string, unknown>, index: number): void {
    const from = this.#all.host.external(this.compiled, index);
    for (const name of Object.keys(from))
      Object.defineProperty(namespace, name, { enumerable: true, get: () => from[name] });
  }

  import(specifier: string): TaskPromise<unknown> {
    return new TaskPromise<unknown>((resolve) => {
      const ours = replaced(specifier);
      resolve(ours ?? this.#all.host.import(this.compiled, specifier));
      if (ours === undefined) this.#all.packages.loaded(this.#index, specifier);
    });
  }

  imported(index: number): TaskPromise<unknown> {
    return importFile(this.module(index));
  }

  file(index: number): FileToken {
    return this.#all.files.token(this.module(index));
  }

  inOrder(): readonly Module[] {
    return this.#all.inOrder(this);
  }

  namespace(index: number): Record<string, unknown> {
    return this.module(index).asNamespace();
  }

  /** Own exports as a namespace object: live, read-only, without a prototype; one for all who ask. */
  asNamespace(): Record<string, unknown> {
    if (this.#namespace !== undefined) return this.#namespace;
    const namespace = Object.create(null) as Record<string, unknown>;
    for (const name of Object.keys(this.boxes).sort())
      Object.defineProperty(namespace, name, { enumerable: true, get: () => this.boxes[name].v });
    return (this.#namespace = Object.freeze(namespace));
  }

  factory(index: number, make: Factory): void {
    this.#factories[index] = make;
  }

  fn<F extends (...args: never[]) => unknown>(index: number, environment: unknown[], made: F): F {
    return mark(made, this.#made(index, environment, 0, false));
  }

  class<C extends abstract new (...args: never[]) => unknown>(
    index: number,
    environment: unknown[],
    made: C,
    once: boolean,
  ): C {
    const uid = this.#all.arriving ?? (once ? 0 : this.#all.nextUid());
    this.#all.addClass(this.#index, index, uid, made);
    return mark(made, this.#made(index, environment, uid, true));
  }

  /**
   * What the person calls the variables that literal `index` captures: the parameters of its factory, which the compiler
   * names after them.
   */
  captured(index: number): readonly string[] {
    let names = this.#captured[index];
    if (names === undefined) {
      const parameters = /^\(?([^)=]*)\)?\s*=>/.exec(String(this.#factories[index]))?.[1] ?? "";
      names = parameters === "" ? [] : parameters.split(",").map((name) => name.trim());
      this.#captured[index] = names;
    }
    return names;
  }

  /** The text of the factory of literal `index`. */
  textOf(index: number): string {
    return String(this.#factories[index]);
  }

  /** Makes literal `index` again from what it captured. */
  make(index: number, environment: unknown[]): unknown {
    const make = this.#factories[index];
    if (make === undefined) throw new RangeError(`${this.id} has no literal ${index}`);
    if (this.#later.length > 0) this.#loadedForBodies();
    return make(...environment);
  }

  #made(literal: number, environment: unknown[], uid: number, isClass: boolean): Made {
    return { module: this.#index, literal, uid, environment, isClass };
  }
}

export class Modules {
  readonly host: ModuleHost;
  readonly list: readonly Module[];
  /** Those that main evaluates before anything else, in order. */
  readonly early: readonly Module[];
  /** How files cross with the functions that may import them. */
  readonly files: FileCrossing<Module>;
  /** The npm packages that the modules import. */
  readonly packages: Packages;
  /** While a class arrives from another thread: the identity that it has there. */
  arriving: number | undefined;
  readonly #byId = new Map<string, Module>();
  readonly #early: ReadonlySet<Module>;
  readonly #compiledOf = (id: string): CompiledModule => this.byId(id).compiled;
  readonly #classes = new Map<string, Function>();
  readonly #byPrototype = new WeakMap<object, Function>();
  readonly #thread: number;
  #uids = 0;

  constructor(program: CompiledProgram, host: ModuleHost, $: ProgramRuntime, thread: number) {
    this.host = host;
    this.#thread = thread;
    this.packages = new Packages(program, host);
    this.list = program.modules.map((compiled, index) => new Module(index, compiled, this));
    for (const module of this.list) this.#byId.set(module.id, module);
    this.early = this.inOrder(this.byId(program.entry));
    this.#early = new Set(this.early);
    this.files = new FileCrossing((from) =>
      withinReach(from.compiled, this.#compiledOf).map(({ id }) => this.byId(id)),
    );
    program.modules.forEach((compiled, index) => {
      host.evaluate(compiled.code, compiled.id)($, this.list[index]);
    });
  }

  /** As they were defined, for a thread of another run: classes and exported variables are made anew. */
  forget(): void {
    this.#uids = 0;
    if (this.#classes.size > 0) this.#classes.clear();
    for (const module of this.list) module.forget();
  }

  byId(id: string): Module {
    const module = this.#byId.get(id);
    if (module === undefined) throw new RangeError(`the program has no module ${id}`);
    return module;
  }

  isEarly(module: Module): boolean {
    return this.#early.has(module);
  }

  /** A module, after those that it imports statically. */
  inOrder(from: Module): readonly Module[] {
    return inEvaluationOrder(from.compiled, this.#compiledOf).map(({ id }) => this.byId(id));
  }

  /** Unique among all threads: the thread in the high bits. */
  nextUid(): number {
    return this.#thread * 2 ** 17 + ++this.#uids;
  }

  addClass(module: number, literal: number, uid: number, made: Function): void {
    this.#classes.set(`${module}:${literal}:${uid}`, made);
    this.#byPrototype.set(made.prototype as object, made);
  }

  /** The class of the person's whose prototype this is. */
  classOf(prototype: object): Function | undefined {
    return this.#byPrototype.get(prototype);
  }

  captured(module: number, literal: number): readonly string[] {
    return this.#module(module).captured(literal);
  }

  makeFunction(module: number, literal: number, environment: unknown[]): Function {
    const at = this.#module(module);
    if (literal === FILE) return this.files.arriving(at, environment);
    return at.make(literal, environment) as Function;
  }

  /** This thread's own class, made at its first arrival. */
  makeClass(module: number, literal: number, uid: number, environment: unknown[]): Function {
    const known = this.#classes.get(`${module}:${literal}:${uid}`);
    if (known !== undefined) return known;
    const before = this.arriving;
    this.arriving = uid;
    try {
      return this.#module(module).make(literal, environment) as Function;
    } finally {
      this.arriving = before;
    }
  }

  #module(index: number): Module {
    const module = this.list[index];
    if (module === undefined) throw new RangeError(`the program has no module ${index}`);
    return module;
  }
}
