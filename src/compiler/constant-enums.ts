/** Enums that are the same wherever they are made: TypeScript knows the value of each member. */
import ts from "typescript";
import type { LoadedProgram } from "./loaded.ts";
import { isAmbient } from "./scopes/declare.ts";
import type { Binding, Scopes } from "./scopes/scope.ts";

export function isConstantEnum(loaded: LoadedProgram, node: ts.EnumDeclaration): boolean {
  return node.members.every((member) => loaded.checker.getConstantValue(member) !== undefined);
}

/** Those of the top level with one declaration. */
export function findConstantEnums(loaded: LoadedProgram, scopes: Scopes): Set<Binding> {
  const found = new Set<Binding>();
  for (const binding of scopes.module.bindings.values()) {
    const declaration = binding.declarations[0];
    if (
      binding.kind === "enum" &&
      binding.declarations.length === 1 &&
      ts.isEnumDeclaration(declaration) &&
      !isAmbient(declaration) &&
      isConstantEnum(loaded, declaration)
    )
      found.add(binding);
  }
  return found;
}
