/**
 * From a parse tree and steps to the text of a module: TypeScript runs the steps before its own erasing of types, prints
 * the result with its map, and the text is wrapped into the function expression that the engines call.
 */
import ts from "typescript";
import type { Module } from "./module.ts";
import type { Step } from "./steps/step.ts";

export interface EmittedText {
  readonly code: string;
  /** Version 3, JSON. */
  readonly map: string;
}

/** Steps on the final JavaScript. */
export interface LastSteps {
  readonly steps: readonly ts.TransformerFactory<ts.SourceFile>[];
  /** A third parameter, if their code takes one. */
  readonly parameter?: string | undefined;
}

export function emitModule(module: Module, steps: readonly Step[], last: LastSteps): EmittedText {
  let code: string | undefined;
  let map: string | undefined;
  module.loaded.program.emit(
    module.file,
    (name, text) => {
      if (name.endsWith(".map")) map = text;
      else code = text;
    },
    undefined,
    false,
    {
      before: steps.map((step) => step.transform(module)),
      after: [...last.steps],
    },
  );
  if (code === undefined || map === undefined)
    throw new Error(`TypeScript emitted nothing for ${module.id}: were its options EMIT_OPTIONS?`);
  return wrap(module, code, map, last.parameter);
}

function wrap(
  module: Module,
  code: string,
  map: string,
  parameter: string | undefined,
): EmittedText {
  const { names } = module;
  const body = code
    .replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n")
    // What TypeScript leaves of a module whose imports and exports are gone.
    .replace(/(^|\n)export \{\};\n+$/, "$1");
  const parsed = JSON.parse(map) as { mappings: string; names: string[] };
  const parameters = [names.runtime, names.module, ...(parameter === undefined ? [] : [parameter])];
  return {
    code: `(function (${parameters.join(", ")}) { "use strict";\n${body}})`,
    map: JSON.stringify({
      version: 3,
      file: module.id,
      sources: [module.id],
      names: parsed.names,
      mappings: `;${parsed.mappings}`, // one line more
    }),
  };
}

/** What a file looks like after some steps, before types are erased: for tests and for looking. */
export function printSteps(module: Module, steps: readonly Step[]): string {
  const { transformed } = ts.transform(
    module.file,
    steps.map((step) => step.transform(module)),
  );
  return ts.createPrinter({ newLine: ts.NewLineKind.LineFeed }).printFile(transformed[0]);
}
