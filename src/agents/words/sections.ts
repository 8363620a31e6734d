/** Parts of a page of Markdown, by its headings. Fenced samples may have lines that look like headings: those are none. */

interface Heading {
  readonly level: number;
  readonly title: string;
  readonly line: number;
}

/** The text before the first part, and the headings of all parts. */
export function contentsOf(page: string): string {
  const lines = page.split("\n");
  const headings = headingsOf(lines).filter(({ level }) => level === 2 || level === 3);
  const begins = headings[0]?.line ?? lines.length;
  return [
    ...lines.slice(0, begins).filter((line) => !line.startsWith("<!--")),
    ...headings.map(({ level, title }) => (level === 2 ? `\n${title}:` : `- ${title}`)),
  ]
    .join("\n")
    .trim();
}

/** The parts whose heading names `name`, in whatever case; undefined where there is none. */
export function sectionOf(page: string, name: string): string | undefined {
  const lines = page.split("\n");
  const headings = headingsOf(lines);
  const wanted = name.toLowerCase();
  const sections = headings
    .filter(({ title }) => wordsOf(title).includes(wanted) || title.toLowerCase() === wanted)
    .filter(({ level }) => level <= 3)
    .map(({ line, level }) => {
      const next = headings.find((other) => other.line > line && other.level <= level);
      return lines.slice(line, next?.line).join("\n").trim();
    });
  return sections.length === 0 ? undefined : sections.join("\n\n");
}

function headingsOf(lines: readonly string[]): Heading[] {
  const headings: Heading[] = [];
  let isCode = false;
  for (const [line, text] of lines.entries()) {
    if (text.startsWith("```")) isCode = !isCode;
    const [, marks, title] = (isCode ? undefined : /^(#{1,6}) (.*)$/.exec(text)) ?? [];
    if (title !== undefined) headings.push({ level: marks.length, title, line });
  }
  return headings;
}

const wordsOf = (title: string): string[] => title.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? [];
