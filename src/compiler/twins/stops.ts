/**
 * Whether a piece of the final code may stop. What stands for syntax of the person's is asked for in `Effects`; of what the
 * steps put in, the calls of the engine's `$` and `$m` are known.
 */
import ts from "typescript";
import { extendsOf, isStatic } from "./declared.ts";
import type { Effects } from "./effects.ts";
import type { TwinNames } from "./names.ts";
import { bodyCall, taskBody } from "./task-bodies.ts";
import { skip } from "./work.ts";

/** Operations of `ProgramRuntime`. Its other members never stop. */
const OPERATIONS: ReadonlySet<string> = new Set(
  "read write increment method member snapshot end pause".split(" "),
);

export interface Stops {
  /** The code, but for the functions within it. */
  mayStop(node: ts.Node | undefined): boolean;
  callStops(call: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression): boolean;
  readStops(access: ts.PropertyAccessExpression): boolean;
  writeStops(access: ts.Expression): boolean;
  iterationStops(iterable: ts.Expression): boolean;
  patternStops(pattern: ts.Node, value: ts.Node | undefined): boolean;
  targetStops(node: ts.Node): boolean;
  constructionStops(node: ts.ClassLikeDeclaration): boolean;
  staticStops(member: ts.ClassElement): boolean;
}

