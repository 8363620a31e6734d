/** The expressions by which emitted code reaches what lies outside a module's own variables. */
import type ts from "typescript";
import type { Target } from "./exports.ts";
import type { Module } from "./module.ts";

/** `$m.boxes.name` of the file that declares the variable. */
export function boxOf(module: Module, target: Target & { kind: "box" }): ts.Expression {
  const { build } = module;
  const record =
    target.file === module.file
      ? build.id(module.names.module)
      : build.callModule("module", build.number(module.imports.of(target.file)));
  return build.get(build.get(record, "boxes"), target.name);
}

/** What is no variable of an own file: `$std.spawn`, `$x0.readFileSync`, `$m.namespace(1)`. */
export function memberOf(module: Module, target: Exclude<Target, { kind: "box" }>): ts.Expression {
  const { build, names } = module;
  switch (target.kind) {
    case "std":
      return member(build.id(names.std(module.stds.of(target.module))), target.name);
    case "external":
      return member(build.id(names.external(module.externals.of(target.specifier))), target.name);
    case "namespace":
      return build.callModule("namespace", build.number(module.imports.of(target.file)));
  }
  function member(object: ts.Expression, name: string | undefined): ts.Expression {
    return name === undefined ? object : build.get(object, name);
  }
}

/** What `export default` gives a name to. */
export const setDefault = (module: Module, value: ts.Expression): ts.Expression =>
  module.build.assign(
    module.build.get(module.build.get(module.build.module("boxes"), "default"), "v"),
    value,
  );
