/**
 * Paths as a person knows them, and as TypeScript wants them.
 *
 * TypeScript has `/` between parts and knows files by their extension. A person's path may be a Windows one, and a document
 * that was never saved (`untitled:Untitled-1`) has none at all: it is given a place in the current directory, so that
 * its imports resolve from there, and is still called by its own name in everything that a person sees.
 */
import type { ProjectHost } from "./host.ts";

const WINDOWS = /^(?:[A-Za-z]:[\\/]|\\\\)/;
const SCHEME = /^[A-Za-z][\w+.-]+:/; // two letters at least: `c:` is a drive
const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/i;
/** What begins the name of a document without a file; no file on a disk is likely to be called so. */
const SYNTHETIC = "^";

/** `/` between the parts. A backslash is part of a name everywhere but on Windows. */
export function withSlashes(path: string): string {
  return WINDOWS.test(path) ? path.replaceAll("\\", "/") : path;
}

/** The two names of one document. */
export interface NamedPath {
  /** As the person knows it; what diagnostics, sites and stacks say. */
  readonly shown: string;
  /** As TypeScript is told. Equal to `shown` for a file on a disk. */
  readonly path: string;
}

export function namePath(
  given: string,
  { currentDirectory, virtual }: Pick<ProjectHost, "currentDirectory" | "virtual">,
): NamedPath {
  if (given.startsWith("file:")) given = fromFileUri(given);
  const shown = withSlashes(given);
  if (WINDOWS.test(shown) || shown.startsWith("/")) return { shown, path: clean(shown) };
  if (!SCHEME.test(shown)) {
    const path = clean(`${currentDirectory}/${shown}`);
    return { shown: path, path };
  }
  const placed = virtual?.pathOf(shown);
  if (placed !== undefined) return { shown, path: clean(placed) };
  const name = shown.replace(/[^\w.-]+/gu, SYNTHETIC);
  const extension = CODE.test(name) ? "" : ".ts";
  return { shown, path: `${currentDirectory}/${SYNTHETIC}${name}${extension}` };
}

function fromFileUri(uri: string): string {
  const { pathname, host } = new URL(uri);
  const path = decodeURIComponent(pathname);
  if (host !== "") return `//${host}${path}`;
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}

/** Without `.`, `..` and doubled slashes. */
function clean(path: string): string {
  const root = /^(?:[A-Za-z]:\/|\/\/[^/]+\/|\/)/.exec(path)?.[0] ?? "";
  const parts: string[] = [];
  for (const part of path.slice(root.length).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return root + parts.join("/");
}

/** A relative import from a folder; an absolute path stays what it is. */
export function resolvePath(folder: string, relative: string): string {
  const path = withSlashes(relative);
  return clean(path.startsWith("/") || WINDOWS.test(path) ? path : `${folder}/${path}`);
}

export function folderOf(path: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  return folder === "" || /^[A-Za-z]:$/.test(folder) ? `${folder}/` : folder;
}
