/**
 * The step that makes the debug form: before each statement a place to pause, and for each scope a probe that reads and
 * writes its variables.
 *
 *     function pay(n) { const $p = $.scope(3, ($k) => { switch ($k) { case 0: return n; } }, …); $.pause(7, $p); …
 *
 * It comes early, so that what it names goes through the later steps as if the person had written it: boxes, captured values,
 * lowered blocks. A probe names what is at hand where it stands: a lifted function's environment
 * holds what the function uses, and nothing else. So probes make no closure larger, and change no meaning.
 *
 * Left out: functions, classes and enums as variables, `this` in arrows, the variables of a `switch`, statements in static
 * blocks and field initialisers. `@shared` variables are shown from memory: to read them would be an event.
 */
import ts from "typescript";
import type { ProbedName, ProbedScope } from "../../protocol/program.ts";
import type { Module } from "../module.ts";
import { placeIn } from "../place.ts";
import { framesBetween } from "../scopes/literals.ts";
import type { Binding, Frame, Scope } from "../scopes/scope.ts";
import type { Points } from "../twins/points.ts";
import type { Step } from "./step.ts";

const { factory } = ts;

/** What the step fills: places to pause, and the rows that probes are described by. */
export interface ProbeTables {
  readonly points: Points;
  /** Rows of `Points` at which a person's statement begins. */
  readonly pauses: number[];
  readonly scopes: ProbedScope[];
}

export const probes = (tables: ProbeTables): Step => ({
  name: "probes",
  does: "puts places to pause and probes of scopes in",
  transform: (module) => (context) => (file) => insertProbes(module, tables, context, file),
});

/** Where we are: the probe around, and the function. */
interface Around {
  readonly probe: string | undefined;
  readonly frame: Frame;
  readonly name: string;
}

