/** What a scope begins with: its boxes, then its function declarations, in order. */
import ts from "typescript";
import type { Module } from "../module.ts";
import { boxOf, setDefault } from "../references.ts";
import type { Binding, Scope } from "../scopes/scope.ts";
import { guardOf, isUnfolded, unfoldedParameters } from "./parameters.ts";
import { boxInPlace, type VariablesVisitor } from "./variables-visitor.ts";

const { factory } = ts;

export function scopeStart(visitor: VariablesVisitor, scope: Scope): ts.Statement[] {
  const { module } = visitor;
  const boxes: ts.Statement[] = [];
  for (const binding of scope.bindings.values()) {
    const box = makeBox(module, binding);
    if (box !== undefined) boxes.push(box);
  }
  return [
    ...guardOf(module, scope.node),
    ...boxes,
    ...unfoldedParameters(visitor, scope.node),
    ...createFunctions(visitor, scope),
  ];
}

function makeBox(module: Module, binding: Binding): ts.Statement | undefined {
  const { build, exports } = module;
  const target = module.target(binding);
  if (target?.kind === "namespace" && binding.references.length > 0)
    return build.constant(
      binding.name,
      build.callModule("namespace", build.number(module.imports.of(target.file))),
    );
  if (!module.boxed.has(binding)) return undefined;
  if (binding.kind === "catch" || binding.scope.kind === "loop") return undefined; // made there
  if (binding.kind === "parameter" && !isUnfolded(module, binding.scope.node))
    return boxInPlace(module, binding);
  const name = module.boxNameOf(binding);
  if (target?.kind === "box")
    return binding.references.length === 0
      ? undefined
      : build.constant(name, boxOf(module, target));
  const exported = exports.boxName.get(binding);
  if (exported !== undefined)
    return build.constant(name, build.get(build.module("boxes"), exported));
  // A `var` can be read before its first assignment; the others must not be.
  return build.constant(
    name,
    binding.kind === "var" ? build.callRuntime("box", build.undefined()) : build.callRuntime("box"),
  );
}

function createFunctions(visitor: VariablesVisitor, scope: Scope): ts.Statement[] {
  const { module } = visitor;
  const { build } = module;
  const created: ts.Statement[] = [];
  const last = new Map<string | undefined, ts.FunctionDeclaration>();
  for (const declaration of scope.functions) last.set(declaration.name?.text, declaration);
  for (const declaration of scope.functions) {
    if (last.get(declaration.name?.text) !== declaration) continue;
    if (!module.literals.of.has(declaration)) continue;
    const value = asExpression(visitor.functions.get(declaration)!);
    const binding = declaration.name && module.scopes.bindingOf.get(declaration.name);
    const at = <T extends ts.Node>(node: T): T => ts.setTextRange(node, declaration);
    if (binding === undefined) created.push(at(build.statement(setDefault(module, value))));
    else if (module.boxed.has(binding))
      created.push(
        at(build.statement(build.assign(build.get(build.id(binding.name), "v"), value))),
      );
    else if (binding.kind === "function")
      created.push(
        at(
          build.constant(
            binding.name,
            value,
            binding.literal === undefined ? ts.NodeFlags.Let : ts.NodeFlags.Const,
          ),
        ),
      );
    // The name is a `var` or a parameter as well.
    else if (binding.kind === "var")
      created.push(at(build.constant(binding.name, value, ts.NodeFlags.None)));
    else created.push(at(build.statement(build.assign(build.id(binding.name), value))));
  }
  return created;
}

function asExpression(declaration: ts.FunctionDeclaration): ts.FunctionExpression {
  const expression = factory.createFunctionExpression(
    declaration.modifiers?.filter(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) as
      ts.Modifier[] | undefined,
    declaration.asteriskToken,
    declaration.name,
    declaration.typeParameters,
    declaration.parameters,
    declaration.type,
    declaration.body!,
  );
  return ts.setOriginalNode(ts.setTextRange(expression, declaration), declaration);
}
