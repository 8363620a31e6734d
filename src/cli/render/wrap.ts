/**
 * Breaks a line at spaces so that it fits the terminal. A word that is longer than a line stays whole: paths and codes
 * are to be copied. Leading spaces and runs of spaces within a line are kept; colours take no room.
 */
import { stripVTControlCharacters } from "node:util";
import { columnsOf } from "./width.ts";

export function wrap(line: string, width: number, indent = ""): string[] {
  if (room(line) <= width) return [line];
  const lines: string[] = [];
  let current = "";
  for (const piece of line.match(/[ \t]*[^ \t]+/g) ?? []) {
    const empty = current.trim() === "";
    if (!empty && room(current) + room(piece) > width) {
      lines.push(current);
      current = indent + piece.trimStart();
    } else current += piece;
  }
  lines.push(current);
  return lines;
}

function room(text: string): number {
  return columnsOf(stripVTControlCharacters(text));
}
