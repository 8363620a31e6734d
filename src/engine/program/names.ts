/** What people call the objects and places of a program. */
import type { Address, SiteId } from "../../base/brand.ts";
import { Head, type ObjectKind } from "../../objects/object.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { Place } from "../../trace/finding.ts";

/** `transfer.ts:14`; empty for no site. */
export function placeOfSite(program: CompiledProgram, site: SiteId): string {
  const row = program.sites[site];
  if (row === null || row === undefined) return "";
  return `${row.file.slice(row.file.lastIndexOf("/") + 1)}:${row.line}`;
}

export function siteAsPlace(program: CompiledProgram, site: number): Place | undefined {
  const row = program.sites[site];
  if (row === null || row === undefined) return undefined;
  return { file: row.file, line: row.line, column: row.column };
}

/** The variable that an object was made for, else its kind and number: `db`, `db #2`, `mutex 7`. */
export function nameOfObject(
  program: CompiledProgram,
  words: Int32Array,
  object: Address,
  kinds: readonly ObjectKind[],
): string {
  const name = program.sites[words[object + Head.SITE]]?.name;
  const nth = words[object + Head.NTH];
  if (name !== undefined) return nth > 1 ? `${name} #${nth}` : name;
  return `${kinds[words[object + Head.KIND]].name} ${words[object + Head.ID]}`;
}
