/** A line for terminals without Unicode: our own marks in ASCII. */
export function plain(line: string): string {
  return line
    .replaceAll("\u00a0", " ")
    .replaceAll("µ", "u")
    .replaceAll("…", "...")
    .replaceAll("→", "->")
    .replaceAll("×", "x")
    .replaceAll("·", "|")
    .replaceAll("│", "|")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[–—]/g, "-");
}
