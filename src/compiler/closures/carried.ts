/**
 * What a function takes along when it becomes a program of its own: of its file's top level, the statements that declare what
 * it uses, and what these use in turn; of the functions around it, the values of their variables.
 *
 * Types are taken along by their names: without them the program would be the same, and its diagnostics would not.
 */
import ts from "typescript";
import { tell } from "../../base/catalogue/message.ts";
import { TESTING_MESSAGES } from "../../base/catalogue/testing.ts";
import type { Binding, Frame, Scopes } from "../scopes/scope.ts";
import type { ExploreCall } from "./calls.ts";
import { frameworkOf, globalFramework } from "./frameworks.ts";

export interface Carried {
  readonly statements: ReadonlySet<ts.Statement>;
  /** By name, with the place of the first use. */
  readonly captured: ReadonlyMap<string, ts.Identifier>;
  readonly problem?: ReturnType<typeof tell>;
}

/** `placeText`: a place of the file, as a message has it. Time is linear in the size of what is taken along. */
export function carriedBy(
  { argument, frame }: ExploreCall,
  scopes: Scopes,
  placeText: (node: ts.Node) => string,
): Carried {
  const { file, module, bindingOf, unresolved } = scopes;
  const statements = new Set<ts.Statement>();
  const captured = new Map<string, ts.Identifier>();
  let problem: Carried["problem"];
  const refuse = (told: ReturnType<typeof tell>): void => void (problem ??= told);
  const uses = (node: ts.Node): void => {
    const use = (identifier: ts.Identifier): void => {
      const binding = bindingOf.get(identifier);
      if (binding === undefined) {
        const framework = unresolved.has(identifier) ? globalFramework(identifier.text) : undefined;
        if (framework !== undefined) refuse(frameworkUsed(identifier, framework));
        return;
      }
      if (isWithin(binding, node)) return;
      if (binding.scope === module) return declares(binding, identifier);
      if (binding.references.some((one) => one.write && one.identifier === identifier)) {
        refuse(
          tell(TESTING_MESSAGES.assigned, { name: identifier.text, place: placeText(identifier) }),
        );
      }
      if (!captured.has(identifier.text)) captured.set(identifier.text, identifier);
    };
    const visit = (at: ts.Node): void => {
      if (ts.isIdentifier(at)) return use(at);
      if (ts.isTypeReferenceNode(at)) usesType(at.typeName);
      if (ts.isTypeQueryNode(at)) usesType(at.exprName);
      if (ts.isExpressionWithTypeArguments(at) && ts.isIdentifier(at.expression)) {
        usesType(at.expression);
      }
      ts.forEachChild(at, visit);
    };
    visit(node);
  };
  const frameworkUsed = (identifier: ts.Identifier, framework: string) =>
    tell(TESTING_MESSAGES.framework, {
      ...{ name: identifier.text, framework, place: placeText(identifier) },
    });
  const declares = (binding: Binding, identifier: ts.Identifier): void => {
    for (const declaration of binding.declarations) {
      const statement = topLevel(declaration);
      const framework = frameworkOf(statement);
      if (framework !== undefined) return refuse(frameworkUsed(identifier, framework));
      take(statement);
    }
  };
  const usesType = (name: ts.EntityName): void => {
    let first = name;
    while (ts.isQualifiedName(first)) first = first.left;
    for (const statement of typesOf(file).get(first.text) ?? []) {
      if (frameworkOf(statement) === undefined) take(statement);
    }
  };
  const take = (statement: ts.Statement): void => {
    if (statements.has(statement)) return;
    statements.add(statement);
    if (!ts.isImportDeclaration(statement)) uses(statement);
  };

  uses(argument);
  const outer = frame === undefined ? undefined : outerUse(frame);
  if (frame !== undefined && outer !== undefined) {
    refuse(tell(TESTING_MESSAGES.outer, { what: outer, place: placeText(frame.node) }));
  }
  return { statements, captured, ...(problem === undefined ? {} : { problem }) };
}

/** What an arrow takes from the function around it that is no variable. */
function outerUse({ kind, usesThis, usesSuper, usesArguments, usesNewTarget, privates }: Frame) {
  const [name] = privates;
  if (name !== undefined) return "private names of the class";
  if (kind !== "arrow") return undefined;
  if (usesSuper) return "super";
  if (usesThis) return "this";
  if (usesArguments) return "arguments";
  return usesNewTarget ? "new.target" : undefined;
}

function within(node: ts.Node, around: ts.Node): boolean {
  return node.pos >= around.pos && node.end <= around.end;
}

function isWithin(binding: Binding, node: ts.Node): boolean {
  return binding.scope.node !== node.getSourceFile() && within(binding.scope.node, node);
}

function topLevel(node: ts.Node): ts.Statement {
  let at = node;
  while (!ts.isSourceFile(at.parent)) at = at.parent;
  return at as ts.Statement;
}

const typesByFile = new WeakMap<ts.SourceFile, ReadonlyMap<string, ts.Statement[]>>();

/** The statements that declare a name that a type may have. */
function typesOf(file: ts.SourceFile): ReadonlyMap<string, ts.Statement[]> {
  const known = typesByFile.get(file);
  if (known !== undefined) return known;
  const found = new Map<string, ts.Statement[]>();
  const add = (name: string | undefined, statement: ts.Statement): void => {
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), statement]);
  };
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      add(name?.text, statement);
      if (namedBindings === undefined) continue;
      if (ts.isNamespaceImport(namedBindings)) add(namedBindings.name.text, statement);
      else for (const element of namedBindings.elements) add(element.name.text, statement);
    } else if (
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isModuleDeclaration(statement)
    ) {
      add(statement.name?.text, statement);
    }
  }
  typesByFile.set(file, found);
  return found;
}
