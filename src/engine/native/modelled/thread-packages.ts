/**
 * The npm packages of one thread in one modelled run: instances of its own (SEMANTICS, Values), loaded when the thread's modules
 * are first asked for. Main of the first run has what the worker has loaded before, so that a package which can only be loaded
 * by waiting is there at least once: all share that one.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { CompiledModule } from "../../../protocol/program.ts";
import type { OwnPackages } from "../../model/context.ts";
import { namespaceOf, type NodeModuleHost } from "../node-modules.ts";
import { hasHooks, isModule, leaveRealm, PackageRealm } from "./package-realm.ts";

type Namespace = Record<string, unknown>;

export interface Loading {
  /** Whether a thread is being given its packages. */
  isLoading: boolean;
}

/** Those that the worker has loaded. */
export class FirstPackages implements OwnPackages {
  readonly isUsed = true;
  readonly #host: NodeModuleHost;

  constructor(host: NodeModuleHost) {
    this.#host = host;
  }

  enter(): void {
    leaveRealm();
  }

  external(module: CompiledModule, index: number): Namespace {
    return this.#host.external(module, index);
  }

  loadLate(module: CompiledModule): PromiseLike<unknown> | undefined {
    return this.#host.loadLate(module);
  }

  require(module: CompiledModule, specifier: string): unknown {
    return this.#host.require(module, specifier);
  }

  /** At once: nobody in a modelled run can wait for what comes from outside. */
  import(module: CompiledModule, specifier: string): unknown {
    return this.package(module, specifier, true) ?? this.#host.builtin(module, specifier);
  }

  package(module: CompiledModule, specifier: string, load: boolean): Namespace | undefined {
    return this.#host.package(module, specifier, load);
  }
}

export class ThreadPackages implements OwnPackages {
  readonly #host: NodeModuleHost;
  readonly #isMain: boolean;
  readonly #loading: Loading;
  readonly #byUrl = new Map<string, Namespace>();
  /** Files of which this thread runs the top-level code. */
  readonly #evaluated = new Set<CompiledModule>();
  #realm: PackageRealm | undefined;

  constructor(host: NodeModuleHost, isMain: boolean, loading: Loading) {
    this.#loading = loading;
    this.#host = host;
    this.#isMain = isMain;
  }

  get isUsed(): boolean {
    return this.#realm !== undefined;
  }

  enter(): void {
    if (this.#realm === undefined) leaveRealm();
    else this.#realm.enter();
  }

  external(module: CompiledModule, index: number): Namespace {
    const { specifier, inBodies } = module.externals[index];
    // As on a real thread: no code that crosses uses it.
    if (!this.#isMain && !inBodies && !this.#evaluated.has(module)) return {};
    const loading = this.#loading;
    const before = loading.isLoading;
    loading.isLoading = true;
    try {
      return this.package(module, specifier, true) ?? this.#host.external(module, index);
    } finally {
      loading.isLoading = before;
    }
  }

  /** Loading is at once, when it is asked for. */
  loadLate(module: CompiledModule): undefined {
    this.#evaluated.add(module);
  }

  require(module: CompiledModule, specifier: string): unknown {
    (this.#realm ??= new PackageRealm()).enter();
    const require = createRequire(this.#host.urlOf(module));
    const exported: unknown = require(specifier);
    // A package may have another file for `require` than for `import`: then its classes are others, too.
    const url = pathToFileURL(require.resolve(specifier)).href;
    if (this.#host.resolveIfAny(module, specifier) === url)
      this.#byUrl.set(url, namespaceOf(exported));
    return exported;
  }

  import(module: CompiledModule, specifier: string): unknown {
    return this.package(module, specifier, true) ?? this.#host.builtin(module, specifier);
  }

  package(module: CompiledModule, specifier: string, load: boolean): Namespace | undefined {
    const url = this.#host.resolve(module, specifier);
    if (!url.startsWith("file:")) return undefined;
    let known = this.#byUrl.get(url);
    if (known === undefined && load) this.#byUrl.set(url, (known = this.#load(url)));
    return known;
  }

  #load(url: string): Namespace {
    if (!hasHooks && isModule(url)) return this.#host.loaded(url);
    const exported = (this.#realm ??= new PackageRealm()).load(url);
    if (exported === undefined) return this.#host.loaded(url);
    return url.endsWith(".json") ? { default: exported } : namespaceOf(exported);
  }
}
