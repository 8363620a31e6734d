/** Rows of cells → lines with the columns one under the other. Colours take no room. */
import { stripVTControlCharacters } from "node:util";
import { columnsOf } from "./width.ts";

export function renderTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, room(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat(widths[column] - room(cell)))
      .join("   ")
      .trimEnd(),
  );
}

function room(cell: string): number {
  return columnsOf(stripVTControlCharacters(cell));
}
