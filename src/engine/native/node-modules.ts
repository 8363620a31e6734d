/**
 * How a worker of Node evaluates the person's modules and loads what they import from npm and from Node. A package is
 * resolved from the person's file by Node's own rules, and loaded once in each thread that may need it.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { types } from "node:util";
import vm from "node:vm";
import { resolve } from "import-meta-resolve";
import type { CompiledModule, CompiledProgram } from "../../protocol/program.ts";
import { inEvaluationOrder } from "../program/evaluation-order.ts";
import type { ModuleHost } from "../program/modules.ts";

export class NodeModuleHost implements ModuleHost {
  readonly #loaded = new Map<CompiledModule, Record<string, unknown>[]>();
  /** All that were loaded, by the file that `import` takes. */
  readonly #byUrl = new Map<string, Record<string, unknown>>();
  readonly #replaced = new Map<string, Record<string, unknown>>();
  /** Files that are evaluated late, of whose imports something cannot be loaded. */
  readonly #failed = new Map<CompiledModule, unknown>();

  /** From here on the program finds this where it asks for that module of Node's. */
  replace(name: string, namespace: Record<string, unknown>): void {
    this.#replaced.set(`node:${name}`, namespace);
  }

  /**
   * Loads what the thread may need before any of the person's code runs: `main` needs everything that the files import which are
   * evaluated first, and other files when they are. `ahead`: what these import is loaded too, as nobody can wait for it later.
   */
  async load(program: CompiledProgram, main: boolean, ahead = false): Promise<void> {
    const byId = new Map(program.modules.map((module) => [module.id, module]));
    const compiledOf = (id: string): CompiledModule => byId.get(id)!;
    const early = new Set(inEvaluationOrder(compiledOf(program.entry), compiledOf));
    for (const module of program.modules) {
      if (early.has(module)) await this.#load(module, main);
      else if (ahead || !main)
        await this.#load(module, ahead).catch((error: unknown) => this.#failed.set(module, error));
    }
  }

  async #load(module: CompiledModule, all: boolean): Promise<void> {
    const namespaces = this.#loaded.get(module) ?? [];
    this.#loaded.set(module, namespaces);
    for (const [index, { specifier, inBodies }] of module.externals.entries()) {
      if ((!all && !inBodies) || namespaces[index] !== undefined) continue;
      const url = this.resolve(module, specifier);
      const namespace = await load(url);
      namespaces[index] = namespace;
      this.#byUrl.set(url, namespace);
    }
  }

  loadLate(module: CompiledModule): Promise<void> | undefined {
    if (this.#failed.has(module)) throw this.#failed.get(module);
    const known = this.#loaded.get(module);
    const isThere = (index: number): boolean =>
      known?.[index] !== undefined ||
      this.#replacedAt(module.externals[index].specifier) !== undefined;
    return module.externals.every((_, index) => isThere(index))
      ? undefined
      : this.#load(module, true);
  }

  evaluate(code: string, id: string): ReturnType<ModuleHost["evaluate"]> {
    return new vm.Script(code, { filename: id }).runInThisContext() as ReturnType<
      ModuleHost["evaluate"]
    >;
  }

  external(module: CompiledModule, index: number): Record<string, unknown> {
    // A thread that got no code which uses it was not given it; the definition alone never looks at it.
    const replaced = this.#replacedAt(module.externals[index].specifier);
    if (replaced !== undefined) return replaced;
    return this.#loaded.get(module)?.[index] ?? {};
  }

  #replacedAt(specifier: string): Record<string, unknown> | undefined {
    return this.#replaced.get(specifier.startsWith("node:") ? specifier : `node:${specifier}`);
  }

  require(module: CompiledModule, specifier: string): unknown {
    const replaced = this.#replacedAt(specifier);
    if (replaced !== undefined) return replaced["default"];
    const require = createRequire(this.urlOf(module));
    const exported: unknown = require(specifier);
    // A package may have another file for `require` than for `import`: then its classes are others, too.
    const url = pathToFileURL(require.resolve(specifier)).href;
    if (this.resolveIfAny(module, specifier) === url) this.#byUrl.set(url, namespaceOf(exported));
    return exported;
  }

  async import(module: CompiledModule, specifier: string): Promise<unknown> {
    const replaced = this.#replacedAt(specifier);
    if (replaced !== undefined) return replaced;
    const url = this.resolve(module, specifier);
    const namespace = await load(url);
    this.#byUrl.set(url, namespace);
    return namespace;
  }

  package(
    module: CompiledModule,
    specifier: string,
    load: boolean,
  ): Record<string, unknown> | undefined {
    const url = this.resolve(module, specifier);
    if (url.startsWith("node:")) return undefined;
    const known = this.#byUrl.get(url);
    if (known !== undefined || !load) return known;
    // By its file, so that it is the one that `import` would take.
    const exported: unknown = createRequire(this.urlOf(module))(fileURLToPath(url));
    const namespace = namespaceOf(exported);
    this.#byUrl.set(url, namespace);
    return namespace;
  }

  /** The namespace of a module of Node's own. */
  builtin(module: CompiledModule, specifier: string): Record<string, unknown> {
    return this.#replacedAt(specifier) ?? namespaceOf(createRequire(this.urlOf(module))(specifier));
  }

  /** What was loaded from there. */
  loaded(url: string): Record<string, unknown> {
    const known = this.#byUrl.get(url);
    if (known === undefined) throw new RangeError(`${url} is not loaded`);
    return known;
  }

  urlOf(module: CompiledModule): string {
    return pathToFileURL(path.resolve(module.id)).href;
  }

  /** Where a package's file lies, or `node:…`. Throws where there is none. */
  resolve(module: CompiledModule, specifier: string): string {
    return specifier.startsWith("node:") ? specifier : resolve(specifier, this.urlOf(module));
  }

  resolveIfAny(module: CompiledModule, specifier: string): string | undefined {
    try {
      return this.resolve(module, specifier);
    } catch {
      // A package for `require` alone.
      return undefined;
    }
  }
}

/** What `require` gives, as `import` would. */
export function namespaceOf(exported: unknown): Record<string, unknown> {
  if (types.isModuleNamespaceObject(exported)) return exported as Record<string, unknown>;
  return { ...(exported as object), default: exported };
}

/** JSON needs to be asked for by name, which TypeScript does not demand of a program. */
function load(url: string): Promise<Record<string, unknown>> {
  const isJson = new URL(url).pathname.endsWith(".json");
  const loading: Promise<unknown> = isJson ? import(url, { with: { type: "json" } }) : import(url);
  return loading as Promise<Record<string, unknown>>;
}
