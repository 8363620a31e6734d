/**
 * What to say of an annotation in a comment. The words are those of `docs/annotations.md`, section by section; there is no
 * second copy of them.
 */
import { separate } from "../source-text.ts";

/** By the annotation's name, without `@`: its section's heading and text, as Markdown. */
export type AnnotationWords = ReadonlyMap<string, string>;

/** Sections whose heading names annotations in code: "## `// @final EXPR` and `// @invariant EXPR`". */
export function readAnnotationWords(page: string): AnnotationWords {
  const words = new Map<string, string>();
  for (const section of page.split(/^## /m).slice(1)) {
    const [heading = "", ...lines] = section.split("\n");
    const text = `${heading}\n\n${lines.join("\n").trim()}`;
    for (const [, name] of heading.matchAll(/`[^`]*?@(\w+)[^`]*`/g)) words.set(name, text);
  }
  return words;
}

export interface AnnotationHover {
  /** Offsets of `@name`. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** In which kind of comment each stands; in the other it is nobody's annotation. */
const IN_DOCUMENTATION = new Set(["shared", "thread", "guardedBy"]);

export function annotationHoverAt(
  text: string,
  offset: number,
  words: AnnotationWords,
): AnnotationHover | undefined {
  if (!text.includes("@")) return undefined;
  const comment = separate(text).comments.find(
    ({ start, end }) => start <= offset && offset <= end,
  );
  if (!comment) return undefined;
  const isLine = comment.text.startsWith("//");
  if (!isLine && !comment.text.startsWith("/**")) return undefined;
  // A line comment is an annotation as a whole; a tag may stand anywhere among words.
  const tags = isLine ? /^\/\/\s*(@(\w+))(?![\w-])/dg : /(?<![\w@/])(@(\w+))(?![\w-])/dg;
  for (const match of comment.text.matchAll(tags)) {
    const [from, to] = match.indices![1]!;
    const [start, end] = [comment.start + from, comment.start + to];
    const said = words.get(match[2]);
    if (offset < start || offset > end || said === undefined) continue;
    if (IN_DOCUMENTATION.has(match[2]) === isLine) return undefined;
    return { start, end, text: said };
  }
  return undefined;
}
