/**
 * `std` for the model engine: the same sources through the same step, when the engine's bundle is built. The calls that may
 * stop of themselves are the engine's few operations; a frame of `std` yields 0, by which stacks hide it.
 *
 * `pause` is not among them: it waits for a thread in the middle of a few words, which no thread of the model ever is.
 */
import ts from "typescript";
import { findEffects, type Effects } from "./effects.ts";
import type { TwinNames } from "./names.ts";
import { twinFile } from "./transform.ts";

const OPERATIONS: ReadonlySet<string> = new Set([
  "perform",
  "performFor",
  "sleep",
  "start",
  "startProcess",
  "yieldNow",
]);

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.esnext.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  strict: true,
  skipLibCheck: true,
  inlineSourceMap: true,
  inlineSources: true,
  types: [],
};

/** Where `std` says what it exports. */
const EXPORTS = /\/std\/(index|\w+\/index|tasks\/globals)\.ts$/;

export interface TwinnedStd {
  readonly effects: Effects;
  readonly files: readonly ts.SourceFile[];
  /** The file's JavaScript, with its source map inside; nothing for a file that is none of these. */
  emit(fileName: string): string | undefined;
}

/** `files`: absolute paths; `runtime`: what they import `$t` from. */
export function twinStd(files: readonly string[], runtime: string): TwinnedStd {
  const program = ts.createProgram([...files], OPTIONS);
  const checker = program.getTypeChecker();
  const own = files.map((name) => program.getSourceFile(name)!);
  const isOwn = new Set(own);
  const exported = findExported(own, checker);
  const effects = findEffects({
    checker,
    files: own,
    isForeign: (file) => !isOwn.has(file),
    known: (call) => {
      const name = engineMember(call);
      return name === undefined ? undefined : OPERATIONS.has(name) ? "stops" : "plain";
    },
    isShared: () => false,
    loopsStop: false,
    bodiesStop: false,
    isCalledFromOutside: (declaration) => exported.has(declaration),
  });
  return {
    effects,
    files: own,
    emit(fileName) {
      const file = program.getSourceFile(fileName);
      if (file === undefined || !isOwn.has(file)) return undefined;
      const names = makeNames(file);
      let code: string | undefined;
      program.emit(
        file,
        (_name, text) => {
          code = text;
        },
        undefined,
        false,
        {
          after: [
            (context) => (js) =>
              withImport(
                twinFile(
                  { effects, names, loopsStop: false, point: () => 0, isOperation },
                  context,
                  js,
                ),
                names.runtime,
                runtime,
              ),
          ],
        },
      );
      if (code === undefined) throw new Error(`TypeScript emitted nothing for ${fileName}`);
      return code;
    },
  };
}

/** The functions that programs call: what the table of exports names, and the methods of its classes. */
function findExported(files: readonly ts.SourceFile[], checker: ts.TypeChecker): Set<ts.Node> {
  const exported = new Set<ts.Node>();
  const enter = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      const local = checker.getShorthandAssignmentValueSymbol(node);
      const isAlias = local !== undefined && (local.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(local) : local;
      for (const declaration of symbol?.declarations ?? []) {
        exported.add(declaration);
        if (ts.isClassLike(declaration)) for (const one of declaration.members) exported.add(one);
      }
    }
    ts.forEachChild(node, enter);
  };
  for (const file of files) if (EXPORTS.test(file.fileName)) enter(file);
  return exported;
}

/** `engine.perform(…)` and its like answer for themselves whether they stop. */
const isOperation = (call: ts.CallExpression): boolean => {
  const name = engineMember(call);
  return name !== undefined && OPERATIONS.has(name);
};

/** `engine.name(…)` */
function engineMember(call: ts.CallExpression): string | undefined {
  const { expression: callee } = call;
  return ts.isPropertyAccessExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === "engine"
    ? callee.name.text
    : undefined;
}

function makeNames(file: ts.SourceFile): TwinNames {
  let prefix = "$";
  while (file.text.includes(prefix) && /[\w$]/.test(file.text[file.text.indexOf(prefix) + 1] ?? ""))
    prefix += "_";
  const counts = new Map<string, number>();
  const fresh = (stem: string): string => {
    const count = counts.get(stem) ?? 0;
    counts.set(stem, count + 1);
    return `${prefix}${stem}${count === 0 ? "" : count}`;
  };
  return {
    runtime: `${prefix}t`,
    result: fresh("result"),
    suspended: fresh("stopped"),
    fuel: fresh("fuel"),
    program: undefined,
    isFactory: () => false,
    fresh,
  };
}

function withImport(file: ts.SourceFile, name: string, from: string): ts.SourceFile {
  const { factory } = ts;
  const specifier = factory.createImportSpecifier(
    false,
    factory.createIdentifier("$t"),
    factory.createIdentifier(name),
  );
  const clause = factory.createImportClause(
    undefined,
    undefined,
    factory.createNamedImports([specifier]),
  );
  const declaration = factory.createImportDeclaration(
    undefined,
    clause,
    factory.createStringLiteral(from),
  );
  return factory.updateSourceFile(file, [declaration, ...file.statements]);
}
