/**
 * Whether a file says at its head that it is a program, by its text alone: for lists of files of which most are none, so
 * TypeScript is not loaded. The compiler has the last word.
 */
import { separate, type Piece } from "./source-text.ts";

/** Linear in the length of the text. */
export function isAnnotatedProgram(text: string): boolean {
  return text.includes("@threadloom") && annotatedHead(text, separate(text)) !== undefined;
}

/** Where `// @threadloom` stands before any code; a line `#!` may stand above it. */
export function annotatedHead(
  text: string,
  { code, comments }: { readonly code: string; readonly comments: readonly Piece[] },
): number | undefined {
  const shebang = /^#![^\n]*/.exec(text)?.[0].length ?? 0;
  const firstCode = code.slice(shebang).search(/\S/);
  const end = firstCode < 0 ? Infinity : firstCode + shebang;
  return comments.find(
    (comment) => comment.start < end && /^\/\/\s*@threadloom(?![\w-])/.test(comment.text),
  )?.start;
}