export function findStops(
  effects: Effects,
  names: TwinNames,
  loopsStop: boolean,
  factories: ReadonlyMap<string, ts.Node>,
): Stops {
  const known = new Map<ts.Node, boolean>();

  const mayStop = (node: ts.Node | undefined): boolean => {
    if (node === undefined) return false;
    let stops = known.get(node);
    if (stops === undefined) {
      known.set(node, false); // a factory that makes itself again
      known.set(node, (stops = find(node)));
    }
    return stops;
  };

  const find = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node)) {
      const { name } = node;
      return name !== undefined && ts.isComputedPropertyName(name) && mayStop(name.expression);
    }
    if (ts.isClassLike(node)) {
      if (mayStop(extendsOf(node))) return true;
      return node.members.some(
        (member) =>
          (member.name !== undefined &&
            ts.isComputedPropertyName(member.name) &&
            mayStop(member.name.expression)) ||
          staticStops(member),
      );
    }
    if (itselfStops(node)) return true;
    if (ts.isBinaryExpression(node) && isAssignment(node) && isPattern(skip(node.left)))
      return targetStops(node.left) || mayStop(node.right);
    if (ts.isForOfStatement(node) && !ts.isVariableDeclarationList(node.initializer))
      return targetStops(node.initializer) || mayStop(node.expression) || mayStop(node.statement);
    return ts.forEachChild(node, (child) => mayStop(child) || undefined) ?? false;
  };

  /** What is evaluated in a target of an assignment; a rest in it goes through nothing. */
  const targetStops = (node: ts.Node): boolean => {
    const inner = skip(node);
    if (ts.isSpreadElement(inner) || ts.isSpreadAssignment(inner))
      return targetStops(inner.expression);
    if (ts.isBinaryExpression(inner)) return targetStops(inner.left) || mayStop(inner.right);
    if (ts.isPropertyAssignment(inner))
      return (
        (ts.isComputedPropertyName(inner.name) && mayStop(inner.name)) ||
        targetStops(inner.initializer)
      );
    if (isPattern(inner))
      return ts.forEachChild(inner, (one) => targetStops(one) || undefined) ?? false;
    if (ts.isPropertyAccessExpression(inner)) return mayStop(inner.expression);
    return ts.isIdentifier(inner) ? false : mayStop(inner);
  };

  const itselfStops = (node: ts.Node): boolean => {
    if (
      ts.isCallExpression(node) ||
      ts.isNewExpression(node) ||
      ts.isTaggedTemplateExpression(node)
    )
      return callStops(node);
    if (ts.isPropertyAccessExpression(node)) return readStops(node);
    if (ts.isForOfStatement(node))
      return node.awaitModifier === undefined && iterationStops(node.expression);
    if (ts.isIterationStatement(node, false)) return loopsStop && !ts.isForInStatement(node);
    if (ts.isSpreadElement(node)) return iterationStops(node.expression);
    if (ts.isYieldExpression(node)) return node.asteriskToken !== undefined;
    if (ts.isVariableDeclaration(node)) return patternStops(node.name, node.initializer);
    if (ts.isBinaryExpression(node)) {
      if (!isAssignment(node)) return false;
      const target = skip(node.left);
      if (ts.isArrayLiteralExpression(target)) return patternStops(target, node.right);
      return writeStops(target as ts.Expression);
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
      return writeStops(node.operand);
    return false;
  };

  const callStops = (
    node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression,
  ): boolean => {
    const callee = skip(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression);
    if (callee.kind === ts.SyntaxKind.ImportKeyword) return false;
    const { program } = names;
    if (ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression)) {
      const of = callee.expression.text;
      if (of === program?.module) return false;
      if (of === program?.runtime) {
        const body = ts.isCallExpression(node) ? taskBody(node) : undefined;
        const isTask = callee.name.text === "task" || callee.name.text === "taskOf";
        if (isTask) return body === undefined || hasTwin({ mayStop, patternStops }, body);
        return OPERATIONS.has(callee.name.text);
      }
      // What a lowered `using` block keeps: `$u.add(…)`.
      if (program !== undefined && of.startsWith(`${program.runtime}u`))
        return callee.name.text === "end";
    }
    if (bodyCall(node) !== undefined) return false;
    if (ts.isFunctionExpression(callee) || ts.isArrowFunction(callee))
      return callee.asteriskToken === undefined && hasTwin({ mayStop, patternStops }, callee);
    if (ts.isIdentifier(callee)) {
      const factory = factories.get(callee.text);
      if (factory !== undefined) return mayStop((factory as ts.ArrowFunction).body);
    }
    if (
      ts.isPropertyAccessExpression(callee) &&
      ts.isPrivateIdentifier(callee.name) &&
      names.isFactory(callee.name.text.slice(1))
    )
      return false;
    const original = ts.getParseTreeNode(node);
    if (
      original !== undefined &&
      (ts.isCallExpression(original) ||
        ts.isNewExpression(original) ||
        ts.isTaggedTemplateExpression(original))
    )
      return effects.callStops(original);
    return true;
  };

  const readStops = (node: ts.PropertyAccessExpression): boolean => {
    if (ts.isIdentifier(node.expression)) {
      const of = node.expression.text;
      if (of === names.program?.runtime || of === names.program?.module) return false;
    }
    const original = ts.getParseTreeNode(node);
    if (original !== undefined && ts.isPropertyAccessExpression(original))
      return effects.readStops(original);
    return ts.isIdentifier(node.name) && effects.nameReadStops(node.name.text);
  };

  const writeStops = (target: ts.Expression): boolean => {
    const inner = skip(target);
    if (!ts.isPropertyAccessExpression(inner)) return false;
    const name = ts.isPrivateIdentifier(inner.name) ? inner.name.text : inner.name.text;
    return effects.nameWriteStops(name);
  };

  const iterationStops = (iterable: ts.Expression): boolean => {
    const inner = skip(iterable);
    const original = ts.getParseTreeNode(iterable) ?? ts.getParseTreeNode(inner);
    if (original !== undefined && ts.isExpression(original))
      return effects.iterationStops(original);
    return !ts.isArrayLiteralExpression(inner) && !isArguments(inner);
  };

  const patternStops = (pattern: ts.Node, value: ts.Node | undefined): boolean => {
    if (ts.isArrayLiteralExpression(pattern))
      return value === undefined || iterationStops(value as ts.Expression);
    if (!ts.isArrayBindingPattern(pattern)) return false;
    const original = ts.getParseTreeNode(pattern);
    if (original !== undefined) return effects.patternStops(original);
    return value === undefined || iterationStops(value as ts.Expression);
  };

  const constructionStops = (node: ts.ClassLikeDeclaration): boolean => {
    const original = ts.getParseTreeNode(node);
    if (original !== undefined && ts.isClassLike(original) && effects.stops(original)) return true;
    return node.members.some(
      (member) =>
        (ts.isConstructorDeclaration(member) && member.body !== undefined && bodyStops(member)) ||
        (ts.isPropertyDeclaration(member) && !isStatic(member) && mayStop(member.initializer)),
    );
  };

  const bodyStops = (node: ts.ConstructorDeclaration): boolean =>
    node.parameters.some((one) => mayStop(one.name) || mayStop(one.initializer)) ||
    mayStop(node.body);

  const staticStops = (member: ts.ClassElement): boolean => {
    if (ts.isClassStaticBlockDeclaration(member)) return mayStop(member.body);
    return ts.isPropertyDeclaration(member) && isStatic(member) && mayStop(member.initializer);
  };

  return {
    mayStop,
    callStops,
    readStops,
    writeStops,
    iterationStops,
    patternStops,
    targetStops,
    constructionStops,
    staticStops,
  };
}

/** Whether a function gets a twin. */
export function hasTwin(
  stops: Pick<Stops, "mayStop" | "patternStops">,
  node: ts.FunctionLikeDeclaration,
): boolean {
  if (node.body === undefined) return false;
  return (
    stops.mayStop(node.body) ||
    node.parameters.some(
      (one) =>
        stops.mayStop(one.initializer) ||
        stops.mayStop(one.name) ||
        stops.patternStops(one.name, undefined),
    )
  );
}

const isPattern = (node: ts.Node): boolean =>
  ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);

const isArguments = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === "arguments";

export const isAssignment = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
