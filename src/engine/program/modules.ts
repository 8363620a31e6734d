/**
 * The person's modules in one thread. Each thread defines them anew: factories, classes and boxes of its own; only main
 * runs their top-level code.
 */
import type { Box, ModuleRecord, ProgramRuntime } from "../../protocol/emitted.ts";
import type { CompiledModule, CompiledProgram } from "../../protocol/program.ts";
import { LIBRARY } from "../../std/library.ts";
import { TaskPromise } from "../../std/tasks/promise.ts";
import { TIMER_MODULES } from "../../std/tasks/timer-modules.ts";
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
  require(module: CompiledModule, specifier: string): unknown;
  /** A promise of the namespace, or the namespace itself. */
  import(module: CompiledModule, specifier: string): unknown;
  urlOf(module: CompiledModule): string;
}

/** Modules that are ours whoever asks for them, and those of Node's whose tasks would be none of ours. */
const replaced = (specifier: string): Record<string, unknown> | undefined =>
  LIBRARY[specifier] ?? TIMER_MODULES[specifier.replace(/^node:/, "")];

type Factory = (...environment: unknown[]) => unknown;

export class Module implements ModuleRecord {
  readonly id: string;
  readonly boxes: Record<string, Box> = Object.create(null) as Record<string, Box>;
  readonly meta: ModuleRecord["meta"];
  readonly require: (specifier: string) => unknown;
  main: () => unknown = () => undefined;
  threads: (() => (index?: number) => unknown)[] = [];
  conditions: (() => unknown)[] = [];
  roots: () => unknown[] = () => [];

  readonly #index: number;
  readonly #compiled: CompiledModule;
  readonly #all: Modules;
  readonly #factories: Factory[] = [];
  readonly #captured: (readonly string[])[] = [];

  constructor(index: number, compiled: CompiledModule, all: Modules) {
    this.#index = index;
    this.#compiled = compiled;
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
    for (const name of this.#compiled.exports) this.boxes[name] = new Variable();
  }

  module(index: number): Module {
    return this.#all.byId(this.#compiled.imports[index]);
  }

  external(index: number): Record<string, unknown> {
    const { specifier } = this.#compiled.externals[index];
    return replaced(specifier) ?? this.#all.host.external(this.#compiled, index);
  }

  import(specifier: string): TaskPromise<unknown> {
    return new TaskPromise<unknown>((resolve) => {
      const ours = replaced(specifier);
      resolve(ours ?? this.#all.host.import(this.#compiled, specifier));
      if (ours === undefined) this.#all.packages.loaded(this.#index, specifier);
    });
  }

  imported(index: number): TaskPromise<unknown> {
    return new TaskPromise<unknown>((resolve) => resolve(this.namespace(index)));
  }

  namespace(index: number): Record<string, unknown> {
    return this.module(index).asNamespace();
  }

  /** Own exports as a namespace object: live, read-only, without a prototype. */
  asNamespace(): Record<string, unknown> {
    const namespace = Object.create(null) as Record<string, unknown>;
    for (const name of Object.keys(this.boxes).sort()) {
      const box = this.boxes[name];
      Object.defineProperty(namespace, name, { enumerable: true, get: () => box.v });
    }
    return Object.freeze(namespace);
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
      names = parameters.split(",").map((name) => name.trim());
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
    return make(...environment);
  }

  #made(literal: number, environment: unknown[], uid: number, isClass: boolean): Made {
    return { module: this.#index, literal, uid, environment, isClass };
  }
}

export class Modules {
  readonly host: ModuleHost;
  readonly list: readonly Module[];
  /** The npm packages that the modules import. */
  readonly packages: Packages;
  /** While a class arrives from another thread: the identity that it has there. */
  arriving: number | undefined;
  readonly #byId = new Map<string, Module>();
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
    return this.#module(module).make(literal, environment) as Function;
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
