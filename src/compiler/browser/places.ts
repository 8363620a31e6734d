/**
 * Names of documents in a browser, and where they have their place among the compiler's paths: TypeScript knows paths, and a
 * document there is a URI (`vscode-vfs://github/owner/repository/file.ts`).
 */

/** `/vscode-vfs^github/owner/…`: no folder of a person's is likely to be called so. */
const PLACED = /^\/([a-z][\w+.-]*)\^([^/]*)(\/.*)?$/i;
const NAMED = /^([a-z][\w+.-]+):\/\/([^/]*)(\/.*)?$/i;

/** Undefined for what has no path of its own: a document that was never saved. */
export function pathOf(name: string): string | undefined {
  const uri = NAMED.exec(name);
  if (!uri) return /^[a-z][\w+.-]+:\//i.test(name) ? pathOf(name.replace(":/", ":///")) : undefined;
  const [, scheme, authority, path = ""] = uri;
  return `/${scheme}^${authority}${path}`;
}

/** Undefined for a path that stands for no document. */
export function nameOf(path: string): string | undefined {
  const place = PLACED.exec(path);
  if (!place) return undefined;
  const [, scheme, authority, rest = ""] = place;
  return authority === "" ? `${scheme}:${rest}` : `${scheme}://${authority}${rest}`;
}
