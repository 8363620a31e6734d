/**
 * A documentation comment as Markdown, in the manner of VS Code's own TypeScript: the text, then one paragraph a tag.
 * Reads what `src/std/types` uses of TSDoc, and no more.
 */

/** `comment` with its stars: from `/**` to the end. */
export function commentToMarkdown(comment: string): string {
  const text = comment
    .replace(/^\/\*\*[ \t]?|\s*\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n");
  return tagsOf(text)
    .map(({ tag, rest }) => (tag === "" ? links(rest) : tagToMarkdown(tag, links(rest))))
    .filter((part) => part !== "")
    .join("\n\n");
}

interface TagText {
  /** Empty for what stands before the first tag. */
  readonly tag: string;
  readonly rest: string;
}

/** Cuts at each `@tag` that begins a line outside a block of code. */
function tagsOf(text: string): TagText[] {
  const parts: { tag: string; lines: string[] }[] = [{ tag: "", lines: [] }];
  let inCode = false;
  for (const line of text.split("\n")) {
    if (line.trimStart().startsWith("```")) inCode = !inCode;
    const begins = inCode ? null : /^@(\w+)\s?(.*)$/.exec(line);
    if (begins) parts.push({ tag: begins[1], lines: [begins[2]] });
    else parts.at(-1)!.lines.push(line);
  }
  return parts.map(({ tag, lines }) => ({ tag, rest: lines.join("\n").trim() }));
}

const NAMED = new Set(["param", "typeParam"]);

function tagToMarkdown(tag: string, rest: string): string {
  const label = `*@${tag}*`;
  if (tag === "example") return `${label}\n\n${rest}`;
  if (tag === "throws") return `${label} — ${rest.replace(/^\{(\w+)\}/, "`$1`")}`;
  const named = NAMED.has(tag) ? /^(\w+)\s+([^]*)$/.exec(rest) : null;
  return named ? `${label} \`${named[1]}\` — ${named[2]}` : `${label} — ${rest}`;
}

/** `{@link name}` is code; `{@link https://… | words}` is a link. */
function links(text: string): string {
  return text.replace(
    /\{@link\s+([^}|]+?)\s*(?:\|\s*([^}]+?)\s*)?\}/g,
    (_, to: string, words?: string) =>
      /^https?:/.test(to) ? `[${words ?? to}](${to})` : `\`${words ?? to}\``,
  );
}
