/** What stands for a variable where it is used. */
import ts from "typescript";
import type { Module } from "../module.ts";
import { memberOf } from "../references.ts";
import type { Binding, Frame, Reference } from "../scopes/scope.ts";

export function isBoxed(module: Module, declared: ts.Identifier): boolean {
  const binding = module.scopes.bindingOf.get(declared);
  return binding !== undefined && module.boxed.has(binding);
}

/** What replaces an identifier that uses a variable; nothing where it stays as it is. */
export function expressionOf(module: Module, identifier: ts.Identifier): ts.Expression | undefined {
  const used = module.used(identifier);
  if (used === undefined) return globalOf(module, identifier);
  const binding = "binding" in used ? used.binding : used;
  if (binding.kind === "member") return enumMember(module, binding);
  const target = module.target(binding);
  if (target !== undefined && target.kind !== "box") {
    if (target.kind === "namespace") return undefined; // a constant of main
    return ts.setTextRange(memberOf(module, target), identifier);
  }
  if (!module.boxed.has(binding)) return undefined;
  if ("frame" in used && isWithinItself(module, used)) return undefined;
  return ts.setTextRange(plainReference(module, binding), identifier);
}

/** Within an enum its members are names; an enum lowered by us knows them as its properties. */
function enumMember(module: Module, { declarations, name }: Binding): ts.Expression | undefined {
  const member = declarations[0];
  if (!ts.isEnumMember(member)) return undefined;
  return module.build.get(module.build.id(member.parent.name.text), name);
}

/** `x.v`, or the member of a module that an import means. */
export function plainReference(module: Module, binding: Binding): ts.Expression {
  const target = module.target(binding);
  if (target !== undefined && target.kind !== "box") return memberOf(module, target);
  return module.build.get(module.build.id(module.boxNameOf(binding)), "v");
}

/** A lifted function has itself at hand under its own name, whatever box others find it in. */
function isWithinItself(module: Module, { binding, frame }: Reference): boolean {
  if (binding.literal === undefined || !module.literals.of.has(binding.literal.node)) return false;
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent)
    if (at === binding.literal) return true;
  return false;
}

/** Names that Node gives a module of its own. */
function globalOf(module: Module, identifier: ts.Identifier): ts.Expression | undefined {
  if (!module.scopes.unresolved.has(identifier)) return undefined;
  const { build } = module;
  switch (identifier.text) {
    case "require":
      return build.module("require");
    case "__filename":
      return build.get(build.module("meta"), "filename");
    case "__dirname":
      return build.get(build.module("meta"), "dirname");
    default:
      return undefined;
  }
}
