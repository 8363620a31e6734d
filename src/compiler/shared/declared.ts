/** Which variables are `@shared`: declared so here, or in the file that an import leads to. */
import ts from "typescript";
import type { Resolver, Target } from "../exports.ts";
import type { LoadedProgram } from "../loaded.ts";
import type { Binding } from "../scopes/scope.ts";

/** The declaration of a `@shared` variable that a binding stands for; nothing for other variables. */
export function sharedDeclaration(
  loaded: LoadedProgram,
  resolver: Resolver,
  file: ts.SourceFile,
  binding: Binding,
  target: Target | undefined,
): ts.VariableDeclaration | undefined {
  if (binding.kind !== "import") return ofBinding(loaded, file, binding);
  if (target?.kind !== "box") return undefined;
  for (const [declared, name] of resolver.exportsOf(target.file).boxName)
    if (name === target.name) return ofBinding(loaded, target.file, declared);
  return undefined;
}

function ofBinding(
  loaded: LoadedProgram,
  file: ts.SourceFile,
  binding: Binding,
): ts.VariableDeclaration | undefined {
  const shared = loaded.annotations.get(file)?.shared;
  return binding.declarations
    .filter(ts.isVariableDeclaration)
    .find((declaration) => shared?.has(declaration));
}
