/**
 * Which functions and classes are lifted to the module's level, and what each takes along.
 *
 * Lifted is whatever could leave its thread as a value. Left in place, as the closures they are, stay functions that
 * only their own thread can call: callbacks of the language's own library (`array.map`), immediately invoked ones,
 * accessors, members of classes (the class is lifted as a whole), and those that cannot stand elsewhere: with `super`,
 * in a namespace, an arrow that waits for `super()` to give it its `this`.
 */
import ts from "typescript";
import type { Binding, ClassNode, Frame, Scopes } from "./scope.ts";
import { withOuter } from "./syntax.ts";

/** A function or class that is made by a factory from its environment. */
export interface Literal {
  readonly frame: Frame;
  readonly index: number;
  /** The variables it takes along, in order of first use. */
  readonly captures: readonly Binding[];
  readonly takesThis: boolean;
  readonly takesArguments: boolean;
  readonly takesNewTarget: boolean;
  /** The class whose `#private` names it uses: its factory stands within that class, which it takes along first. */
  readonly within: ClassNode | undefined;
}

export interface Literals {
  readonly lifted: readonly Literal[];
  readonly of: ReadonlyMap<ts.Node, Literal>;
}

/**
 * `isLibraryCall` tells whether a call goes to a declaration of TypeScript's own library; `travels` whether a binding is
 * a variable that has to be taken along at all (members of modules are at hand everywhere).
 */
export function findLiterals(
  scopes: Scopes,
  isLibraryCall: (call: ts.CallExpression | ts.NewExpression) => boolean,
  travels: (binding: Binding) => boolean,
): Literals {
  const frames = scopes.frames.filter((frame) => isLifted(frame, isLibraryCall));
  const liftedNodes = new Set(frames.map(({ node }) => node));
  for (const frame of [...frames]) {
    // A factory within a class needs a name for the class: its own, or one that the class's own factory gives.
    const within = innermost(frame);
    if (within !== undefined && within.name === undefined && !liftedNodes.has(within))
      frames.splice(frames.indexOf(frame), 1);
  }
  const captures = new Map<Frame, Set<Binding>>(frames.map((frame) => [frame, new Set()]));
  for (const identifier of inOrder(scopes.bindingOf.keys())) {
    const binding = scopes.bindingOf.get(identifier)!;
    if (!travels(binding)) continue;
    for (const reference of binding.references)
      if (reference.identifier === identifier)
        for (const frame of framesBetween(reference.frame, binding))
          captures.get(frame)?.add(binding);
  }
  const lifted = frames.map((frame, index): Literal => {
    const borrows = frame.kind === "arrow" || frame.kind === "class";
    return {
      frame,
      index,
      captures: [...captures.get(frame)!],
      takesThis: borrows && frame.usesThis,
      takesArguments: borrows && frame.usesArguments,
      takesNewTarget: borrows && frame.usesNewTarget,
      within: innermost(frame),
    };
  });
  return { lifted, of: new Map(lifted.map((literal) => [literal.frame.node, literal])) };
}

/**
 * The frames that a variable has to be carried into to be at hand in `from`, innermost first. A function that is the
 * variable's own value for good has itself at hand.
 */
export function* framesBetween(from: Frame, binding: Binding): Generator<Frame> {
  for (
    let frame: Frame | undefined = from;
    frame !== undefined && frame !== binding.scope.frame && frame !== binding.literal;
    frame = frame.parent
  )
    yield frame;
}

function isLifted(
  frame: Frame,
  isLibraryCall: (call: ts.CallExpression | ts.NewExpression) => boolean,
): boolean {
  const { node } = frame;
  if (inNamespace(frame)) return false;
  if (frame.kind === "class") return !frame.suspends && !frame.usesSuper;
  if (ts.isFunctionDeclaration(node)) return true;
  if (ts.isMethodDeclaration(node))
    return ts.isObjectLiteralExpression(node.parent) && !frame.usesSuper;
  if (ts.isArrowFunction(node)) {
    if (frame.usesSuper || (frame.usesThis && awaitsSuper(frame))) return false;
  } else if (!ts.isFunctionExpression(node)) return false;
  const outer = withOuter(node);
  const { parent } = outer;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    if (parent.expression === outer) return ts.isNewExpression(parent);
    return !(isCallback(parent, outer) && isLibraryCall(parent));
  }
  return true;
}

/**
 * Where functions of the language's library take a callback that they call and do not keep, by argument. All others may
 * put what they are given where another thread finds it (`array.push`, `map.set`, `Object.assign`).
 */
const CALLBACKS: ReadonlyMap<string, readonly number[]> = new Map([
  ...["forEach", "map", "filter", "flatMap", "some", "every", "sort", "toSorted"].map(first),
  ...["find", "findIndex", "findLast", "findLastIndex", "reduce", "reduceRight"].map(first),
  ...["catch", "finally", "Promise"].map(first),
  ...["from", "fromAsync", "groupBy", "replace", "replaceAll", "parse", "stringify"].map(second),
  ["then", [0, 1]],
]);

function first(name: string): readonly [string, readonly number[]] {
  return [name, [0]];
}

function second(name: string): readonly [string, readonly number[]] {
  return [name, [1]];
}

function isCallback(call: ts.CallExpression | ts.NewExpression, argument: ts.Node): boolean {
  const { expression } = call;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  const places = ts.isIdentifier(name) ? CALLBACKS.get(name.text) : undefined;
  return places?.some((place) => call.arguments?.[place] === argument) ?? false;
}

/** Of the classes whose `#private` names a literal uses; it has the others in scope. */
const innermost = (frame: Frame): ClassNode | undefined =>
  [...frame.privates].sort((a, b) => b.pos - a.pos)[0];

function inNamespace(frame: Frame): boolean {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent)
    if (at.kind === "namespace") return true;
  return false;
}

/** Whether `this` may not exist yet where an arrow is made: in a derived constructor, up to its last `super()`. */
function awaitsSuper(arrow: Frame): boolean {
  let owner: Frame | undefined = arrow;
  while (owner?.kind === "arrow") owner = owner.parent;
  if (owner === undefined || !ts.isConstructorDeclaration(owner.node)) return false;
  let last = -1;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
      last = Math.max(last, node.end);
    if (!ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(owner.node, visit);
  return arrow.node.pos < last;
}

const inOrder = (identifiers: Iterable<ts.Identifier>): ts.Identifier[] =>
  [...identifiers].sort((a, b) => a.pos - b.pos);
