/** Programs from text, for the tests of the transforms: loaded as any program is, from unsaved documents. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { compile, type Form, moduleMaker } from "../../src/compiler/compile.ts";
import { printSteps } from "../../src/compiler/emit.ts";
import type { LoadedProgram } from "../../src/compiler/loaded.ts";
import { createNodeHost } from "../../src/compiler/node-host.ts";
import { createProject, type Loading } from "../../src/compiler/project/project.ts";
import { makeSites } from "../../src/compiler/sites.ts";
import type { Step } from "../../src/compiler/steps/step.ts";
import type { CompiledProgram, Diagnostic } from "../../src/protocol/program.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const host = createNodeHost({
  currentDirectory: `${root}test/compiler/nowhere`,
  libraryFolder: `${root}node_modules/typescript/lib`,
  declarationsFolder: `${root}src/std/types`,
});
const project = createProject(host);

export type Texts = Readonly<Record<string, string>>;

/** Loads the first file (`main.ts`), with the others beside it. */
function open(texts: string | Texts): Loading {
  const files = typeof texts === "string" ? { "main.ts": texts } : texts;
  const overlays = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${host.currentDirectory}/${name}`, text]),
  );
  return project.load(Object.keys(overlays)[0], overlays);
}

function load(texts: string | Texts): LoadedProgram {
  const loading = open(texts);
  assert.ok(loading.ok, JSON.stringify(!loading.ok && loading.diagnostics, null, 1));
  return loading.loaded;
}

export function compiled(texts: string | Texts, form: Form = "native"): CompiledProgram {
  const compilation = compile(load(texts), { form });
  assert.ok(compilation.ok, JSON.stringify(compilation.diagnostics, null, 1));
  return compilation.program;
}

export function problems(texts: string | Texts, form: Form = "native"): readonly Diagnostic[] {
  const loading = open(texts);
  return loading.ok ? compile(loading.loaded, { form }).diagnostics : loading.diagnostics;
}

/** The entry after some steps, types and all. */
export function after(steps: readonly Step[], texts: string | Texts): string {
  const loaded = load(texts);
  const module = moduleMaker(loaded, makeSites(), [])(loaded.entry);
  return printSteps(module, steps);
}
