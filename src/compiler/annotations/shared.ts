/** `@shared`, `@guardedBy m`: variables that live in shared memory. */
import ts from "typescript";
import { ANNOTATION_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-annotations.ts";
import type { Span } from "../diagnostics/diagnose.ts";
import { spanOf } from "../diagnostics/diagnose.ts";
import { report, type Reading } from "./reading.ts";
import { skipOuter } from "../scopes/syntax.ts";
import { whatCannotBeShared } from "./shareable.ts";
import { ownerOf, type Tag } from "./tags.ts";

/** The variables of a `@shared`; what is wrong with one of them does not take the others along. */
export function readShared(tag: Tag, reading: Reading): ts.VariableDeclaration[] {
  if (tag.text !== "" && !/^[-–—:*]/.test(tag.text)) {
    report(reading, tag.rest, MESSAGES.lockDetails, { text: tag.text, name: "shared" });
  }
  const declarations = declarationsOf(tag, reading);
  if (!declarations) {
    const where = "Put it before the declaration of a variable: `/** @shared */ let counter = 0;`.";
    report(reading, tag.span, MESSAGES.misplaced, { name: "shared", where });
    return [];
  }
  return declarations.filter((declaration) => canBeShared(tag, declaration, reading));
}

function declarationsOf(
  tag: Tag,
  { source }: Reading,
): readonly ts.VariableDeclaration[] | undefined {
  const owner = ownerOf(tag, source);
  if (ts.isVariableStatement(owner)) return owner.declarationList.declarations;
  if (ts.isVariableDeclarationList(owner)) return owner.declarations; // the head of a loop
  return ts.isVariableDeclaration(owner) ? [owner] : undefined;
}

function canBeShared(tag: Tag, declaration: ts.VariableDeclaration, reading: Reading): boolean {
  const { source, checker, program } = reading;
  const span = spanOf(declaration.name, source);
  const how = unusualDeclaration(declaration);
  if (how || !ts.isIdentifier(declaration.name)) {
    report(reading, span, MESSAGES.sharedDeclaration, { how: how ?? "a pattern" });
    return false;
  }
  const variable = declaration.name.text;
  const type = checker.getTypeAtLocation(declaration.name);
  const problem = whatCannotBeShared(type, variable, declaration, program);
  if (problem?.kind === "handle") {
    const fix = removal(tag, source);
    const values = { variable, what: problem.what };
    report(reading, span, MESSAGES.sharedByItself, values, { ...(fix && { fix }) });
    return false;
  }
  if (problem) {
    const { path, what } = problem;
    report(reading, span, MESSAGES.notShareable, { variable, path, what });
    return false;
  }
  const constant = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  if (constant && isPrimitive(type)) {
    const fix = removal(tag, source);
    report(
      reading,
      span,
      MESSAGES.sharedConstant,
      { variable },
      {
        severity: "information",
        ...(fix && { fix }),
      },
    );
  }
  return true;
}

function unusualDeclaration(declaration: ts.VariableDeclaration): string | undefined {
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list)) return "catch";
  if (list.flags & ts.NodeFlags.Using) return "using";
  if (!ts.isVariableStatement(list.parent)) return "a loop";
  const { modifiers } = list.parent;
  if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) return "declare";
  return ts.isIdentifier(declaration.name) ? undefined : "a pattern";
}

function isPrimitive(type: ts.Type): boolean {
  const all = type.isUnion() ? type.types : [type];
  const primitive =
    ts.TypeFlags.StringLike |
    ts.TypeFlags.NumberLike |
    ts.TypeFlags.BigIntLike |
    ts.TypeFlags.BooleanLike |
    ts.TypeFlags.Null |
    ts.TypeFlags.Undefined;
  return all.every(({ flags }) => (flags & primitive) !== 0);
}

/** Takes the comment away where it holds nothing else, else the tag alone. */
function removal(tag: Tag, { text }: ts.SourceFile) {
  const comment = text.slice(tag.comment.start, tag.comment.end);
  const alone = /^\/\*\*\s*@shared\s*\*\/$/.test(comment);
  let span: Span = tag.span;
  if (alone) {
    const space = /^[ \t]*(?:\r?\n)?/.exec(text.slice(tag.comment.end))?.[0].length ?? 0;
    span = { start: tag.comment.start, end: tag.comment.end + space };
  }
  return { title: "Remove @shared", span, text: "" };
}

/**
 * The lock that a `@guardedBy` names: where it is made, for each variable of the declaration. `shared` are the variables of the
 * file that are `@shared`.
 */
export function readGuard(
  tag: Tag,
  shared: ReadonlySet<ts.VariableDeclaration>,
  reading: Reading,
): [ts.VariableDeclaration, ts.NewExpression][] {
  const variables = declarationsOf(tag, reading)?.filter((declaration) => shared.has(declaration));
  if (!variables?.length) {
    const where = "Put it behind @shared: `/** @shared @guardedBy m */ let counter = 0;`.";
    report(reading, tag.span, MESSAGES.misplaced, { name: "guardedBy", where });
    return [];
  }
  if (!/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(tag.text)) {
    report(reading, tag.text === "" ? tag.span : tag.rest, MESSAGES.guardMissing, {});
    return [];
  }
  const reason = whyNoGuard(tag.text, reading);
  if (reason) {
    report(reading, tag.rest, MESSAGES.guardUnknown, { name: tag.text, reason });
    return [];
  }
  const made = creationOf(tag.text, reading);
  if (made === undefined) {
    const values = { name: tag.text };
    report(reading, tag.rest, MESSAGES.guardUnchecked, values, { severity: "information" });
    return [];
  }
  return variables.map((variable) => [variable, made]);
}

/** The lock is known by the place where it is made: where its variable is declared. */
function creationOf(name: string, { moduleNames, checker }: Reading): ts.NewExpression | undefined {
  const symbol = moduleNames.get(name);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declared = (isAlias ? checker.getAliasedSymbol(symbol) : symbol)?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared)) return undefined;
  const { initializer } = declared;
  const made = initializer && skipOuter(initializer);
  return made !== undefined && ts.isNewExpression(made) ? made : undefined;
}

function whyNoGuard(name: string, { moduleNames, checker, source }: Reading): string | undefined {
  const symbol = moduleNames.get(name);
  if (!symbol) return "there is no such name at the top level of this module";
  const type = checker.getTypeOfSymbolAtLocation(symbol, source);
  if (type.flags & ts.TypeFlags.Any) return undefined;
  const kind = type.getSymbol()?.name;
  if (kind === "Mutex" || kind === "RwLock") return undefined;
  return `${name} is of type ${checker.typeToString(type)}`;
}
