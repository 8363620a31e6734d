/**
 * Where imports lead. TypeScript asks for each import of each file it has not resolved yet; the answers are kept, since
 * the walk over the person's own files wants to know the same.
 */
import ts from "typescript";
import { canonicalFor, type Documents } from "./documents.ts";
import type { ProjectHost } from "./host.ts";

/** What TypeScript asks for in every file under `jsx: react-jsx`, whether it is there or not. */
const IMPLIED = /\/jsx-(?:dev-)?runtime$/;

export class Resolution {
  readonly #found = new Map<string, Map<string, ts.ResolvedModuleFull | undefined>>();
  readonly #host: ProjectHost;
  #cache: ts.ModuleResolutionCache | undefined;
  #documents: Documents | undefined;
  /** Two spellings of one path become the same. */
  readonly canonical: (path: string) => string;

  constructor(host: ProjectHost) {
    this.#host = host;
    this.canonical = canonicalFor(host);
  }

  /** Before each load: what was looked up on the disk may have changed. */
  begin(options: ts.CompilerOptions, documents: Documents): void {
    this.#documents = documents;
    const { currentDirectory } = this.#host;
    this.#cache = ts.createModuleResolutionCache(currentDirectory, this.canonical, options);
  }

  /** TypeScript keeps in it what it reads of `package.json` files. Of this load. */
  get cache(): ts.ModuleResolutionCache | undefined {
    return this.#cache;
  }

  fileExists(path: string): boolean {
    return this.#documents?.has(path) || this.#host.fileExists(path);
  }

  directoryExists(path: string): boolean {
    return this.#documents?.hasFolder(path) || this.#host.directoryExists(path);
  }

  readonly moduleHost = {
    fileExists: (path: string) => this.fileExists(path),
    directoryExists: (path: string) => this.directoryExists(path),
    readFile: (path: string) => this.#documents?.textOf(path) ?? this.#host.readFile(path),
    getDirectories: (path: string) => this.#host.getDirectories(path),
    realpath: (path: string) => (this.#documents?.has(path) ? path : this.#host.realpath(path)),
    getCurrentDirectory: () => this.#host.currentDirectory,
    useCaseSensitiveFileNames: () => this.#host.caseSensitive,
  };

  resolve(
    literals: readonly ts.StringLiteralLike[],
    containing: string,
    redirect: ts.ResolvedProjectReference | undefined,
    options: ts.CompilerOptions,
    source: ts.SourceFile,
  ): ts.ResolvedModuleWithFailedLookupLocations[] {
    const key = this.canonical(containing);
    const table = this.#found.get(key) ?? new Map<string, ts.ResolvedModuleFull | undefined>();
    this.#found.set(key, table);
    return literals.map((literal) => {
      const answer = ts.resolveModuleName(
        literal.text,
        containing,
        options,
        this.moduleHost,
        this.#cache,
        redirect,
        ts.getModeForUsageLocation(source, literal, options),
      );
      table.set(literal.text, answer.resolvedModule);
      return answer;
    });
  }

  /** The answer of the last time it was asked. */
  of(source: ts.SourceFile, specifier: string): ts.ResolvedModuleFull | undefined {
    return this.#found.get(this.canonical(source.fileName))?.get(specifier);
  }

  /** Names of ambient modules (`node:fs`, `threadloom:std`): to be found in no file, and not looked for again. */
  declared: ReadonlySet<string> = new Set();

  /** Whether an import of a person's file led nowhere: it may lead somewhere now. */
  isIncomplete(path: string): boolean {
    if (path.includes("/node_modules/")) return false;
    for (const [specifier, found] of this.#found.get(path) ?? []) {
      if (!found && !this.declared.has(specifier) && !IMPLIED.test(specifier)) return true;
    }
    return false;
  }

  /** Forgets the answers for all files but these. */
  keep(paths: ReadonlySet<string>): void {
    for (const path of this.#found.keys()) if (!paths.has(path)) this.#found.delete(path);
  }
}
