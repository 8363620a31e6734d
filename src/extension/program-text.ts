/**
 * Tells from its text alone whether a file is a program, and where its lenses stand. Runs with every edit of every
 * TypeScript file that mentions threadloom, so it is one pass over the characters and never loads TypeScript.
 *
 * The compiler has the last word on what a program is; here a doubtful file is rather called none.
 */

import { annotatedHead } from "../language/program-head.ts";
import { separate, type Piece } from "../language/source-text.ts";

/** Lines count from 0, as VS Code's do. */
export interface ProgramOutline {
  /** The line that says that the file is a program: `// @threadloom`, or else its first import. */
  readonly head: number;
  readonly threads: readonly { readonly line: number; readonly name: string }[];
}

/** Undefined for a file that is no program. Linear in the length of the text. */
export function outlineOf(text: string): ProgramOutline | undefined {
  if (!text.includes("threadloom")) return undefined;
  const { code, comments, strings } = separate(text);
  const headOffset = annotatedHead(text, { code, comments }) ?? firstImport(code, strings);
  if (headOffset === undefined) return undefined;
  const lineOf = lineIndex(text);
  return {
    head: lineOf(headOffset),
    threads: annotatedThreads(code, comments).map(({ offset, name }) => ({
      line: lineOf(offset),
      name,
    })),
  };
}

function firstImport(code: string, strings: ReadonlyMap<number, string>) {
  for (const match of code.matchAll(/(?<![\w$.])import\b(?!\s*[.(])[^"';]*["']/g)) {
    const specifier = strings.get(match.index + match[0].length - 1);
    if (specifier?.startsWith("threadloom:")) return match.index;
  }
  return undefined;
}

const THREAD =
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)?/u;

function annotatedThreads(code: string, comments: readonly Piece[]) {
  const threads: { offset: number; name: string }[] = [];
  for (const comment of comments) {
    if (!/^\/\*\*(?:[^@]*\s)?@thread(?![\w-])/.test(comment.text)) continue;
    const match = THREAD.exec(code.slice(comment.end));
    if (!match) continue;
    const offset = comment.end + match[0].search(/\S/);
    threads.push({ offset, name: match[1] ?? "" });
  }
  return threads;
}

/** Gives the line of an offset; offsets are asked for in any order. */
function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
