/**
 * How many columns a text takes on a terminal. East Asian wide characters and emoji take two, combining marks none.
 * A close approximation of Unicode's UAX #11: enough to keep carets and columns in line.
 */
const INVISIBLE = /[\p{Mn}\p{Me}\p{Cf}]/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (INVISIBLE.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

/** Filled up with spaces to so many columns. */
export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** Cut to so many columns, with an ellipsis where something is missing. */
export function cutTo(text: string, columns: number, ellipsis: string): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  let used = columnsOf(ellipsis);
  for (const character of text) {
    used += columnsOf(character);
    if (used > columns) break;
    kept += character;
  }
  return kept + ellipsis;
}

/** Without characters that would move the cursor or change colours: texts of programs are shown, never obeyed. */
export function harmless(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
}
