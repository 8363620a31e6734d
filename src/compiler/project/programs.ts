/**
 * TypeScript's programs, kept warm: a load of an entry that was loaded before starts from the program of last time, and
 * is that very program (its checker with all that it has inferred) where nothing has changed.
 */
import ts from "typescript";
import type { Documents } from "./documents.ts";
import { NODE_GLOBALS_PATH } from "./globals.ts";
import type { ProjectHost } from "./host.ts";
import type { ProjectOptions } from "./options.ts";
import { Resolution } from "./resolution.ts";
import { Texts } from "./texts.ts";

/** A checker takes some 30 MB; people go to and fro between a few files. */
const KEPT = 4;

interface Warm {
  readonly entry: string;
  readonly key: string;
  readonly roots: readonly string[];
  readonly program: ts.Program;
}

/** What programs of the same options have in common. */
interface Family {
  readonly texts: Texts;
  readonly resolution: Resolution;
}

export class Programs {
  readonly #host: ProjectHost;
  readonly #families = new Map<string, Family>();
  /** The one used last comes last. */
  #warm: Warm[] = [];

  constructor(host: ProjectHost) {
    this.#host = host;
  }

  get(
    entry: string,
    { options, key, needsGlobals }: ProjectOptions,
    documents: Documents,
  ): { readonly program: ts.Program; readonly resolution: Resolution } {
    const family = this.#families.get(key) ?? {
      texts: new Texts(this.#host),
      resolution: new Resolution(this.#host),
    };
    this.#families.set(key, family);
    const { texts, resolution } = family;
    resolution.begin(options, documents);

    const old = this.#warm.find((warm) => warm.key === key && warm.entry === entry);
    if (old && isCurrent(old.program, family, documents)) {
      this.#keep(old);
      return { program: old.program, resolution };
    }
    const roots = [...this.#host.declarations, ...(needsGlobals ? [NODE_GLOBALS_PATH] : []), entry];
    const host: ts.CompilerHost = {
      ...resolution.moduleHost,
      fileExists: (path) => path === NODE_GLOBALS_PATH || resolution.fileExists(path),
      getSourceFile: (path, languageVersion) => texts.get(path, languageVersion, documents),
      getDefaultLibFileName: (which) =>
        `${this.#host.libraryFolder}/${ts.getDefaultLibFileName(which)}`,
      getDefaultLibLocation: () => this.#host.libraryFolder,
      getCanonicalFileName: resolution.canonical,
      getNewLine: () => "\n",
      writeFile: () => {
        throw new Error("the compiler writes no files");
      },
      resolveModuleNameLiterals: (literals, containing, redirect, which, source) =>
        resolution.resolve(literals, containing, redirect, which, source),
      getModuleResolutionCache: () => resolution.cache,
      hasInvalidatedResolutions: (path) => resolution.isIncomplete(path),
    };
    const program = ts.createProgram({
      rootNames: old && sameList(old.roots, roots) ? old.roots : roots,
      options,
      host,
      oldProgram: old?.program,
    });
    const modules = program.getTypeChecker().getAmbientModules();
    resolution.declared = new Set(modules.map(({ name }) => name.slice(1, -1)));
    this.#keep({ entry, key, roots, program });
    return { program, resolution };
  }

  #keep(warm: Warm): void {
    this.#warm = this.#warm.filter(({ key, entry }) => key !== warm.key || entry !== warm.entry);
    this.#warm.push(warm);
    if (this.#warm.length > KEPT) this.#warm.shift();
    for (const [key, { texts, resolution }] of this.#families) {
      const alive = this.#warm.filter((one) => one.key === key);
      if (alive.length === 0) {
        this.#families.delete(key);
        continue;
      }
      const sources = alive.flatMap(({ program }) => program.getSourceFiles());
      texts.keep(new Set(sources.map(({ fileName }) => fileName)));
      resolution.keep(new Set(sources.map(({ fileName }) => resolution.canonical(fileName))));
    }
  }
}

function isCurrent(
  program: ts.Program,
  { texts, resolution }: Family,
  documents: Documents,
): boolean {
  return program
    .getSourceFiles()
    .every(
      (source) =>
        texts.isCurrent(source, documents) &&
        !resolution.isIncomplete(resolution.canonical(source.fileName)),
    );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
