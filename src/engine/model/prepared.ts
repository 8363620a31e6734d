/**
 * A program made ready for the model engine: what serves all its runs, as they come one after another. Texts are evaluated
 * once; memory and what threads have of their own are used again.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { TwinRuntime } from "../../protocol/twins.ts";
import { DEFAULT_CORES } from "../models/named.ts";
import type { ModuleHost } from "../program/modules.ts";
import { Coders } from "./coders.ts";
import { ThreadContext, type ContextParts } from "./context.ts";
import { ModelMemory } from "./memory.ts";

/** What the model needs of the world: a Node worker's, a browser's, or a test's. */
export interface ModelHost extends ModuleHost {
  /** Values as `console.log` shows them. */
  format(values: readonly unknown[]): string;
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
  /** Nanoseconds, by the virtual clock. */
  readonly virtualTime: number;
  overMemory(limitBytes: number): void;
}

export class Prepared {
  readonly program: CompiledProgram;
  readonly memory: ModelMemory;
  readonly twins: TwinRuntime;
  readonly host: ModelHost;
  current: Current | undefined;
  readonly #contexts: ThreadContext[] = [];
  readonly #contextParts: ContextParts;

  constructor({ program, host, twins, memoryLimitBytes }: ModelParts) {
    this.program = program;
    this.host = host;
    this.twins = twins;
    this.memory = new ModelMemory(memoryLimitBytes, () =>
      this.current?.overMemory(memoryLimitBytes),
    );
    this.#contextParts = {
      program,
      host: evaluatingOnce(host, twins),
      coders: new Coders(),
      memory: this.memory,
      heap: this.memory.heap,
      now: () => (this.current?.virtualTime ?? 0) / 1e6,
      format: (values) => host.format(values),
    };
  }

  get cores(): number {
    return this.program.options.cores ?? DEFAULT_CORES;
  }

  context(id: ThreadId): ThreadContext {
    return (this.#contexts[id] ??= new ThreadContext(id, this.#contextParts));
  }
}

type Define = ($: unknown, $m: unknown, $t?: unknown) => void;

/** Texts become functions once for all threads and runs; what they define is each thread's own. */
function evaluatingOnce(host: ModelHost, twins: TwinRuntime): ModuleHost {
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
    require: (module, specifier) => host.require(module, specifier),
    import: (module, specifier) => host.import(module, specifier),
    package: (...asked) => host.package(...asked),
    urlOf: (module) => host.urlOf(module),
  };
}