function insertProbes(
  module: Module,
  { points, pauses, scopes }: ProbeTables,
  context: ts.TransformationContext,
  file: ts.SourceFile,
): ts.SourceFile {
  const { build, names } = module;
  const key = names.fresh("k");
  const value = names.fresh("w");

  const pauseAt = (node: ts.Node, around: Around): ts.Statement => {
    const { line, column } = placeIn(module.file, { pos: node.getStart(file), end: node.end });
    const point = points.add(module.id, line, column, around.name);
    pauses.push(point);
    const probe = around.probe === undefined ? build.undefined() : build.id(around.probe);
    return build.statement(build.callRuntime("pause", build.number(point), probe));
  };

  /** The names of `all` that can be named in `frame`. */
  const atHand = (all: Iterable<Binding>, frame: Frame): Binding[] =>
    [...all].filter((binding) => isShown(module, binding) && isAtHand(module, binding, frame));

  /** `const $p3 = $.scope(…)`, if there is something to see: the statement and the name to go on with. */
  const scopeOf = (
    scope: Scope,
    around: Around,
  ): { readonly declared: ts.Statement[]; readonly around: Around } => {
    const known = new Set<string>();
    const bindings: { readonly binding: Binding; readonly of: ProbedName["of"] }[] = [];
    const enter = (list: readonly Binding[], of: ProbedName["of"]): void => {
      for (const binding of list) {
        if (known.has(binding.name)) continue;
        known.add(binding.name);
        bindings.push({ binding, of });
      }
    };
    const isFunction = scope.kind === "function" || scope.kind === "module";
    enter(atHand(scope.bindings.values(), scope.frame), ofScope(scope));
    // A loop's variables are seen from its body.
    const loop = scope.parent;
    if (loop?.kind === "loop" || loop?.kind === "catch")
      enter(atHand(loop.bindings.values(), scope.frame), "local");
    if (isFunction && isLiftedIn(module, scope.frame))
      for (let at = scope.parent; at !== undefined; at = at.parent)
        enter(
          atHand(at.bindings.values(), scope.frame),
          at.kind === "module" ? "module" : "closure",
        );
    const self = scope.kind === "function" && hasThis(scope.frame.node);
    if (bindings.length === 0 && !self) return { declared: [], around };
    const row: ProbedName[] = bindings.map(({ binding, of }) => ({
      name: binding.name,
      of,
      canSet: canSet(module, binding),
    }));
    if (self) row.push({ name: "this", of: "local", canSet: false });
    const reads = bindings.map(({ binding }) => returns(module.use(binding)));
    if (self) reads.push(returns(factory.createThis()));
    const writes = bindings.map(({ binding }, index) =>
      row[index].canSet
        ? build.statement(build.assign(module.use(binding), build.id(value)))
        : undefined,
    );
    const probe = names.fresh("p");
    const parameters: ts.Expression[] = [
      build.number(scopes.push({ names: row }) - 1),
      build.arrow([key], build.block([choosing(reads)])),
      writes.some((one) => one !== undefined)
        ? build.arrow([key, value], build.block([choosing(writes)]))
        : build.undefined(),
    ];
    if (around.probe !== undefined && !(isFunction && isLiftedIn(module, scope.frame)))
      parameters.push(build.id(around.probe));
    return {
      declared: [build.constant(probe, build.callRuntime("scope", ...parameters))],
      around: { ...around, probe },
    };
  };

  const returns = (expression: ts.Expression): ts.Statement =>
    factory.createReturnStatement(expression);

  /** `switch ($k) { case 0: … case 1: … }` */
  const choosing = (cases: readonly (ts.Statement | undefined)[]): ts.Statement =>
    factory.createSwitchStatement(
      build.id(key),
      factory.createCaseBlock(
        cases.flatMap((one, index) =>
          one === undefined
            ? []
            : [
                factory.createCaseClause(build.number(index), [
                  one,
                  ...(ts.isReturnStatement(one) ? [] : [factory.createReturnStatement()]),
                ]),
              ],
        ),
      ),
    );

  const visitIn =
    (around: Around): ts.Visitor =>
    (node) =>
      isLoneBody(node) ? loneBody(node as ts.Statement, around) : within(node, around);

  /** A block of its own, which sees what the loop around it declares. */
  const loneBody = (node: ts.Statement, around: Around): ts.Block => {
    const loop = module.scopes.scopeOf.get(ts.getOriginalNode(node).parent);
    const inner = loop?.kind === "loop" ? scopeOf(loop, around) : { declared: [], around };
    return build.block([...inner.declared, ...listed([node], inner.around)]);
  };

  const within = (node: ts.Node, around: Around): ts.Node => {
    const original = ts.getOriginalNode(node);
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isModuleDeclaration(node) || ts.isEnumDeclaration(node)) return node;
    if (ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node))
      return unpaused(node, around);
    if (isOwnFunction(node)) return inFunction(node, around);
    if (ts.isBlock(node)) {
      const scope = module.scopes.scopeOf.get(original);
      const inner = scope === undefined ? { declared: [], around } : scopeOf(scope, around);
      const statements = listed(node.statements, inner.around);
      return factory.updateBlock(node, [...inner.declared, ...statements]);
    }
    if (ts.isCaseOrDefaultClause(node)) {
      const statements = listed(node.statements, around);
      return ts.isCaseClause(node)
        ? factory.updateCaseClause(node, visitExpression(node.expression, around), statements)
        : factory.updateDefaultClause(node, statements);
    }
    return ts.visitEachChild(node, visitIn(around), context);
  };

  /** Functions in it are probed; its own statements are not paused at. */
  const unpaused = (node: ts.Node, around: Around): ts.Node => {
    const visit: ts.Visitor = (inner) =>
      isOwnFunction(inner)
        ? inFunction(inner, { ...around, probe: undefined })
        : ts.visitEachChild(inner, visit, context);
    return ts.visitEachChild(node, visit, context);
  };

  const visitExpression = (node: ts.Expression, around: Around): ts.Expression =>
    ts.visitNode(node, visitIn(around)) as ts.Expression;

  const listed = (statements: readonly ts.Statement[], around: Around): ts.Statement[] =>
    statements.flatMap((statement): ts.Statement[] => {
      const made = within(statement, around) as ts.Statement;
      const original = ts.getParseTreeNode(statement);
      if (original === undefined || !isPausedAt(original)) return [made];
      return [pauseAt(original, around), made];
    });

  const inFunction = (node: ts.FunctionLikeDeclaration, outer: Around): ts.Node => {
    const original = ts.getOriginalNode(node) as ts.FunctionLikeDeclaration;
    const frame = module.scopes.frameOf.get(original) ?? outer.frame;
    const scope = module.scopes.scopeOf.get(original);
    const name = functionName(original);
    const lifted = isLiftedIn(module, frame);
    const around = { frame, name, probe: lifted ? undefined : outer.probe };
    const { declared, around: inner } =
      scope === undefined ? { declared: [], around } : scopeOf(scope, around);
    const visit: ts.Visitor = (child) => {
      // What stands in the parameters is lifted with the function, away from the probes around it.
      if (child !== node.body) return ts.visitNode(child, visitIn(around));
      if (ts.isBlock(child)) {
        const [directives, rest] = splitDirectives(child.statements);
        return factory.updateBlock(child, [...directives, ...declared, ...listed(rest, inner)]);
      }
      const result = visitExpression(child as ts.Expression, inner);
      const returned = ts.setTextRange(factory.createReturnStatement(result), child);
      const paused = pauseAt(original.body!, inner);
      return ts.setTextRange(build.block([...declared, paused, returned]), child);
    };
    return ts.visitEachChild(node, visit, context);
  };

  const { frame } = module.scopes.module;
  return ts.visitEachChild(file, visitIn({ frame, probe: undefined, name: "" }), context);
}

