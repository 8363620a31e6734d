/**
 * Breaks a line at spaces so that it fits the terminal. A word that is longer than a line stays whole: paths and codes
 * are to be copied. Leading spaces and runs of spaces within a line are kept.
 */
export function wrap(line: string, width: number, indent = ""): string[] {
  if (line.length <= width) return [line];
  const lines: string[] = [];
  let current = "";
  for (const piece of line.match(/\s*\S+/g) ?? []) {
    const empty = current.trim() === "";
    if (!empty && current.length + piece.length > width) {
      lines.push(current);
      current = indent + piece.trimStart();
    } else current += piece;
  }
  lines.push(current);
  return lines;
}
