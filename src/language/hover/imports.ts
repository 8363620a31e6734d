/** Which names a program's text takes from a module. */
import type { Separated } from "../source-text.ts";

export interface Imported {
  /** What the module calls it, by the name that the text has for it. */
  readonly names: ReadonlyMap<string, string>;
  /** Names of the whole module: `* as std`. */
  readonly namespaces: ReadonlySet<string>;
  /** Where the module's own name stands, without the quotes. */
  readonly specifiers: readonly { readonly start: number; readonly end: number }[];
}

const IMPORT = /(?<![\w$.])(?:import|export)\b(?!\s*[.(])([^"';]*?)["']/g;

export function importsOf({ code, strings }: Separated, module: string): Imported {
  const names = new Map<string, string>();
  const namespaces = new Set<string>();
  const specifiers: { start: number; end: number }[] = [];
  for (const match of code.matchAll(IMPORT)) {
    const quote = match.index + match[0].length - 1;
    if (strings.get(quote) !== module) continue;
    specifiers.push({ start: quote + 1, end: quote + 1 + module.length });
    const clause = match[1];
    for (const [, name] of clause.matchAll(/\*\s*as\s+([\w$]+)/g)) namespaces.add(name);
    const list = /\{([^}]*)\}/.exec(clause)?.[1] ?? "";
    for (const item of list.split(",")) {
      const [, name, own] = /^\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(item) ?? [];
      if (!name) continue;
      // Both names of `spawn as start` are hovered over where they are written.
      names.set(own ?? name, name);
      if (own && !names.has(name)) names.set(name, name);
    }
  }
  return { names, namespaces, specifiers };
}
