/**
 * The compiler's pipeline: a loaded program in, a compiled one out. Each file goes through `STEPS`, in order.
 *
 * The model form has one step more, `twins`, on the JavaScript that is left in the end; the debug form has another,
 * `probes`, once shared variables are told from others.
 *
 * Type errors never stop a compilation; syntax errors, and our own diagnostics that say so, do.
 */
import type ts from "typescript";
import { tell } from "../base/catalogue/message.ts";
import { TRANSFORM_MESSAGES } from "../base/catalogue/transform.ts";
import type {
  Compilation,
  CompiledModule,
  Condition,
  DeclaredThread,
  Diagnostic,
} from "../protocol/program.ts";
import { emitModule } from "./emit.ts";
import { makeResolver, type Resolver } from "./exports.ts";
import type { LoadedProgram } from "./loaded.ts";
import { makeModule, type Module } from "./module.ts";
import { placeIn } from "./place.ts";
import { analyseScopes } from "./scopes/analyse.ts";
import type { Scopes } from "./scopes/scope.ts";
import { withGuards } from "./guards.ts";
import { makeSites, type Sites } from "./sites.ts";
import { conditionReads } from "./steps/conditions.ts";
import { classes } from "./steps/classes.ts";
import { labels } from "./steps/labels.ts";
import { lift } from "./steps/lift.ts";
import { moduleForm } from "./steps/module-form.ts";
import { probes, type ProbeTables } from "./steps/probes.ts";
import { shared } from "./steps/shared.ts";
import { sites } from "./steps/sites.ts";
import type { Step } from "./steps/step.ts";
import { tasks } from "./steps/tasks.ts";
import { makeTwinNames, programEffects, twins } from "./steps/twins.ts";
import { using } from "./steps/using.ts";
import { variables } from "./steps/variables.ts";
import { unsuspendable } from "./twins/diagnose.ts";
import type { Effects } from "./twins/effects.ts";
import { makePoints, type Points } from "./twins/points.ts";

export const STEPS: readonly Step[] = [
  moduleForm,
  shared,
  labels,
  classes,
  sites,
  using,
  variables,
  lift,
];

/**
 * For which engine: the model's has twins; so has that of green threads, which the native engine runs; the debug form has probes
 * and places to pause beside.
 */
export type Form = "native" | "model" | "green" | "debug";

export interface CompileOptions {
  readonly form: Form;
}

export function compile(
  loaded: LoadedProgram,
  { form }: CompileOptions = { form: "native" },
): Compilation {
  const diagnostics: Diagnostic[] = [...loaded.diagnostics];
  if (diagnostics.some((one) => one.stops)) return { ok: false, diagnostics };
  const table = makeSites();
  const points = makePoints();
  const isModel = form !== "native";
  const effects = isModel ? programEffects(loaded, form === "debug") : undefined;
  const tables: ProbeTables = { points, pauses: [], scopes: [] };
  const steps =
    form === "debug" ? STEPS.toSpliced(STEPS.indexOf(labels), 0, probes(tables)) : STEPS;
  if (isModel) diagnostics.push(...unsuspendable(loaded));
  const modules: Module[] = [];
  const emitted: CompiledModule[] = [];
  const makeOne = moduleMaker(loaded, table, diagnostics);
  for (const file of loaded.files) {
    try {
      const module = makeOne(file);
      modules.push(module);
      emitted.push(compileModule(module, steps, effects, points));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // a stack overflow: the text is to blame, not we
      diagnostics.push({
        ...tell(TRANSFORM_MESSAGES.tooDeep, {}),
        severity: "error",
        file: loaded.idOf(file),
        ...placeIn(file, { pos: 0, end: 0 }),
        stops: true,
      });
    }
  }
  if (diagnostics.some((one) => one.stops)) return { ok: false, diagnostics };
  // Each has a site of its own, which is made here.
  const threads = modules.flatMap(declaredThreads);
  return {
    ok: true,
    diagnostics,
    program: {
      entry: loaded.idOf(loaded.entry),
      options: loaded.annotations.get(loaded.entry)?.options ?? {},
      modules: emitted,
      sites: withGuards(table.rows, loaded),
      threads,
      finals: modules.flatMap((module) => conditions(module, "finals")),
      invariants: modules.flatMap((module) => conditions(module, "invariants")),
      sources: loaded.files.map((file) => ({ file: loaded.idOf(file), text: file.text })),
      ...(isModel ? { form: form === "green" ? form : "model", points: points.rows } : {}),
      ...(form === "debug" ? { probes: { scopes: tables.scopes, pauses: tables.pauses } } : {}),
    },
  };
}

/** Makes the modules of a program, each from the scopes of its file and what the others export. */
export function moduleMaker(
  loaded: LoadedProgram,
  table: Sites,
  diagnostics: Diagnostic[],
): (file: ts.SourceFile) => Module {
  const known = new Map<ts.SourceFile, Scopes>();
  const scopesOf = (file: ts.SourceFile): Scopes => {
    const scopes = known.get(file) ?? analyseScopes(file);
    known.set(file, scopes);
    return scopes;
  };
  const resolver: Resolver = makeResolver(loaded, scopesOf);
  return (file) => makeModule(loaded, file, scopesOf(file), resolver, table, diagnostics);
}

function compileModule(
  module: Module,
  steps: readonly Step[],
  effects: Effects | undefined,
  points: Points,
): CompiledModule {
  const names = effects && makeTwinNames(module);
  const twinned = effects && names ? [twins(module, effects, names, points)] : [];
  const last = { parameter: names?.runtime, steps: [tasks(module), ...twinned] };
  const { code, map } = emitModule(module, steps, last);
  return {
    id: module.id,
    code,
    map,
    externals: module.externals.items.map((specifier) => ({
      specifier,
      inBodies: usesInBodies(module, specifier),
    })),
    imports: module.imports.items.map((file) => module.loaded.idOf(file)),
    requests: module.loaded.requestedBy(module.file).map((file) => module.loaded.idOf(file)),
    exports: module.resolver.namesOf(module.file),
  };
}

function usesInBodies(module: Module, specifier: string): boolean {
  for (const binding of module.scopes.module.bindings.values()) {
    const target = module.target(binding);
    if (target?.kind !== "external" || target.specifier !== specifier) continue;
    if (binding.references.some(({ frame }) => frame.kind !== "module")) return true;
  }
  return false;
}

function declaredThreads(module: Module): DeclaredThread[] {
  return module.annotations.threads.flatMap(({ declaration, name, count }, index) => {
    const at = declaration.name ?? declaration;
    const range = { pos: at.getStart(module.file), end: at.end };
    const site = module.site(range, "thread", name);
    return Array.from({ length: count }, () => ({ module: module.id, index, name, count, site }));
  });
}

function conditions(module: Module, kind: "finals" | "invariants"): Condition[] {
  const { annotations, file, id } = module;
  const before = kind === "finals" ? 0 : annotations.finals.length;
  return annotations[kind].map((condition, index) => {
    const { line, column } = placeIn(file, condition);
    return {
      module: id,
      index: before + index,
      text: condition.text,
      place: { file: id, line, column },
      reads: conditionReads(module, condition),
    };
  });
}
