/**
 * A project: loads programs, and is kept so that the next load is quick. The front door of the compiler's front half;
 * everything that is said of a program's text before it is transformed comes through here.
 */
import type ts from "typescript";
import { COMPILER_MESSAGES as MESSAGES } from "../../base/catalogue/compiler.ts";
import { tell, type Message } from "../../base/catalogue/message.ts";
import { TRANSFORM_MESSAGES } from "../../base/catalogue/transform.ts";
import type { Diagnostic } from "../../protocol/program.ts";
import { readAnnotations } from "../annotations.ts";
import { checkProgram } from "../diagnostics/checks.ts";
import { fromTypeScript } from "../diagnostics/typescript.ts";
import type { FileAnnotations, LoadedProgram, ResolvedImport } from "../loaded.ts";
import { createDocuments, type Documents } from "./documents.ts";
import type { Overlays, ProjectHost } from "./host.ts";
import { walkModules } from "./modules.ts";
import { readOptions } from "./options.ts";
import { namePath, type NamedPath } from "./paths.ts";
import { Programs } from "./programs.ts";

export interface Project {
  /** Never throws for a program that is wrong: what is wrong is said in the diagnostics. */
  load(entry: string, overlays?: Overlays): Loading;
}

/** Not ok: there is nothing to transform (no file, or text that does not parse). */
export type Loading =
  | { readonly ok: true; readonly loaded: LoadedProgram }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const PROGRAM = /(?<!\.d)\.(?:[cm]?ts|m?js|[jt]sx)$/i;

export function createProject(host: ProjectHost): Project {
  let programs = new Programs(host);
  return {
    load(given, overlays = {}) {
      const entry = namePath(given, host);
      try {
        return load(entry, overlays, host, programs);
      } catch (error) {
        // A stack overflow: TypeScript's parser and checker recurse as deeply as the text nests.
        if (!(error instanceof RangeError)) throw error;
        programs = new Programs(host); // who knows in what state it was left
        return {
          ok: false,
          diagnostics: [aboutFile(tell(TRANSFORM_MESSAGES.tooDeep, {}), entry.shown)],
        };
      }
    },
  };
}

function load(
  entryPath: NamedPath,
  overlays: Overlays,
  host: ProjectHost,
  programs: Programs,
): Loading {
  const { shown, path } = entryPath;
  const documents = createDocuments(entryPath, overlays, host);
  const idOf = (file: string): string => documents.shown(file);
  const problem = whyNoEntry(path, documents, host);
  if (problem)
    return { ok: false, diagnostics: [aboutFile(tell(problem, { path: shown }), shown)] };

  const options = readOptions(path, host);
  const { program, resolution } = programs.get(path, options, documents);
  const entry = program.getSourceFile(path);
  if (!entry)
    return {
      ok: false,
      diagnostics: [aboutFile(tell(MESSAGES.unreadableFile, { path: shown }), shown)],
    };

  const walk = walkModules(entry, program, resolution, idOf, host.loadsPackages ?? true);
  const syntax = walk.files
    .concat(walk.data)
    .flatMap((file) => program.getSyntacticDiagnostics(file));
  const diagnostics = [
    ...options.problems.map((problem) => fromTypeScript(problem, idOf, "never stops")),
    ...syntax.map((problem) => fromTypeScript(problem, idOf, "stops")),
    ...walk.diagnostics,
  ];
  if (syntax.length > 0) return { ok: false, diagnostics };

  const annotations = new Map<ts.SourceFile, FileAnnotations>();
  for (const file of walk.files) {
    const read = readAnnotations(file, idOf(file.fileName), program);
    annotations.set(file, read.annotations);
    diagnostics.push(...read.diagnostics);
  }
  diagnostics.push(...typeErrors(walk.files, program, idOf, diagnostics));
  const resolveImport = (file: ts.SourceFile, specifier: string): ResolvedImport =>
    walk.resolved.get(file)?.get(specifier) ?? { kind: "external", specifier };
  const loaded: LoadedProgram = {
    program,
    checker: program.getTypeChecker(),
    entry,
    files: walk.files,
    idOf: (file: ts.SourceFile) => idOf(file.fileName),
    annotations,
    diagnostics,
    resolveImport,
    requestedBy: (file) => walk.requested.get(file) ?? [],
  };
  return {
    ok: true,
    loaded: { ...loaded, diagnostics: [...diagnostics, ...checkProgram(loaded)] },
  };
}

/** Without those of a place where we say better what is wrong: an import that leads nowhere. */
function typeErrors(
  files: readonly ts.SourceFile[],
  program: ts.Program,
  idOf: (path: string) => string,
  said: readonly Diagnostic[],
): Diagnostic[] {
  const places = new Set(said.map(({ file, line, column }) => `${file}:${line}:${column}`));
  return files
    .flatMap((file) => program.getSemanticDiagnostics(file))
    .map((problem) => fromTypeScript(problem, idOf, "never stops"))
    .filter(({ file, line, column }) => !places.has(`${file}:${line}:${column}`));
}

function whyNoEntry(
  path: string,
  documents: Documents,
  host: ProjectHost,
): Message<readonly ["path"]> | undefined {
  if (!documents.has(path)) {
    if (host.directoryExists(path)) return MESSAGES.folderAsFile;
    if (!host.fileExists(path)) return MESSAGES.missingFile;
  }
  return PROGRAM.test(path) ? undefined : MESSAGES.notAProgram;
}

/** About a file as a whole, which may have no text. */
function aboutFile(said: ReturnType<typeof tell>, file: string): Diagnostic {
  return {
    ...said,
    severity: "error",
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    stops: true,
  };
}
