/** What the parts of the variables step share. */
import type ts from "typescript";
import type { Module } from "../module.ts";
import type { Binding } from "../scopes/scope.ts";

export interface VariablesVisitor {
  readonly module: Module;
  readonly visit: <T extends ts.Node>(node: T) => T;
  readonly visitChildren: <T extends ts.Node>(node: T) => T;
  /** Function declarations met in the scope at hand, transformed, by their originals. */
  readonly functions: Map<ts.Node, ts.FunctionDeclaration>;
  /** Functions whose parameters are moved into their bodies, as earlier steps left them. */
  readonly unfolding: Map<ts.Node, readonly ts.ParameterDeclaration[]>;
  readonly isBoxedDeclaration: (declaration: ts.VariableDeclaration) => boolean;
  /** What replaces a declaration whose names live in boxes: an assignment, or nothing. */
  readonly assignDeclared: (
    declaration: ts.VariableDeclaration,
    keepsNothing: boolean,
  ) => ts.Expression | undefined;
}

/** `x = $.box(x)`: for names that stay declared where they were, parameters and caught errors. */
export function boxInPlace(module: Module, { name }: Binding): ts.Statement {
  const { build } = module;
  return build.statement(build.assign(build.id(name), build.callRuntime("box", build.id(name))));
}
