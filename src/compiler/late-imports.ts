/**
 * `import()` of the person's own files: which file a call asks for, and which ones a function may come to ask for. What it takes
 * along to another thread is how far these are evaluated where it comes from, so that nothing is evaluated twice.
 *
 * Left out: arguments that are not a literal; the engine takes these for packages.
 */
import ts from "typescript";
import type { Module } from "./module.ts";

/** The own file that an `import()` asks for; nothing for any other call. */
export function lateFile(module: Module, call: ts.CallExpression): ts.SourceFile | undefined {
  if (call.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const specifier = call.arguments[0] as ts.Expression | undefined;
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return undefined;
  const found = module.loaded.resolveImport(module.file, specifier.text);
  return found.kind === "own" ? found.file : undefined;
}

/** Those that are asked for anywhere within `node`, each once, in source order. */
export function lateFilesIn(module: Module, node: ts.Node): ts.SourceFile[] {
  const found = new Set<ts.SourceFile>();
  const look = (here: ts.Node): void => {
    const file = ts.isCallExpression(here) ? lateFile(module, here) : undefined;
    if (file !== undefined) found.add(file);
    ts.forEachChild(here, look);
  };
  if (/\bimport\s*\(/.test(node.getText(module.file))) look(node);
  return [...found];
}
