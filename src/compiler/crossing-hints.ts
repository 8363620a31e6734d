/**
 * For each place where something crosses to another thread or process: what moves, what is copied, what is shared. The same captures
 * and the same table as the checks of ownership and of `Send` have (SEMANTICS, Values).
 *
 * Left out: functions and classes, which are code rather than data; what is refused, which has a diagnostic; numbers and strings that
 * are sent, and values that are written where they cross, which nobody could use afterwards.
 */
import ts from "typescript";
import type { CrossingHint } from "../protocol/crossing.ts";
import { bare, capturesOf, symbolOf, type Use } from "./diagnostics/captures.ts";
import { findCrossings, type Crossing } from "./diagnostics/crossings.ts";
import { MOVING } from "./diagnostics/moved.ts";
import { whatIsNotSend } from "./diagnostics/sendable.ts";
import { stdTypeName } from "./diagnostics/std-calls.ts";
import type { LoadedProgram } from "./loaded.ts";

type Way = "moved" | "copied" | "shared";
type Variable = ts.Identifier | ts.ThisExpression;

/** In order of the text. Takes about as long as one of the checks. */
export function crossingHints(loaded: LoadedProgram): CrossingHint[] {
  const own = new Set(loaded.files);
  const isOwn = (file: ts.SourceFile): boolean => own.has(file);
  const uses = new WeakMap<object, readonly Use[]>();
  const { checker } = loaded;
  return loaded.files.flatMap((file) =>
    findCrossings(file, checker).flatMap((crossing) => {
      const ways: Record<Way, string[]> = { moved: [], copied: [], shared: [] };
      for (const variable of variablesOf(crossing, { checker, isOwn, uses })) {
        const way = wayOf(variable, crossing, loaded, isOwn);
        if (way !== undefined) ways[way].push(variable.getText());
      }
      if (Object.values(ways).every((names) => names.length === 0)) return [];
      const at = file.getLineAndCharacterOfPosition(crossing.argument.getStart());
      const place = { file: loaded.idOf(file), line: at.line + 1, column: at.character + 1 };
      return [{ ...place, to: crossing.to, ...ways }];
    }),
  );
}

function variablesOf(
  crossing: Crossing,
  scope: Parameters<typeof capturesOf>[1],
): readonly Variable[] {
  if (crossing.kind === "body") {
    if (crossing.literal === undefined) return [];
    return capturesOf(crossing.literal, scope).map(({ use }) => use);
  }
  const value = bare(crossing.argument);
  return ts.isIdentifier(value) ? [value] : [];
}

function wayOf(
  variable: Variable,
  { kind, to }: Crossing,
  { checker, program, annotations }: LoadedProgram,
  isOwn: (file: ts.SourceFile) => boolean,
): Way | undefined {
  const declaration = symbolOf(variable, checker)?.valueDeclaration;
  const isShared =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    annotations.get(declaration.getSourceFile())?.shared.has(declaration);
  if (isShared) return to === "thread" ? "shared" : "copied";
  const type = checker.getTypeAtLocation(variable);
  // A number that is sent: nobody would think that it is the same one.
  if (kind === "value" && !(type.flags & ts.TypeFlags.Object)) return undefined;
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0)
    return undefined;
  if (whatIsNotSend(type, variable.getText(), variable, { program, to, isOwn })?.certain)
    return undefined;
  if (moves(type, checker, MOVING[to])) return "moved";
  return stdTypeName(type) === undefined ? "copied" : "shared";
}

/** Itself, or what an array, tuple, map or set of the language holds. */
function moves(type: ts.Type, checker: ts.TypeChecker, moving: ReadonlySet<string>): boolean {
  const name = stdTypeName(type);
  if (name !== undefined) return moving.has(name);
  if (type.isUnion()) return type.types.some((one) => moves(one, checker, moving));
  if ((type as Partial<ts.TypeReference>).target === undefined) return false;
  const isHolder =
    checker.isArrayLikeType(type) || /^(Map|Set)$/.test(type.getSymbol()?.name ?? "");
  return (
    isHolder &&
    checker.getTypeArguments(type as ts.TypeReference).some((part) => moves(part, checker, moving))
  );
}
