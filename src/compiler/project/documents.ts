/** Open documents of one load: their texts by path, and what the person calls them. */
import type { Overlays, ProjectHost } from "./host.ts";
import { namePath, type NamedPath } from "./paths.ts";

export interface Documents {
  textOf(path: string): string | undefined;
  has(path: string): boolean;
  /** Whether a document lies in the folder, or below it. */
  hasFolder(path: string): boolean;
  /** The path as the person knows it. */
  shown(path: string): string;
}

export function createDocuments(
  entry: NamedPath,
  overlays: Overlays,
  host: ProjectHost,
): Documents {
  const canonical = canonicalFor(host);
  const texts = new Map<string, string>();
  const names = new Map([[canonical(entry.path), entry.shown]]);
  const folders = new Set<string>();
  for (const [given, text] of Object.entries(overlays)) {
    const { path, shown } = namePath(given, host);
    const key = canonical(path);
    texts.set(key, text);
    if (shown !== path) names.set(key, shown);
    for (let end = key.lastIndexOf("/"); end > 0; end = key.lastIndexOf("/", end - 1)) {
      folders.add(key.slice(0, end));
    }
  }
  return {
    textOf: (path) => texts.get(canonical(path)),
    has: (path) => texts.has(canonical(path)),
    hasFolder: (path) => folders.has(canonical(path)),
    shown: (path) => names.get(canonical(path)) ?? host.virtual?.nameOf(path) ?? path,
  };
}

/** Two spellings of one path become the same. */
export function canonicalFor({
  caseSensitive,
}: Pick<ProjectHost, "caseSensitive">): (path: string) => string {
  return caseSensitive ? (path) => path : (path) => path.toLowerCase();
}
