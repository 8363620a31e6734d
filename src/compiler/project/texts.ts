/**
 * Parsed files, kept from load to load: one is parsed again only when its text has changed. Parsed files that programs
 * of the same options share are the same objects, bound once; that is most of what makes a second load quick.
 */
import ts from "typescript";
import type { Documents } from "./documents.ts";
import { NODE_GLOBALS, NODE_GLOBALS_PATH } from "./globals.ts";
import type { ProjectHost } from "./host.ts";

interface Parsed {
  /** Undefined: the text came from an open document. */
  version: string | undefined;
  readonly text: string;
  readonly source: ts.SourceFile;
}

export class Texts {
  readonly #host: ProjectHost;
  readonly #parsed = new Map<string, Parsed>();
  readonly #libraries: string;

  constructor(host: ProjectHost) {
    this.#host = host;
    this.#libraries = `${host.libraryFolder}/`;
  }

  /** Undefined where there is no such file, or it cannot be read. */
  get(
    path: string,
    options: ts.ScriptTarget | ts.CreateSourceFileOptions,
    documents: Documents,
  ): ts.SourceFile | undefined {
    const { text, version } = this.#look(path, documents);
    if (text === undefined) {
      this.#parsed.delete(path);
      return undefined;
    }
    const known = this.#parsed.get(path);
    if (known?.text === text) {
      known.version = version; // written again, or saved, and the same as before
      return known.source;
    }
    const source = ts.createSourceFile(path, text, options, false);
    this.#parsed.set(path, { version, text, source });
    return source;
  }

  /** Whether `get` would give this very file. */
  isCurrent(source: ts.SourceFile, documents: Documents): boolean {
    return this.#look(source.fileName, documents).text === source.text;
  }

  /** The text as it is now; read only where it may have changed. */
  #look(path: string, documents: Documents): { readonly text?: string; readonly version?: string } {
    const text = documents.textOf(path);
    if (text !== undefined) return { text };
    const known = this.#parsed.get(path);
    // TypeScript's own declarations change with TypeScript alone; there are a hundred of them.
    const fixed = path === NODE_GLOBALS_PATH || path.startsWith(this.#libraries);
    if (fixed && known) return known;
    const version = fixed ? "" : this.#host.version(path);
    if (version === undefined) return {};
    if (known?.version === version) return known;
    const read = path === NODE_GLOBALS_PATH ? NODE_GLOBALS : this.#host.readFile(path);
    return read === undefined ? {} : { text: read, version };
  }

  /** Forgets all but these. */
  keep(paths: ReadonlySet<string>): void {
    for (const path of this.#parsed.keys()) if (!paths.has(path)) this.#parsed.delete(path);
  }
}
