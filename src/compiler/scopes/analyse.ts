/**
 * The scope analysis: one walk over a file's parse tree. On entering a scope everything that it declares is entered
 * first, so that each identifier is resolved when it is met. Types, labels and property names are not variables and are
 * passed over.
 *
 * Left out: direct `eval`, and `var` in a function body that shadows a parameter of the same name as a second variable
 * (they count as one).
 */
import ts from "typescript";
import {
  boundNames,
  isAmbient,
  isConstant,
  isInstantiated,
  isLexical,
  usingKind,
} from "./declare.ts";
import { declareStatements, declareVars, scopeStart } from "./hoist.ts";
import { isAssignment, skipOuter } from "./syntax.ts";
import { makeTables } from "./tables.ts";
import {
  place,
  type Binding,
  type ClassNode,
  type Frame,
  type FunctionNode,
  type Scope,
  type ScopeKind,
  type Scopes,
} from "./scope.ts";

/** Linear in the size of the file, but for resolving names through the scopes around them. */
export function analyseScopes(file: ts.SourceFile): Scopes {
  const tables = makeTables(file);
  const { frameOf, bindingOf, scopeOf, names, classes } = tables;
  const { enterFrame, enterScope, declare, refer, markUpwards, usePrivate } = tables;
  let awaits = false;

  const visitList = (nodes: readonly ts.Node[] | undefined, scope: Scope, frame: Frame): void => {
    nodes?.forEach((node) => visit(node, scope, frame));
  };

  const visitFunction = (node: FunctionNode, scope: Scope, frame: Frame): void => {
    if (node.body === undefined) return;
    visitDecorators(node, scope, frame);
    if (node.name !== undefined && !ts.isIdentifier(node.name)) visit(node.name, scope, frame);
    const created = ts.isFunctionDeclaration(node)
      ? place(scopeStart(scope), scope.functions.indexOf(node) + 1)
      : place(node.getStart(file));
    const own = enterFrame(ts.isArrowFunction(node) ? "arrow" : "function", node, frame, created);
    let around = scope;
    if (ts.isFunctionExpression(node) && node.name !== undefined) {
      around = enterScope("self", node, scope, own);
      declare(around, node.name, "self", node, place(0), true);
    }
    const inner = enterScope("function", node, around, own);
    for (const parameter of node.parameters)
      for (const name of boundNames(parameter.name))
        if (name.text !== "this")
          declare(inner, name, "parameter", parameter, place(parameter.end));
    if (ts.isBlock(node.body)) {
      declareVars(tables, node.body, inner);
      declareStatements(tables, node.body.statements, inner);
    }
    for (const parameter of node.parameters) {
      visitDecorators(parameter, scope, frame);
      visitBindingName(parameter.name, inner, own);
      if (parameter.initializer !== undefined) visit(parameter.initializer, inner, own);
    }
    if (ts.isBlock(node.body)) visitList(node.body.statements, inner, own);
    else visit(node.body, inner, own);
  };

  const visitDecorators = (node: ts.Node, scope: Scope, frame: Frame): void => {
    if (ts.canHaveDecorators(node)) visitList(ts.getDecorators(node), scope, frame);
  };

  /** Within a class, enum or namespace its name is a constant of its own; the outer name is known already. */
  const declareWithin = (
    scope: Scope,
    name: ts.Identifier,
    kind: "self" | "member" = "member",
  ): void => {
    const outer = bindingOf.get(name);
    declare(scope, name, kind, scope.node, place(0), true);
    if (outer !== undefined) bindingOf.set(name, outer);
  };

  const visitClass = (node: ClassNode, scope: Scope, frame: Frame): void => {
    visitDecorators(node, scope, frame);
    const own = enterFrame("class", node, frame);
    const inner = enterScope("class", node, scope, own);
    if (node.name !== undefined) {
      declareWithin(inner, node.name, "self");
    }
    const privates = new Set<string>();
    for (const member of node.members)
      if (member.name !== undefined && ts.isPrivateIdentifier(member.name))
        privates.add(member.name.text);
    for (const clause of node.heritageClauses ?? [])
      if (clause.token === ts.SyntaxKind.ExtendsKeyword)
        for (const type of clause.types) visit(type.expression, inner, own);
    classes.push({ node, privates });
    for (const member of node.members) visitMember(member, inner, own);
    classes.pop();
  };

  const visitMember = (member: ts.ClassElement, scope: Scope, frame: Frame): void => {
    if (isAmbient(member)) return;
    if (ts.isClassStaticBlockDeclaration(member)) {
      const own = enterFrame("initialiser", member, frame);
      const inner = enterScope("function", member, scope, own);
      declareVars(tables, member.body, inner);
      declareStatements(tables, member.body.statements, inner);
      visitList(member.body.statements, inner, own);
    } else if (ts.isPropertyDeclaration(member)) {
      visitDecorators(member, scope, frame);
      if (ts.isComputedPropertyName(member.name)) visit(member.name, scope, frame);
      if (member.initializer !== undefined) {
        const own = enterFrame("initialiser", member, frame);
        visit(member.initializer, enterScope("function", member, scope, own), own);
      }
    } else if (
      ts.isMethodDeclaration(member) ||
      ts.isAccessor(member) ||
      ts.isConstructorDeclaration(member)
    ) {
      visitFunction(member, scope, frame);
    }
  };

  /** The expressions in a pattern that declares: computed keys and defaults. */
  const visitBindingName = (name: ts.BindingName, scope: Scope, frame: Frame): void => {
    if (ts.isIdentifier(name)) return;
    for (const element of name.elements) {
      if (!ts.isBindingElement(element)) continue;
      if (element.propertyName !== undefined && ts.isComputedPropertyName(element.propertyName))
        visit(element.propertyName, scope, frame);
      visitBindingName(element.name, scope, frame);
      if (element.initializer !== undefined) visit(element.initializer, scope, frame);
    }
  };

  /** What is assigned: names and patterns in it are written, everything else in it is read. */
  const visitTarget = (node: ts.Node, scope: Scope, frame: Frame): void => {
    const target = skipOuter(node);
    if (ts.isIdentifier(target)) {
      names.add(target.text);
      refer(target, scope, frame, true);
    } else if (ts.isArrayLiteralExpression(target)) {
      for (const element of target.elements) visitTarget(element, scope, frame);
    } else if (ts.isSpreadElement(target)) {
      visitTarget(target.expression, scope, frame);
    } else if (ts.isObjectLiteralExpression(target)) {
      for (const property of target.properties) {
        if (ts.isShorthandPropertyAssignment(property)) {
          names.add(property.name.text);
          refer(property.name, scope, frame, true);
          if (property.objectAssignmentInitializer !== undefined)
            visit(property.objectAssignmentInitializer, scope, frame);
        } else if (ts.isPropertyAssignment(property)) {
          if (ts.isComputedPropertyName(property.name)) visit(property.name, scope, frame);
          visitTarget(property.initializer, scope, frame);
        } else if (ts.isSpreadAssignment(property)) visitTarget(property.expression, scope, frame);
      }
    } else if (
      ts.isBinaryExpression(target) &&
      target.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ) {
      visitTarget(target.left, scope, frame);
      visit(target.right, scope, frame);
    } else visit(target, scope, frame);
  };

  const visitBlock = (
    kind: ScopeKind,
    node: ts.Node,
    statements: readonly ts.Statement[],
    scope: Scope,
    frame: Frame,
  ): void => {
    const inner = enterScope(kind, node, scope, frame);
    declareStatements(tables, statements, inner);
    if (ts.isCaseBlock(node)) visitList(node.clauses, inner, frame);
    else visitList(statements, inner, frame);
  };

  const visitLoop = (
    node: ts.ForStatement | ts.ForInOrOfStatement,
    scope: Scope,
    frame: Frame,
  ): void => {
    const inner = enterScope("loop", node, scope, frame);
    const head = node.initializer;
    if (head !== undefined && ts.isVariableDeclarationList(head) && isLexical(head)) {
      for (const declaration of head.declarations)
        for (const name of boundNames(declaration.name)) {
          const from = ts.isForStatement(node) ? declaration.end : node.expression.end;
          declare(inner, name, "variable", declaration, place(from), isConstant(head));
        }
    }
    if (!ts.isForStatement(node)) {
      if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) awaitAt(frame);
      if (ts.isVariableDeclarationList(node.initializer)) visit(node.initializer, inner, frame);
      else visitTarget(node.initializer, inner, frame);
      visit(node.expression, inner, frame);
    } else {
      if (head !== undefined) visit(head, inner, frame);
      if (node.condition !== undefined) visit(node.condition, inner, frame);
      if (node.incrementor !== undefined) visit(node.incrementor, inner, frame);
    }
    visit(node.statement, inner, frame);
  };

  const awaitAt = (frame: Frame): void => {
    if (frame.kind === "module") awaits = true;
    if (frame.kind === "class") {
      frame.suspends = true;
      if (frame.parent !== undefined) awaitAt(frame.parent);
    }
  };

  const visit = (node: ts.Node, scope: Scope, frame: Frame): void => {
    if (ts.isIdentifier(node)) {
      names.add(node.text);
      return refer(node, scope, frame, false);
    }
    if (ts.isExpressionWithTypeArguments(node)) return visit(node.expression, scope, frame);
    if (ts.isTypeNode(node) || ts.isTypeParameterDeclaration(node)) return;
    if (ts.isStatement(node) && isAmbient(node)) return;
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node))
      return visitFunction(node, scope, frame);
    if (ts.isMethodDeclaration(node) || ts.isAccessor(node))
      return visitFunction(node, scope, frame);
    if (ts.isClassLike(node)) return visitClass(node, scope, frame);
    if (SAYS_NOTHING.has(node.kind)) return;
    if (node.kind === ts.SyntaxKind.ThisKeyword) return markUpwards(frame, "usesThis");
    if (node.kind === ts.SyntaxKind.SuperKeyword) {
      markUpwards(frame, "usesThis");
      return markUpwards(frame, "usesSuper");
    }
    if (ts.isMetaProperty(node)) {
      if (node.keywordToken === ts.SyntaxKind.NewKeyword) markUpwards(frame, "usesNewTarget");
      return;
    }
    if (ts.isPrivateIdentifier(node)) return usePrivate(node.text, frame); // `#name in object`
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) awaitAt(frame);
    if (ts.isPropertyAccessExpression(node)) {
      visit(node.expression, scope, frame);
      if (ts.isPrivateIdentifier(node.name)) usePrivate(node.name.text, frame);
    } else if (ts.isPropertyAssignment(node)) {
      if (ts.isComputedPropertyName(node.name)) visit(node.name, scope, frame);
      visit(node.initializer, scope, frame);
    } else if (ts.isShorthandPropertyAssignment(node)) {
      names.add(node.name.text);
      refer(node.name, scope, frame, false);
    } else if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
      visitTarget(node.left, scope, frame);
      visit(node.right, scope, frame);
    } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const changes =
        node.operator === ts.SyntaxKind.PlusPlusToken ||
        node.operator === ts.SyntaxKind.MinusMinusToken;
      (changes ? visitTarget : visit)(node.operand, scope, frame);
    } else if (ts.isVariableDeclarationList(node)) {
      if (usingKind(node) === "await") awaitAt(frame);
      for (const declaration of node.declarations) {
        visitBindingName(declaration.name, scope, frame);
        if (declaration.initializer !== undefined) visit(declaration.initializer, scope, frame);
      }
    } else if (ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node)) {
      visitLoop(node, scope, frame);
    } else if (ts.isBlock(node)) {
      visitBlock("block", node, node.statements, scope, frame);
    } else if (ts.isSwitchStatement(node)) {
      visit(node.expression, scope, frame);
      const statements = node.caseBlock.clauses.flatMap((clause) => [...clause.statements]);
      visitBlock("switch", node.caseBlock, statements, scope, frame);
    } else if (ts.isCatchClause(node)) {
      const inner = enterScope("catch", node, scope, frame);
      if (node.variableDeclaration !== undefined) {
        for (const name of boundNames(node.variableDeclaration.name))
          declare(
            inner,
            name,
            "catch",
            node.variableDeclaration,
            place(node.variableDeclaration.end),
          );
        visitBindingName(node.variableDeclaration.name, inner, frame);
      }
      visit(node.block, inner, frame);
    } else if (ts.isLabeledStatement(node)) {
      visit(node.statement, scope, frame);
    } else if (ts.isEnumDeclaration(node)) {
      const inner = enterScope("enum", node, scope, frame);
      declareWithin(inner, node.name);
      for (const member of node.members)
        if (ts.isIdentifier(member.name))
          declare(inner, member.name, "member", member, place(0), true);
      for (const member of node.members)
        if (member.initializer !== undefined) visit(member.initializer, inner, frame);
    } else if (ts.isModuleDeclaration(node)) {
      if (isInstantiated(node)) visitNamespace(node, scope, frame);
    } else if (ts.isImportEqualsDeclaration(node)) {
      if (!ts.isExternalModuleReference(node.moduleReference)) {
        let first: ts.EntityName = node.moduleReference;
        while (ts.isQualifiedName(first)) first = first.left;
        refer(first, scope, frame, false);
      }
    } else if (ts.isJsxAttribute(node)) {
      if (node.initializer !== undefined) visit(node.initializer, scope, frame);
    } else if (ts.isJsxOpeningLikeElement(node) || ts.isJsxClosingElement(node)) {
      const tag = node.tagName;
      if (!ts.isIdentifier(tag) || !/^[a-z]/.test(tag.text)) visit(tag, scope, frame);
      if (!ts.isJsxClosingElement(node)) visit(node.attributes, scope, frame);
    } else {
      ts.forEachChild(node, (child) => visit(child, scope, frame));
    }
  };

  const visitNamespace = (node: ts.ModuleDeclaration, scope: Scope, frame: Frame): void => {
    const own = enterFrame("namespace", node, frame);
    const inner = enterScope("namespace", node, scope, own);
    if (ts.isIdentifier(node.name)) declareWithin(inner, node.name);
    const body = node.body;
    if (body === undefined) return;
    if (ts.isModuleDeclaration(body)) return visitNamespace(body, inner, own);
    if (!ts.isModuleBlock(body)) return;
    const block = enterScope("namespace", body, inner, own);
    declareVars(tables, body, block);
    declareStatements(tables, body.statements, block);
    visitList(body.statements, block, own);
  };

  const root = enterFrame("module", file, undefined);
  const module = enterScope("module", file, undefined, root);
  declareVars(tables, file, module);
  declareStatements(tables, file.statements, module);
  visitList(file.statements, module, root);
  for (const binding of allBindings(scopeOf)) {
    names.add(binding.name);
    const literal = ownLiteral(binding);
    const frame = literal && frameOf.get(literal);
    if (frame !== undefined) binding.literal = frame;
  }
  return { ...tables, module, awaits };
}

function* allBindings(scopes: ReadonlyMap<ts.Node, Scope>): Generator<Binding> {
  for (const scope of scopes.values()) yield* scope.bindings.values();
}

/** The function that a name stands for as long as it exists, if that can be read off the text. */
function ownLiteral(binding: Binding): ts.Node | undefined {
  const declaration = binding.declarations[0];
  if (binding.declarations.length !== 1 || declaration === undefined) return undefined;
  if (binding.references.some((reference) => reference.write)) return undefined;
  if (binding.kind === "function") return declaration;
  if (binding.kind !== "variable" || !ts.isVariableDeclaration(declaration)) return undefined;
  if (!ts.isIdentifier(declaration.name) || declaration.initializer === undefined) return undefined;
  const value = skipOuter(declaration.initializer);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isClassExpression(value)
    ? value
    : undefined;
}

/** Statements without variables of their own: types, imports and exports, jumps to labels. */
const SAYS_NOTHING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.BreakStatement,
  ts.SyntaxKind.ContinueStatement,
]);
