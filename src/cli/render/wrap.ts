/**
 * Breaks lines at spaces so that they fit the terminal. A word that is longer than a line stays whole: paths and codes
 * are to be copied. Leading spaces and runs of spaces within a line are kept; colours take no room.
 */
import { stripVTControlCharacters } from "node:util";
import { columnsOf } from "./width.ts";

export function wrap(text: string, width: number, indent = ""): string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, width, indent));
}

function wrapLine(line: string, width: number, indent: string): string[] {
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
