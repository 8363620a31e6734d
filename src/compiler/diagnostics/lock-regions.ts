/**
 * Where in a function's text a lock may be held, told with care: from the place where it is taken to the end of the block that
 * gives it back, or to the function's end where that is not plain. Whatever else the function does with the lock, or with a guard
 * that it was given, may hold it anywhere.
 */
import ts from "typescript";
import { bare, isWithin, symbolOf } from "./captures.ts";
import { calledMember, stdTypeName } from "./std-calls.ts";

/** A stretch of the text: offsets. */
export interface Region {
  readonly start: number;
  readonly end: number;
  /** It is held for reading alone. */
  readonly reads: boolean;
  /** It is given back at the end of the block for certain. */
  readonly plain: boolean;
}

/** What takes a lock and gives a guard. */
const TAKES = new Set(
  "lock tryLock lockFor read tryRead readFor write tryWrite writeFor".split(" "),
);
const READS = new Set(["read", "tryRead", "readFor"]);
/** What looks at a lock and leaves it as it is. */
const LOOKS = new Set(["isPoisoned", "clearPoison"]);
const GUARDS = new Set(["MutexGuard", "ReadGuard", "WriteGuard"]);

export function isGuardType(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => GUARDS.has(stdTypeName(part) ?? ""));
}

/**
 * `lock`: where it is declared. `body`: a function, or a file for what stands at its top level; functions within have their own
 * regions. `leaves`: whether what is called may come back with the lock held. O(the body's text).
 */
export function regionsOf(
  lock: ts.VariableDeclaration,
  body: ts.Node,
  checker: ts.TypeChecker,
  leaves: (call: ts.CallExpression) => boolean,
): Region[] {
  const regions: Region[] = [];
  const isParameterGuard =
    ts.isFunctionLike(body) &&
    body.parameters.some((one) => isGuardType(checker.getTypeAtLocation(one)));
  if (isParameterGuard) return [everywhere(body)];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isFunctionLike(node)) return;
    if (ts.isIdentifier(node)) {
      const region = regionFrom(node, lock, body, checker);
      if (region !== undefined) regions.push(region);
    }
    if (ts.isCallExpression(node) && leaves(node)) regions.push(onward(node, body));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return regions;
}

const everywhere = (body: ts.Node): Region => ({
  ...{ start: body.pos, end: body.end, reads: false, plain: false },
});

/** What the use of a name has to do with holding the lock. */
function regionFrom(
  use: ts.Identifier,
  lock: ts.VariableDeclaration,
  body: ts.Node,
  checker: ts.TypeChecker,
): Region | undefined {
  const declaration = symbolOf(use, checker)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  if (declaration !== lock) return fromElsewhere(use, declaration, body, checker);
  if (declaration.name === use) return undefined;
  const { parent } = use;
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === use ? parent : null;
  if (member !== null && LOOKS.has(member.name.text)) return undefined;
  const taken = member?.parent;
  if (member === null || taken === undefined || !ts.isCallExpression(taken))
    return onward(use, body);
  const name = calledMember(taken, checker)?.name ?? "";
  if (!TAKES.has(name)) return onward(use, body);
  const reads = READS.has(name);
  const block = blockOfUsing(taken);
  if (block === undefined) return { ...onward(use, body), reads };
  return { start: taken.end, end: block.end, reads, plain: true };
}

/** A guard that was not taken here by name may be this lock's. */
function fromElsewhere(
  use: ts.Identifier,
  declaration: ts.VariableDeclaration,
  body: ts.Node,
  checker: ts.TypeChecker,
): Region | undefined {
  if (!isGuardType(checker.getTypeAtLocation(use))) return undefined;
  if (!isWithin(declaration, body)) return everywhere(body);
  const made = declaration.initializer && bare(declaration.initializer);
  const isTaken =
    made !== undefined &&
    ts.isCallExpression(made) &&
    TAKES.has(calledMember(made, checker)?.name ?? "");
  return isTaken ? undefined : onward(use, body);
}

/** From the outermost loop around to the function's end. */
function onward(use: ts.Node, body: ts.Node): Region {
  let start = use.getStart();
  for (let at: ts.Node = use; at !== body; at = at.parent) {
    if (ts.isIterationStatement(at, false)) start = at.getStart();
  }
  return { start, end: body.end, reads: false, plain: false };
}

/** The block at whose end `using guard = m.lock()` gives back what this call has taken. */
function blockOfUsing(call: ts.CallExpression): ts.Node | undefined {
  let value: ts.Node = call;
  while (ts.isExpression(value.parent) && bare(value.parent) === call) value = value.parent;
  const declaration = value.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== value) return undefined;
  const list = declaration.parent;
  const isUsing = (list.flags & ts.NodeFlags.BlockScoped) === (ts.NodeFlags.Using as number);
  return isUsing && ts.isVariableStatement(list.parent) ? list.parent.parent : undefined;
}
