/** `@guardedBy` in the table of sites: the site of a variable leads to that of its lock, for whoever judges a run. */
import type ts from "typescript";
import type { Site } from "../trace/tables.ts";
import type { LoadedProgram } from "./loaded.ts";
import { placeIn } from "./place.ts";

/** O(guards · sites). */
export function withGuards(
  rows: readonly (Site | null)[],
  loaded: LoadedProgram,
): readonly (Site | null)[] {
  const guarded = [...rows];
  for (const { guards } of loaded.annotations.values()) {
    for (const [{ name }, made] of guards) {
      const variable = siteAt(rows, loaded, name);
      const lock = siteAt(rows, loaded, made);
      if (variable > 0 && lock > 0) guarded[variable] = { ...rows[variable]!, guardedBy: lock };
    }
  }
  return guarded;
}

/** The site at which what stands there is made; 0 in a program that has more than can be numbered. */
function siteAt(rows: readonly (Site | null)[], loaded: LoadedProgram, node: ts.Node): number {
  const file = node.getSourceFile();
  const id = loaded.idOf(file);
  const { line, column } = placeIn(file, { pos: node.getStart(file), end: node.end });
  const found = rows.findIndex(
    (row) => row?.kind === "new" && row.file === id && row.line === line && row.column === column,
  );
  return Math.max(found, 0);
}
