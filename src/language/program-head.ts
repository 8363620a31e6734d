/**
 * Whether a file says at its head that it is a program, by its text alone: for lists of files of which most are none, so
 * TypeScript is not loaded. The compiler has the last word.
 */
import { separate, type Piece } from "./source-text.ts";

/** Linear in the length of the text. */
export function isAnnotatedProgram(text: string): boolean {
  return text.includes("@threadloom") && annotatedHead(text, separate(text)) !== undefined;
}

interface Separated {
  readonly code: string;
  readonly comments: readonly Piece[];
}

/** Where `// @threadloom` stands before any code; a line `#!` may stand above it. */
export function annotatedHead(text: string, separated: Separated): number | undefined {
  return headComments(text, separated).find((comment) =>
    /^\/\/\s*@threadloom(?![\w-])/.test(comment.text),
  )?.start;
}

export interface Expectation {
  /** A verdict or a finding's kind; the compiler knows which there are. */
  readonly expected: string;
  readonly offset: number;
}

/** What `// @expect …` before any code says, and where. Linear in the length of the text. */
export function expectationIn(text: string): Expectation | undefined {
  if (!text.includes("@expect")) return undefined;
  for (const comment of headComments(text, separate(text))) {
    const expected = /^\/\/\s*@expect\s+(\S+)/.exec(comment.text)?.[1];
    if (expected !== undefined) return { expected, offset: comment.start };
  }
  return undefined;
}

function headComments(text: string, { code, comments }: Separated): Piece[] {
  const shebang = /^#![^\n]*/.exec(text)?.[0].length ?? 0;
  const firstCode = code.slice(shebang).search(/\S/);
  const end = firstCode < 0 ? Infinity : firstCode + shebang;
  return comments.filter((comment) => comment.start < end);
}
