/**
 * What the model engine needs of the world, in a worker of a browser: evaluating text, and showing values as Node does. There
 * are no packages and no modules of Node's: the compiler has said so before a program that imports one gets here.
 */
import { formatWithOptions } from "node-inspect-extracted";
import { COMPILER_MESSAGES } from "../../base/catalogue/compiler.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { CompiledModule } from "../../protocol/program.ts";
import type { ModelHost } from "../model/prepared.ts";

/** Evaluates in the global scope, whatever surrounds the call. */
const evaluateGlobally = globalThis.eval;

export class BrowserModelHost implements ModelHost {
  evaluate(code: string, id: string): ReturnType<ModelHost["evaluate"]> {
    return evaluateGlobally(`(${code}\n)\n//# sourceURL=${id}`) as ReturnType<
      ModelHost["evaluate"]
    >;
  }

  external(module: CompiledModule, index: number): Record<string, unknown> {
    return refuse(module, module.externals[index].specifier);
  }

  loadLate(): undefined {
    return undefined;
  }

  require(module: CompiledModule, specifier: string): unknown {
    return refuse(module, specifier);
  }

  import(module: CompiledModule, specifier: string): never {
    return refuse(module, specifier);
  }

  package(): undefined {
    return undefined;
  }

  urlOf(module: CompiledModule): string {
    return module.id;
  }

  format(values: readonly unknown[]): string {
    return formatWithOptions({ colors: false }, ...values);
  }
}

function refuse(module: CompiledModule, specifier: string): never {
  const { message } = tell(COMPILER_MESSAGES.notInBrowser, { specifier });
  throw new Error(`${message} (${module.id})`);
}