/** A function of the person's, not one that an earlier step has put in. */
function isOwnFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return (
    ts.isFunctionLike(node) &&
    "body" in node &&
    node.body !== undefined &&
    ts.getParseTreeNode(node) !== undefined
  );
}

const ofScope = ({ kind }: Scope): ProbedName["of"] => (kind === "module" ? "module" : "local");

function isShown(module: Module, binding: Binding): boolean {
  if (module.shared.has(binding) || binding.literal !== undefined) return false;
  switch (binding.kind) {
    case "variable":
    case "var":
    case "parameter":
    case "catch":
      return true;
    case "import":
      return module.target(binding)?.kind === "box";
    default:
      return false;
  }
}

/** Whether a variable can be named in a function: nothing lifted between the two goes without it. */
function isAtHand(module: Module, binding: Binding, frame: Frame): boolean {
  for (const between of framesBetween(frame, binding)) {
    const literal = module.literals.of.get(between.node);
    if (literal !== undefined && !literal.captures.includes(binding)) return false;
    if (between.kind === "namespace") return false;
  }
  return true;
}

/** A value that is captured by value is one copy a closure: to change one would change none of the others. */
function canSet(module: Module, binding: Binding): boolean {
  if (binding.constant || binding.kind === "import") return false;
  if (module.boxed.has(binding)) return true;
  const carried = binding.references.some((reference) => {
    for (const frame of framesBetween(reference.frame, binding))
      if (module.literals.of.has(frame.node)) return true;
    return false;
  });
  return !carried;
}

/** Whether a function stands, or is moved, where the probes around it in the text are out of sight. */
function isLiftedIn(module: Module, frame: Frame): boolean {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent)
    if (module.literals.of.has(at.node)) return at === frame || at.kind === "class";
  return false;
}

const hasThis = (node: ts.Node): boolean =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isAccessor(node);

function isPausedAt(node: ts.Node): boolean {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.some(({ initializer }) => initializer !== undefined);
  return !(
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isExportAssignment(node) ||
    ts.isEmptyStatement(node) ||
    ts.isBlock(node)
  );
}

/** The one statement that is the body of an `if` or a loop. */
function isLoneBody(node: ts.Node): boolean {
  const original = ts.getParseTreeNode(node);
  if (original === undefined || !ts.isStatement(original) || ts.isBlock(original)) return false;
  const { parent } = original;
  if (ts.isIfStatement(parent))
    return original !== parent.elseStatement || !ts.isIfStatement(original);
  return ts.isIterationStatement(parent, false) && parent.statement === original;
}

function splitDirectives(
  statements: readonly ts.Statement[],
): [readonly ts.Statement[], readonly ts.Statement[]] {
  const end = statements.findIndex(
    (one) => !(ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression)),
  );
  const at = end < 0 ? statements.length : end;
  return [statements.slice(0, at), statements.slice(at)];
}

/** What a person calls the function: empty where it has no name. */
function functionName(node: ts.FunctionLikeDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return `new ${node.parent.name?.text ?? "class"}`;
  const name = node.name ?? nameFromPlace(node);
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))
    ? name.text
    : "";
}

function nameFromPlace({ parent }: ts.Node): ts.Node | undefined {
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
    ? parent.name
    : undefined;
}
