/** Offsets in a text as lines and columns that count from 1, as sites, diagnostics and editors have them. */
import type ts from "typescript";

export interface PlaceRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeIn(
  file: ts.SourceFile,
  range: { readonly pos: number; readonly end: number },
): PlaceRange {
  const from = file.getLineAndCharacterOfPosition(range.pos);
  const to = file.getLineAndCharacterOfPosition(range.end);
  return {
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
