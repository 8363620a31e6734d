/**
 * Where each variable lives in the emitted code: in an ordinary variable where that cannot be told from sharing it, else
 * in a box.
 *
 * A lifted function takes a variable along *by value* if nothing can assign it after the function was made and it is
 * certainly initialised there, both read off the text: never assigned beside its declaration, declared before the
 * outermost function between the two. The variable of a `for (let …)` header that only the header changes counts as
 * never assigned, since each turn of the loop has a variable of its own.
 */
import ts from "typescript";
import { framesBetween, type Literals } from "./literals.ts";
import type { Binding, Frame, Scopes } from "./scope.ts";

/**
 * The variables that need a box. Only those that `travel` with functions can; `forced` are those that live in one
 * anyway: exported and imported ones.
 */
export function findBoxed(
  scopes: Scopes,
  literals: Literals,
  travels: (binding: Binding) => boolean,
  forced: (binding: Binding) => boolean,
): Set<Binding> {
  const boxed = new Set<Binding>();
  for (const scope of scopes.scopeOf.values())
    for (const binding of scope.bindings.values())
      if (travels(binding) && (forced(binding) || needsBox(binding, literals))) boxed.add(binding);
  return wholePatterns(boxed, scopes);
}

function needsBox(binding: Binding, literals: Literals): boolean {
  if (binding.kind === "self" || binding.kind === "member") return false;
  let carried = false;
  for (const reference of binding.references) {
    let outermost: Frame | undefined;
    let lifted = false;
    for (const frame of framesBetween(reference.frame, binding)) {
      outermost = frame;
      lifted ||= literals.of.has(frame.node);
    }
    if (!lifted || outermost === undefined) continue;
    carried = true;
    const withinItself = binding.literal !== undefined && outermost.parent === binding.literal;
    if (!withinItself && outermost.created <= binding.initialised) return true;
    if (inOwnHeader(outermost.node, binding)) return true;
  }
  return (
    carried &&
    binding.references.some(
      (reference) => reference.write && !byHeader(reference.identifier, binding),
    )
  );
}

const headerOf = (binding: Binding): ts.ForStatement | undefined =>
  binding.scope.kind === "loop" && ts.isForStatement(binding.scope.node)
    ? binding.scope.node
    : undefined;

/** A write in the header itself, not in a closure there. */
function byHeader(identifier: ts.Identifier, binding: Binding): boolean {
  const loop = headerOf(binding);
  return (
    loop !== undefined &&
    identifier.pos < loop.statement.pos &&
    binding.references.some(
      (reference) => reference.identifier === identifier && reference.frame === binding.scope.frame,
    )
  );
}

/** A function made in the header would see what the header does afterwards. */
function inOwnHeader(node: ts.Node, binding: Binding): boolean {
  const loop = headerOf(binding);
  return (
    loop !== undefined &&
    node.pos < loop.statement.pos &&
    binding.references.some((reference) => reference.write)
  );
}

/** A pattern that declares is turned into one that assigns as a whole: one box in it makes all its names boxes. */
function wholePatterns(boxed: Set<Binding>, scopes: Scopes): Set<Binding> {
  const byDeclaration = new Map<ts.Node, Binding[]>();
  for (const scope of scopes.scopeOf.values())
    for (const binding of scope.bindings.values())
      for (const declaration of binding.declarations)
        if (ts.isVariableDeclaration(declaration) && !ts.isCatchClause(declaration.parent)) {
          const known = byDeclaration.get(declaration);
          if (known === undefined) byDeclaration.set(declaration, [binding]);
          else known.push(binding);
        }
  for (let grown = true; grown;) {
    grown = false;
    for (const bindings of byDeclaration.values()) {
      if (!bindings.some((binding) => boxed.has(binding))) continue;
      for (const binding of bindings)
        if (!boxed.has(binding)) {
          boxed.add(binding);
          grown = true;
        }
    }
  }
  return boxed;
}
