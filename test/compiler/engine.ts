/**
 * A small honest engine for compiled programs, in one thread: every name of `protocol/emitted.ts`, by the plainest means.
 * With `cross`, each function is made a second time by its factory, in another definition of its module, and that one is
 * used: a function that depends on anything but its environment fails.
 */
import { compileFunction } from "node:vm";
import { forget, FrameStack, fuel, limits, pinned } from "../../src/engine/model/suspension.ts";
import { $t } from "../../src/engine/model/twins/runtime.ts";
import { inEvaluationOrder } from "../../src/engine/program/evaluation-order.ts";
import { installTasksFreely } from "../std/free-thread.ts";
import {
  asyncArrow,
  asyncFunction,
  asyncGeneratorFunction,
  asyncMethod,
} from "../../src/std/tasks/async-functions.ts";
import { AsyncGenerator, handed } from "../../src/std/tasks/async-generator.ts";
import { AsyncSteps, delegateAsync } from "../../src/std/tasks/async-steps.ts";
import { superOf } from "../../src/std/tasks/super-of.ts";
import { runTask, runTaskOf } from "../../src/std/tasks/task.ts";
import type { TwinRuntime } from "../../src/protocol/twins.ts";
import type { Box, ModuleRecord, ProgramRuntime, SharedPlace } from "../../src/protocol/emitted.ts";
import type { CompiledModule, CompiledProgram } from "../../src/protocol/program.ts";

export interface EngineOptions {
  readonly cross?: boolean;
  readonly console?: Pick<Console, "log">;
  readonly std?: Readonly<Record<string, unknown>>;
  readonly externals?: Readonly<Record<string, Record<string, unknown>>>;
  readonly globals?: Readonly<Record<string, unknown>>;
}

export interface Engine {
  readonly runtime: ProgramRuntime;
  readonly modules: ReadonlyMap<string, TestModule>;
  /** Sites as the operations saw them: filled by whoever asks `site()`. */
  run(): Promise<void>;
}

export interface TestModule extends ModuleRecord {
  readonly factories: ((...environment: unknown[]) => unknown)[];
  readonly made: Map<unknown, { readonly index: number; readonly environment: unknown[] }>;
}

const UNSET = Symbol("not initialised");

class TestBox implements Box {
  value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
  get v(): unknown {
    if (this.value === UNSET)
      throw new ReferenceError("Cannot access a variable before initialization");
    return this.value;
  }
  set v(value: unknown) {
    this.value = value;
  }
}

/** A place is where a value is kept: `holder[key]`. */
interface TestPlace {
  readonly holder: Record<PropertyKey, unknown>;
  readonly key: PropertyKey;
}
const placeOf = (place: SharedPlace): TestPlace => place as unknown as TestPlace;
const asPlace = (place: TestPlace): SharedPlace => place as unknown as SharedPlace;
const valueOf = (place: SharedPlace): unknown => placeOf(place).holder[placeOf(place).key];
const inside = (place: SharedPlace, key: PropertyKey): SharedPlace =>
  asPlace({ holder: valueOf(place) as Record<PropertyKey, unknown>, key });

function makeRuntime(options: EngineOptions): ProgramRuntime {
  const runtime: ProgramRuntime = {
    site: 0,
    at(site, value) {
      runtime.site = site;
      return value;
    },
    std: () => options.std ?? {},
    box: (...value: unknown[]) =>
      new TestBox(value.length === 0 ? UNSET : value[0]) as unknown as Box<never>,
    uses: makeUses,
    iterate: (site, iterable) => runtime.at(site, iterable),
    save: Symbol("save"),
    restore: Symbol("restore"),
    restoring: false,
    shared: (_site, initial) => asPlace({ holder: { root: initial }, key: "root" }),
    field: inside,
    element: (place, index) => inside(place, index as PropertyKey),
    length: (place) => inside(place, "length"),
    read: (site, place) => runtime.at(site, valueOf(place)),
    write(site, place, value) {
      placeOf(place).holder[placeOf(place).key] = value;
      return runtime.at(site, value);
    },
    increment(site, place, by, prefix) {
      const before = valueOf(place) as number;
      placeOf(place).holder[placeOf(place).key] = before + by;
      runtime.site = site;
      return prefix ? before + by : before;
    },
    method(site, place, name, args) {
      runtime.site = site;
      const object = valueOf(place) as Record<string, (...args: unknown[]) => unknown>;
      return object[name](...args);
    },
    member: (site, place, name) =>
      runtime.at(site, (valueOf(place) as Record<string, unknown>)[name]),
    elements: (site, place) => runtime.at(site, valueOf(place) as Iterable<unknown>),
    snapshot: (site, place) => runtime.at(site, structuredClone(valueOf(place))),
    label(site) {
      runtime.site = site;
    },
    async: asyncFunction,
    asyncArrow,
    asyncGeneratorFunction,
    asyncMethod,
    task: runTask,
    taskOf: runTaskOf,
    asyncGenerator: (body) => new AsyncGenerator(body),
    handed,
    delegateAsync,
    asyncSteps: (iterable) => new AsyncSteps(iterable),
    superOf,
  };
  return runtime;
}

