/**
 * The person's own files that a program reaches, and the order in which they are evaluated: post-order, depth first, a
 * file already begun is not begun again (ECMA-262, InnerModuleEvaluation).
 *
 * Own is what TypeScript finds as code outside `node_modules`. Everything else, JSON too, is external: the runner loads it
 * as it is, by Node's rules.
 */
import type ts from "typescript";
import { COMPILER_MESSAGES as MESSAGES } from "../../base/catalogue/compiler.ts";
import type { Message } from "../../base/catalogue/message.ts";
import type { Diagnostic } from "../../protocol/program.ts";
import { diagnose, spanOf } from "../diagnostics/diagnose.ts";
import type { ResolvedImport } from "../loaded.ts";
import { folderOf, resolvePath } from "./paths.ts";
import { requestsOf } from "./requests.ts";
import type { Resolution } from "./resolution.ts";

const CODE = /\.(?:ts|tsx|mts|cts|js|jsx|mjs)$/;
const DECLARATION = /\.d\.(?:[\w-]+\.)?[cm]?ts$/;
/** What only the runner can tell whether it loads it. */
const LEFT_TO_NODE = /\.(?:cjs|node|wasm)$/;
const RELATIVE = /^(?:\.{1,2}(?:\/|$)|\/|[A-Za-z]:[\\/])/;

export interface Walk {
  /** In order of evaluation. What only `import()` asks for stands where it is met: it has to be compiled as well. */
  readonly files: readonly ts.SourceFile[];
  /** The own files that a file imports statically, in source order. */
  readonly requested: ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]>;
  /** Imported JSON of the person's own: loaded by the runner, and looked over for syntax beforehand. */
  readonly data: readonly ts.SourceFile[];
  readonly resolved: ReadonlyMap<ts.SourceFile, ReadonlyMap<string, ResolvedImport>>;
  readonly diagnostics: readonly Diagnostic[];
}

export function walkModules(
  entry: ts.SourceFile,
  program: ts.Program,
  resolution: Resolution,
  idOf: (path: string) => string,
  loadsPackages: boolean,
): Walk {
  const checker = program.getTypeChecker();
  const files: ts.SourceFile[] = [];
  const data = new Set<ts.SourceFile>();
  const resolved = new Map<ts.SourceFile, Map<string, ResolvedImport>>();
  const requested = new Map<ts.SourceFile, readonly ts.SourceFile[]>();
  const diagnostics: Diagnostic[] = [];
  const ours = [...resolution.declared].filter((name) => name.startsWith("threadloom:"));

  const visit = (source: ts.SourceFile): void => {
    const imports = new Map<string, ResolvedImport>();
    resolved.set(source, imports);
    const follow = (literal: ts.StringLiteralLike): readonly ts.SourceFile[] => {
      const found = locate(source, literal);
      imports.set(literal.text, found);
      if (found.kind !== "own") return [];
      if (!resolved.has(found.file)) visit(found.file);
      return [found.file];
    };
    const { early, late } = requestsOf(source, checker);
    requested.set(source, [...new Set(early.flatMap(follow))]);
    late.forEach(follow);
    files.push(source);
  };

  const locate = (source: ts.SourceFile, literal: ts.StringLiteralLike): ResolvedImport => {
    const specifier = literal.text;
    const missing = <const Names extends readonly string[]>(
      entry: Message<Names>,
      values: { readonly [name in Names[number]]: string },
    ): ResolvedImport => {
      const at = { id: idOf(source.fileName), source };
      diagnostics.push(diagnose(at, spanOf(literal, source), entry, values));
      return { kind: "missing" };
    };
    const external = (): ResolvedImport =>
      loadsPackages
        ? { kind: "external", specifier }
        : missing(MESSAGES.notInBrowser, { specifier });
    if (specifier.startsWith("threadloom:")) {
      return ours.includes(specifier)
        ? { kind: "std", name: specifier }
        : missing(MESSAGES.unknownThreadloomModule, { specifier, known: ours.join(", ") });
    }
    const path = resolution.of(source, specifier)?.resolvedFileName;
    if (path !== undefined) {
      const file = program.getSourceFile(path);
      if (path.includes("/node_modules/") || DECLARATION.test(path)) return external();
      if (path.endsWith(".json")) {
        if (file) data.add(file);
        return file
          ? external()
          : missing(MESSAGES.unreadableImport, { specifier, path: idOf(path) });
      }
      if (!CODE.test(path)) return external();
      return file
        ? { kind: "own", file }
        : missing(MESSAGES.unreadableImport, { specifier, path: idOf(path) });
    }
    if (!RELATIVE.test(specifier) || LEFT_TO_NODE.test(specifier)) return external();
    const wanted = resolvePath(folderOf(source.fileName), specifier);
    if (resolution.fileExists(wanted))
      return missing(MESSAGES.notCode, { specifier, path: idOf(wanted) });
    if (resolution.directoryExists(wanted)) {
      return missing(MESSAGES.importedFolder, { specifier, path: idOf(wanted) });
    }
    return missing(MESSAGES.missingImport, { specifier, path: idOf(wanted) });
  };

  visit(entry);
  return { files, requested, data: [...data], resolved, diagnostics };
}
