/**
 * Files as the program names them, and as the client does: the same paths, but for drive letters, separators and the
 * encoding of URIs (documents that are on no disk).
 */
import type { DebugProtocol } from "@vscode/debugprotocol";

export class Sources {
  readonly #names = new Map<string, string>();

  constructor(files: readonly string[]) {
    for (const file of files) this.#names.set(keyOf(file), file);
  }

  /** The program's own name of a file; undefined where it is no part of it. */
  nameOf(path: string): string | undefined {
    return this.#names.get(keyOf(path));
  }

  get all(): readonly string[] {
    return [...this.#names.values()];
  }
}

export function sourceOf(file: string): DebugProtocol.Source {
  return { name: baseName(file), path: file };
}

export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

/** What the client writes lines and columns like: from 1, or from 0. */
export class Counting {
  readonly #line: number;
  readonly #column: number;

  constructor(
    client: Pick<DebugProtocol.InitializeRequestArguments, "linesStartAt1" | "columnsStartAt1">,
  ) {
    this.#line = client.linesStartAt1 === false ? 1 : 0;
    this.#column = client.columnsStartAt1 === false ? 1 : 0;
  }

  lineFrom(line: number): number {
    return line + this.#line;
  }

  columnFrom(column: number): number {
    return column + this.#column;
  }

  line(line: number): number {
    return line - this.#line;
  }

  column(column: number): number {
    return column - this.#column;
  }
}

const isUri = (name: string): boolean => /^[A-Za-z][\w+.-]+:/.test(name);

function keyOf(name: string): string {
  if (isUri(name)) return decoded(name).replace(/^file:\/\/(?=\/)/, "");
  return name.replaceAll("\\", "/").replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri; // a name with a bare % in it says what it says
  }
}
