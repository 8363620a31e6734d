/**
 * What a thread of a modelled run has of its own (SEMANTICS, Values): its `$`, its definitions of the person's modules, what
 * `std` remembers for it, and its way of encoding values. On real threads each worker has these once; here the machine
 * enters a thread's own whenever that thread goes on, and keeps them for the thread of the same number in the next run.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import type { Externals } from "../../codec/externals.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import { Activation, enter } from "../../std/activation.ts";
import type { Heap } from "../heap.ts";
import { ConsoleLines } from "../program/console.ts";
import { ProgramExternals } from "../program/externals.ts";
import { type ModuleHost, Modules } from "../program/modules.ts";
import { Published } from "../program/published.ts";
import { Runtime } from "../program/runtime.ts";
import type { Coders } from "./coders.ts";
import { ModelThread } from "./thread.ts";
import { Values } from "../program/values.ts";

/** npm packages of which a thread has instances of its own, for one run. */
export interface OwnPackages extends Pick<
  ModuleHost,
  "external" | "loadLate" | "require" | "import" | "package"
> {
  /** Whether there are any: then the thread of another run needs others. */
  readonly isUsed: boolean;
  /** The thread goes on: what its packages load from here on is its own. */
  enter(): void;
}

export interface ContextParts {
  readonly program: CompiledProgram;
  readonly host: ModuleHost;
  readonly packagesOf: (thread: ThreadId) => OwnPackages | undefined;
  readonly coders: Coders;
  readonly memory: { readonly words: Int32Array };
  readonly heap: Heap;
  /** Milliseconds, for `console.time`. */
  readonly now: () => number;
  readonly format: (values: readonly unknown[]) => string;
}

export class ThreadContext {
  readonly id: ThreadId;
  readonly runtime = new Runtime();
  readonly values: Values;
  readonly console: ConsoleLines;
  readonly externals: Externals;
  readonly thread: ModelThread;
  /** The thread's object. */
  object = 0 as Address;
  readonly activation = new Activation();
  readonly #parts: ContextParts;
  #modules: Modules | undefined;
  #packages: OwnPackages | undefined;

  constructor(id: ThreadId, parts: ContextParts) {
    this.id = id;
    this.thread = new ModelThread(id);
    this.#parts = parts;
    const { coders, memory, heap, now, format } = parts;
    const { encoder, decoder } = coders;
    const published = new Published({
      memory,
      decode: (block) => this.values.objects(block),
    });
    this.externals = new ProgramExternals(
      () => this.modules,
      (make) => this.runtime.whileRestoring(make),
      published,
    );
    this.values = new Values({ encoder, decoder, published, memory, heap, thread: id });
    this.console = new ConsoleLines(format, now);
  }

  /** The person's modules, defined for this thread when it first needs them. */
  get modules(): Modules {
    return (this.#modules ??= this.#define());
  }

  #define(): Modules {
    const { program, host } = this.#parts;
    const own = this.#packages;
    return new Modules(
      program,
      own === undefined ? host : withOwn(host, own),
      this.runtime,
      this.id,
    );
  }

  /** The thread goes on: what `std` and the coders ask is asked of it. */
  enter(): void {
    this.#parts.coders.externals = this.externals;
    enter(this.activation);
    this.#packages?.enter();
  }

  /** Begins a thread's life in it. */
  begin(object: Address): void {
    this.object = object;
    this.thread.reset(object);
    const { handles, owned, locals } = this.activation;
    if (handles.size > 0) handles.clear();
    if (owned.size > 0) owned.clear();
    if (locals.size > 0) locals.clear();
    this.activation.self = undefined;
    this.activation.exceptionPasses = false;
    this.activation.tasks.clear();
    if (this.#packages?.isUsed === true) this.#packages = this.#modules = undefined;
    this.#packages ??= this.#parts.packagesOf(this.id);
    this.#modules?.forget();
    this.runtime.site = 0;
    this.values.reset();
    this.console.reset();
    this.enter();
  }
}

const withOwn = (host: ModuleHost, own: OwnPackages): ModuleHost => ({
  evaluate: (code, id) => host.evaluate(code, id),
  external: (module, index) => own.external(module, index),
  loadLate: (module) => own.loadLate(module),
  require: (module, specifier) => own.require(module, specifier),
  import: (module, specifier) => own.import(module, specifier),
  package: (...asked) => own.package(...asked),
  urlOf: (module) => host.urlOf(module),
});
