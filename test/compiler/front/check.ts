/**
 * Fixtures with marks: `[|…|]` in a program's text is where a diagnostic is expected, in order. `check` loads the program
 * and compares all that is said of it, TypeScript's own errors too, with what is expected.
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createNodeHost } from "../../../src/compiler/node-host.ts";
import type { LoadedProgram } from "../../../src/compiler/loaded.ts";
import type { ProjectHost } from "../../../src/compiler/project/host.ts";
import { createProject, type Project } from "../../../src/compiler/project/project.ts";
import type { Diagnostic } from "../../../src/protocol/program.ts";

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The repository itself, with its packages. */
export const disk = createNodeHost({
  currentDirectory: "/program",
  libraryFolder: root("node_modules/typescript/lib"),
  declarationsFolder: root("src/std/types"),
});

export interface Files {
  readonly [path: string]: string;
}

/** A disk in memory, with TypeScript's libraries and our declarations from the real one. */
export function memoryHost(
  files: Map<string, string>,
  options: Partial<ProjectHost> = {},
): ProjectHost {
  const real = (path: string): boolean => path.startsWith(root(""));
  const inFolder = (path: string): string[] => {
    const head = path.endsWith("/") ? path : `${path}/`;
    return [...files.keys()].filter((file) => file.startsWith(head));
  };
  return {
    readFile: (path) => (real(path) ? disk.readFile(path) : files.get(path)),
    fileExists: (path) => (real(path) ? disk.fileExists(path) : files.has(path)),
    directoryExists: (path) =>
      real(path) ? disk.directoryExists(path) : inFolder(path).length > 0,
    getDirectories: (path) => {
      const head = path.endsWith("/") ? path : `${path}/`;
      const names = inFolder(path).map((file) => file.slice(head.length).split("/"));
      return [...new Set(names.filter(({ length }) => length > 1).map(([name]) => name))];
    },
    version: (path) => (real(path) ? disk.version(path) : files.get(path)),
    realpath: (path) => path,
    caseSensitive: true,
    currentDirectory: "/program",
    libraryFolder: disk.libraryFolder,
    declarations: disk.declarations,
    ...options,
  };
}

let shared: { readonly files: Map<string, string>; readonly project: Project } | undefined;

export interface Loaded {
  readonly loaded: LoadedProgram | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads `/program/main.ts`, or the first of several files, through one project for all tests of a file. */
export function load(given: string | Files, entry?: string): Loaded {
  const table = typeof given === "string" ? { "/program/main.ts": given } : given;
  if (!shared) {
    const files = new Map<string, string>();
    shared = { files, project: createProject(memoryHost(files)) };
  }
  shared.files.clear();
  for (const [path, text] of Object.entries(table)) shared.files.set(path, text);
  const loading = shared.project.load(entry ?? Object.keys(table)[0]);
  return loading.ok
    ? { loaded: loading.loaded, diagnostics: loading.loaded.diagnostics }
    : { loaded: undefined, diagnostics: loading.diagnostics };
}

/** A code, with part of the sentence behind it: `TL1211 list.items[] is a Map`. */
export type Expected =
  | string
  | {
      readonly says: string;
      readonly severity?: Diagnostic["severity"];
      readonly stops?: boolean;
      /** The marked text after the fix. */
      readonly fixed?: string | null;
    };

/**
 * What is said of a program, and nothing else, in the order of the marks; but that nothing in it is concurrent, which
 * holds for most texts here, counts only where it is expected.
 */
export function check(
  marked: string,
  expected: readonly Expected[] = [],
): LoadedProgram | undefined {
  const { text, spans } = unmark(marked);
  const { loaded, diagnostics } = load(text);
  const quiet = !expected.some((one) => saysOf(one).startsWith("TL1306"));
  const found = diagnostics
    .filter(({ code }) => !quiet || code !== "TL1306")
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const said = found.map(
    (diagnostic) => `${spanText(text, diagnostic)}: ${tellDiagnostic(diagnostic)}`,
  );
  assert.equal(found.length, expected.length, `expected ${expected.length}:\n${said.join("\n")}`);
  assert.equal(spans.length, expected.length, "as many marks as expectations");
  found.forEach((diagnostic, index) => {
    const wanted = expected[index];
    const { says, severity, stops, fixed } = typeof wanted === "string" ? { says: wanted } : wanted;
    const [code, ...words] = says.split(" ");
    const whole = tellDiagnostic(diagnostic);
    assert.equal(diagnostic.code, code, whole);
    assert.ok(whole.includes(words.join(" ")), `${whole}\ndoes not say\n${words.join(" ")}`);
    const [start, end] = spans[index];
    const place = {
      start: offsetOf(text, diagnostic.line, diagnostic.column),
      end: offsetOf(text, diagnostic.endLine, diagnostic.endColumn),
    };
    assert.deepEqual(place, { start, end }, `${whole}\nis at ${spanText(text, diagnostic)}`);
    if (severity) assert.equal(diagnostic.severity, severity, whole);
    if (stops !== undefined) assert.equal(diagnostic.stops, stops, whole);
    if (fixed !== undefined) assert.equal(fixedLine(text, diagnostic), fixed, whole);
  });
  return loaded;
}

function saysOf(expected: Expected): string {
  return typeof expected === "string" ? expected : expected.says;
}

/** The text with a diagnostic's fix made: the whole line on which it stands. Null without a fix. */
function fixedLine(text: string, { fix, line }: Diagnostic): string | null {
  if (!fix) return null;
  const { range } = fix;
  const start = offsetOf(text, range.line, range.column);
  const end = offsetOf(text, range.endLine, range.endColumn);
  return (text.slice(0, start) + fix.text + text.slice(end)).split("\n")[line - 1];
}

function tellDiagnostic({ code, message, remedy }: Diagnostic): string {
  return `${code} ${message}${remedy === undefined ? "" : ` | ${remedy}`}`;
}

function spanText(text: string, { line, column, endLine, endColumn }: Diagnostic): string {
  const marked = text.slice(offsetOf(text, line, column), offsetOf(text, endLine, endColumn));
  return `${line}:${column} "${marked}"`;
}

function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  return lines.slice(0, line - 1).join("").length + column - 1;
}

function unmark(marked: string): { text: string; spans: [number, number][] } {
  const spans: [number, number][] = [];
  let text = "";
  for (const [index, piece] of marked.split(/\[\||\|\]/).entries()) {
    if (index % 2 === 1) spans.push([text.length, text.length + piece.length]);
    text += piece;
  }
  return { text, spans };
}
