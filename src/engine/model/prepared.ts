/**
 * A program made ready for the model engine: what serves all its runs, as they come one after another. Texts are evaluated
 * once; memory and what threads have of their own are used again.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { TwinRuntime } from "../../protocol/twins.ts";
import { DEFAULT_CORES } from "../models/named.ts";
import type { Outside } from "../outside/outside.ts";
import type { ModuleHost } from "../program/modules.ts";
import { Anchors } from "../schedule/program-view.ts";
import { Coders } from "./coders.ts";
import { type ContextParts, type OwnPackages, ThreadContext } from "./context.ts";
import { Conditions } from "./conditions.ts";
import { ModelIntrinsics } from "./intrinsics.ts";
import { Machine } from "./machine.ts";
import { ModelMemory } from "./memory.ts";
import { VirtualTimers } from "./virtual-timers.ts";

/** What the model needs of the world: a Node worker's, a browser's, or a test's. */
export interface ModelHost extends ModuleHost {
  /** Values as `console.log` shows them. */
  format(values: readonly unknown[]): string;
  /** The npm packages of a thread in one run. Without it all threads have those of the host itself. */
  packagesOf?(thread: ThreadId): OwnPackages;
}

export interface ModelParts {
  readonly program: CompiledProgram;
  readonly host: ModelHost;
  readonly twins: TwinRuntime;
  /** Of the run's own memory; what the isolate takes is the host's to watch. */
  readonly memoryLimitBytes: number;
}

/** What is asked of the run under way. */
interface Current {
  readonly outside: Outside;
  /** A promise is awaited that is not the program's. */
  cannotAwait(): void;
  overMemory(limitBytes: number): void;
}

const MAIN = 0 as ThreadId;

export class Prepared {
  readonly program: CompiledProgram;
  readonly memory: ModelMemory;
  readonly twins: TwinRuntime;
  readonly machine: Machine;
  readonly engine: ModelIntrinsics;
  readonly conditions: Conditions;
  readonly anchors: Anchors;
  readonly timers: VirtualTimers;
  /** Anything but an error, in words. */
  readonly show: (value: unknown) => string;
  #current: Current | undefined;
  readonly #contexts: ThreadContext[] = [];
  readonly #contextParts: ContextParts;

  constructor({ program, host, twins, memoryLimitBytes }: ModelParts) {
    this.program = program;
    this.show = (value) => host.format([value]);
    this.twins = twins;
    this.memory = new ModelMemory(memoryLimitBytes, () =>
      this.#current?.overMemory(memoryLimitBytes),
    );
    const memory = this.memory;
    const machine = (this.machine = new Machine(memory));
    const { cores = DEFAULT_CORES } = program.options;
    this.engine = new ModelIntrinsics({ program, memory, machine, cores });
    this.anchors = new Anchors(program);
    this.timers = new VirtualTimers({
      ...{ clock: machine.clock, engine: this.engine },
      world: () => this.#current!.outside.world,
      cannotAwait: () => this.#current!.cannotAwait(),
    });
    this.conditions = new Conditions({
      program,
      modules: () => this.context(MAIN).modules,
      evaluating: (look) => this.#evaluating(look),
      show: this.show,
    });
    this.#contextParts = {
      program,
      host: evaluatingOnce(host, twins),
      packagesOf: (thread) => host.packagesOf?.(thread),
      coders: new Coders(),
      memory: this.memory,
      heap: this.memory.heap,
      now: () => this.#current!.outside.world.performance() / 1e6,
      format: (values) => host.format(values),
    };
  }

  /** As new, for this run. */
  begin(run: Current): void {
    this.#current = run;
    this.memory.reset();
  }

  context(id: ThreadId): ThreadContext {
    return (this.#contexts[id] ??= new ThreadContext(id, this.#contextParts));
  }

  /** As if main ran, with members that only annotations have. */
  #evaluating<T>(look: () => T): T {
    const { engine } = this;
    const before = engine.context;
    const main = this.context(MAIN);
    main.enter();
    engine.enter(main);
    engine.evaluating = true;
    try {
      return look();
    } finally {
      engine.evaluating = false;
      before.enter();
      engine.enter(before);
    }
  }
}

type Define = ($: unknown, $m: unknown, $t?: unknown) => void;

/** Texts become functions once for all threads and runs; what they define is each thread's own. */
export function evaluatingOnce(host: ModuleHost, twins: TwinRuntime): ModuleHost {
  const known = new Map<string, Define>();
  return {
    evaluate(code, id) {
      let define = known.get(id);
      if (define === undefined) {
        const evaluated = host.evaluate(code, id) as Define;
        define = ($, $m) => evaluated($, $m, twins);
        known.set(id, define);
      }
      return define;
    },
    external: (module, index) => host.external(module, index),
    loadLate: (module) => host.loadLate(module),
    require: (module, specifier) => host.require(module, specifier),
    import: (module, specifier) => host.import(module, specifier),
    package: (...asked) => host.package(...asked),
    urlOf: (module) => host.urlOf(module),
  };
}