function makeUses(): ReturnType<ProgramRuntime["uses"]> {
  const resources: { readonly value: unknown; readonly key: symbol }[] = [];
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure = {
      error: failure === undefined ? error : new SuppressedError(error, failure.error),
    };
  };
  const add = (value: unknown, key: symbol): never => {
    if (value != null) {
      if (typeof (value as never)[key] !== "function") throw new TypeError("not disposable");
      resources.push({ value, key });
    }
    return value as never;
  };
  return {
    add: (value) => add(value, Symbol.dispose),
    addAsync: (value) =>
      add(
        value,
        value != null && Symbol.asyncDispose in (value as object)
          ? Symbol.asyncDispose
          : Symbol.dispose,
      ),
    fail,
    end() {
      for (const { value, key } of resources.reverse()) {
        try {
          (value as never as Record<symbol, () => void>)[key]();
        } catch (error) {
          fail(error);
        }
      }
      if (failure !== undefined) throw failure.error;
    },
    async endAsync() {
      for (const { value, key } of resources.reverse()) {
        try {
          await (value as never as Record<symbol, () => unknown>)[key]();
        } catch (error) {
          fail(error);
        }
      }
      if (failure !== undefined) throw failure.error;
    },
  };
}

/** What programs find instead of the language's own. */
const TASKS: Record<string, unknown> = {};
installTasksFreely(TASKS);

type Define = ($: ProgramRuntime, $m: ModuleRecord, $t: TwinRuntime) => void;

/** A call by the trampoline, which resumes what stops at once, until it has ended. */
export function untilItEnds(callee: () => unknown): unknown {
  const stack = new FrameStack();
  const begin = function* (): Generator<unknown, unknown, unknown> {
    const answer = $t.call0(callee, undefined);
    return answer === $t.SUSPENDED ? yield 0 : answer;
  };
  stack.begin(begin());
  forget();
  pinned.depth = 0;
  fuel.left = Infinity;
  while (!stack.goOn(undefined));
  return stack.value;
}

/** How often calls are set aside: 0, each one; Infinity, none but what the native stack asks for. */
export function nestCalls(most: number): void {
  limits.nested = Math.min(most, 800);
}

export function makeEngine(program: CompiledProgram, options: EngineOptions = {}): Engine {
  const runtime = makeRuntime(options);
  const modules = new Map<string, TestModule>();
  /** Boxes of a module are one set, whoever defines it. */
  const boxes = new Map(
    program.modules.map(({ id, exports }) => [
      id,
      Object.fromEntries(exports.map((name) => [name, runtime.box<unknown>()])),
    ]),
  );
  const compiledOf = (id: string): CompiledModule => program.modules.find((one) => one.id === id)!;
  const evaluated = new Map<string, unknown>();
  const evaluate = (id: string): unknown => {
    if (!evaluated.has(id)) evaluated.set(id, untilItEnds(modules.get(id)!.main));
    return evaluated.get(id);
  };
  const define = (compiled: CompiledModule, second: TestModule | undefined): TestModule => {
    const module: TestModule = {
      id: compiled.id,
      boxes: boxes.get(compiled.id)!,
      meta: { url: `file://${compiled.id}`, filename: compiled.id, dirname: "/" },
      factories: [],
      made: new Map(),
      module: (index) => modules.get(compiled.imports[index])!,
      external: (index) => options.externals?.[compiled.externals[index].specifier] ?? {},
      require: (specifier) => options.externals?.[specifier],
      import: async (specifier) => options.externals?.[specifier],
      async imported(index) {
        const from = compiled.imports[index];
        for (const { id } of inEvaluationOrder(compiledOf(from), compiledOf)) await evaluate(id);
        return module.namespace(index);
      },
      file: (index) => compiled.imports[index],
      namespace(index) {
        const from = compiled.imports[index];
        const names = Object.keys(boxes.get(from)!).sort();
        return Object.defineProperties(
          {},
          Object.fromEntries(
            names.map((name) => [name, { enumerable: true, get: () => boxes.get(from)![name].v }]),
          ),
        );
      },
      factory(index, make) {
        module.factories[index] = make;
      },
      fn(index, environment, made) {
        // A factory within a class is not there before the class is.
        const again = second?.factories[index] ?? (() => made);
        const value = again(...environment) as typeof made;
        module.made.set(value, { index, environment });
        return value;
      },
      class(index, environment, made) {
        module.made.set(made, { index, environment });
        return made;
      },
      main: () => undefined,
      threads: [],
      conditions: [],
      roots: () => [],
    };
    const globals = { console: options.console ?? console, ...TASKS, ...options.globals };
    const make = compileFunction(`return (\n${compiled.code}\n)`, Object.keys(globals), {
      filename: compiled.id,
      lineOffset: -1, // the module's own first line is line 1
    }) as (...values: unknown[]) => Define;
    make(...Object.values(globals))(runtime, module, $t);
    return module;
  };
  for (const compiled of program.modules) {
    const second = options.cross === true ? define(compiled, undefined) : undefined;
    modules.set(compiled.id, define(compiled, second));
  }
  return {
    runtime,
    modules,
    async run() {
      for (const { id } of inEvaluationOrder(compiledOf(program.entry), compiledOf))
        await evaluate(id);
    },
  };
}
