/**
 * `import * as ns`, used as `ns.name`, stands for the variable of another file: each such name becomes an import of its
 * own, so that a function takes along the one variable and not the whole file.
 */
import ts from "typescript";
import type { Target } from "../exports.ts";
import { place, type Binding, type Scopes } from "./scope.ts";

/** Moves the references over to the new bindings, and answers which expressions now stand for which. */
export function splitNamespaces(
  scopes: Scopes,
  target: (binding: Binding) => Target | undefined,
  resolves: (from: ts.SourceFile, name: string, binding: Binding) => boolean,
): Map<ts.Node, Binding> {
  const members = new Map<ts.Node, Binding>();
  for (const namespace of [...scopes.module.bindings.values()]) {
    const from = namespace.kind === "import" ? target(namespace) : undefined;
    if (from?.kind !== "namespace") continue;
    const split = new Map<string, Binding>();
    for (const reference of [...namespace.references]) {
      const access = reference.identifier.parent;
      if (
        !ts.isPropertyAccessExpression(access) ||
        access.expression !== reference.identifier ||
        !ts.isIdentifier(access.name)
      )
        continue;
      const name = access.name.text;
      const binding = split.get(name) ?? {
        name: freshName(`${namespace.name}_${name}`, scopes),
        kind: "import",
        scope: scopes.module,
        declarations: [],
        references: [],
        constant: true,
        initialised: place(0),
      };
      if (!split.has(name)) {
        if (!resolves(from.file, name, binding)) continue; // not exported: undefined, as the namespace says
        split.set(name, binding);
        scopes.module.bindings.set(binding.name, binding);
      }
      namespace.references.splice(namespace.references.indexOf(reference), 1);
      binding.references.push({ ...reference, binding });
      scopes.bindingOf.set(reference.identifier, binding);
      members.set(access, binding);
    }
  }
  return members;
}

function freshName(stem: string, scopes: Scopes): string {
  let name = stem;
  while (scopes.names.has(name)) name += "_";
  scopes.names.add(name);
  return name;
}
