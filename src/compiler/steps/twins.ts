/**
 * The last step of the model form: every function that may stop gets a twin that can be suspended (`protocol/twins.ts`). It
 * runs after TypeScript's own transformations, on the JavaScript that is left; what may stop was decided on the parse
 * trees, over the whole program (`twins/effects.ts`).
 */
import ts from "typescript";
import type { LoadedProgram } from "../loaded.ts";
import type { Module } from "../module.ts";
import { placeIn } from "../place.ts";
import { type Effects, findEffects } from "../twins/effects.ts";
import type { TwinNames } from "../twins/names.ts";
import type { Points } from "../twins/points.ts";
import { twinFile } from "../twins/transform.ts";

/** What of a person's program may stop. */
export function programEffects(loaded: LoadedProgram, pauses: boolean): Effects {
  const own = new Set(loaded.files);
  const shared = new Set<ts.Node>();
  for (const annotations of loaded.annotations.values())
    for (const declaration of annotations.shared) shared.add(declaration);
  return findEffects({
    checker: loaded.checker,
    files: loaded.files,
    isForeign: (file) => !own.has(file),
    known: () => undefined,
    isShared: (declaration) => shared.has(declaration),
    loopsStop: true,
    bodiesStop: pauses,
    isCalledFromOutside: () => false,
  });
}

export function makeTwinNames(module: Module): TwinNames {
  const { names } = module;
  return {
    runtime: names.fresh("twins"),
    result: names.fresh("result"),
    suspended: names.fresh("stopped"),
    fuel: names.fresh("fuel"),
    program: { runtime: names.runtime, module: names.module },
    isFactory: (name) =>
      name.startsWith(names.runtime) && /^[lc]\d+$/.test(name.slice(names.runtime.length)),
    fresh: names.fresh,
  };
}

export function twins(
  module: Module,
  effects: Effects,
  names: TwinNames,
  points: Points,
): ts.TransformerFactory<ts.SourceFile> {
  const point = (node: ts.Node, name: string): number => {
    const original = ts.getParseTreeNode(node) ?? node;
    if (original.pos < 0) return points.add(module.id, 0, 0, name);
    const { line, column } = placeIn(module.file, {
      pos: startOf(original, module.file),
      end: original.end,
    });
    return points.add(module.id, line, column, name);
  };
  return (context) => (file) => twinFile({ effects, names, loopsStop: true, point }, context, file);
}

/** Where a call is said to stand: at the name that is called. What a step has put in stands where what it replaced did. */
function startOf(node: ts.Node, file: ts.SourceFile): number {
  const callee = ts.isCallExpression(node) ? node.expression : node;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : undefined;
  const at = name !== undefined && name.pos >= 0 ? name : node;
  if (ts.getParseTreeNode(at) !== undefined) return at.getStart(file);
  const before = /^\s*/.exec(file.text.slice(at.pos, at.end))?.[0] ?? "";
  return at.pos + before.length;
}
