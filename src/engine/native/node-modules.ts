/**
 * How a worker of Node evaluates the person's modules and loads what they import from npm and from Node. A package is
 * resolved from the person's file by Node's own rules, and loaded once in each thread that may need it.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { resolve } from "import-meta-resolve";
import type { CompiledModule, CompiledProgram } from "../../protocol/program.ts";
import type { ModuleHost } from "../program/modules.ts";

export class NodeModuleHost implements ModuleHost {
  readonly #loaded = new Map<CompiledModule, Record<string, unknown>[]>();

  /** Loads what the thread may need before any of the person's code runs: `main` needs everything. */
  async load(program: CompiledProgram, main: boolean): Promise<void> {
    for (const module of program.modules) {
      const namespaces: Record<string, unknown>[] = [];
      this.#loaded.set(module, namespaces);
      for (const [index, { specifier, inBodies }] of module.externals.entries()) {
        if (!main && !inBodies) continue;
        namespaces[index] = await load(this.#resolve(module, specifier));
      }
    }
  }

  evaluate(code: string, id: string): ReturnType<ModuleHost["evaluate"]> {
    return new vm.Script(code, { filename: id }).runInThisContext() as ReturnType<
      ModuleHost["evaluate"]
    >;
  }

  external(module: CompiledModule, index: number): Record<string, unknown> {
    // A thread that got no code which uses it was not given it; the definition alone never looks at it.
    return this.#loaded.get(module)?.[index] ?? {};
  }

  require(module: CompiledModule, specifier: string): unknown {
    return createRequire(this.urlOf(module))(specifier);
  }

  import(module: CompiledModule, specifier: string): Promise<unknown> {
    return load(this.#resolve(module, specifier));
  }

  urlOf(module: CompiledModule): string {
    return pathToFileURL(path.resolve(module.id)).href;
  }

  #resolve(module: CompiledModule, specifier: string): string {
    return specifier.startsWith("node:") ? specifier : resolve(specifier, this.urlOf(module));
  }
}

/** JSON needs to be asked for by name, which TypeScript does not demand of a program. */
function load(url: string): Promise<Record<string, unknown>> {
  const isJson = new URL(url).pathname.endsWith(".json");
  const options: ImportCallOptions = isJson ? { with: { type: "json" } } : {};
  return import(url, options) as Promise<Record<string, unknown>>;
}
