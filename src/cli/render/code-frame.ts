/**
 * The line that something is about, with a caret beneath:
 *
 *       |
 *     4 |   tx.sent("hello");
 *       |      ^^^^
 *
 * A line that is too long is shown around the caret. Tabs are shown as two spaces, so that the caret stands right.
 */
import type { Look } from "../terminal.ts";
import type { Paint } from "./paint.ts";
import { columnsOf, harmless } from "./width.ts";

export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The frame's lines; none where the source has no such line. */
export function codeFrame(
  source: string,
  range: Range,
  look: Look,
  paint: Paint,
  mark: (text: string) => string,
): string[] {
  const line = source.replace(/^\ufeff/, "").split(/\r\n|[\n\r\u2028\u2029]/)[range.line - 1];
  if (line === undefined) return [];
  const number = String(range.line);
  const bar = look.unicode ? "│" : "|";
  const gutter = " ".repeat(number.length + 2);
  const start = Math.min(Math.max(range.column - 1, 0), line.length);
  const end = range.endLine === range.line ? range.endColumn - 1 : line.length;
  const [before, marked, after] = [
    line.slice(0, start),
    line.slice(start, Math.max(end, start)),
    line.slice(Math.max(end, start)),
  ].map((text) => harmless(text.replaceAll("\t", "  "))) as [string, string, string];

  const room = look.width - gutter.length - 2;
  const shown = around(before, marked, after, room, look.unicode ? "…" : "...");
  const carets = "^".repeat(
    Math.max(1, Math.min(columnsOf(marked), room - columnsOf(shown.before))),
  );
  return [
    paint.dim(`${gutter}${bar}`),
    `${paint.dim(` ${number} ${bar}`)} ${shown.text}`,
    `${paint.dim(`${gutter}${bar}`)} ${" ".repeat(columnsOf(shown.before))}${mark(carets)}`,
  ];
}

/** The part of a line that fits, with what is marked in it. */
function around(
  before: string,
  marked: string,
  after: string,
  room: number,
  ellipsis: string,
): { readonly before: string; readonly text: string } {
  let shownBefore = before;
  if (columnsOf(before + marked + after) > room && columnsOf(before) > room / 3) {
    const kept = [...before].slice(-Math.floor(room / 3)).join("");
    shownBefore = columnsOf(before) > columnsOf(kept) ? ellipsis + kept : before;
  }
  let text = shownBefore + marked + after;
  if (columnsOf(text) > room) {
    const characters = [...text];
    while (columnsOf(characters.join("")) > room - ellipsis.length) characters.pop();
    text = characters.join("") + ellipsis;
  }
  return { before: shownBefore, text };
}
