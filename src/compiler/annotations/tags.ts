/**
 * Finds tags in comments: `@name` where a comment's text begins, or a line of a documentation comment.
 *
 * Comments are no part of TypeScript's tree, so the search goes by text, and asks the tree only about what it found: most
 * files have few `@`, and one in a string, a template or a decorator lies in no comment.
 */
import ts from "typescript";
import type { Span } from "../diagnostics/diagnose.ts";

export interface Tag {
  /** Without the `@`. */
  readonly name: string;
  readonly form: "line" | "block" | "doc";
  /** `@name`. */
  readonly span: Span;
  /** What follows on the line, up to the next tag, without space around it. */
  readonly rest: Span;
  readonly text: string;
  readonly comment: Span;
  /** The token that the comment stands before. */
  readonly token: ts.Node;
  /** Code stands before the comment on its line. */
  readonly trailing: boolean;
}

/** What may stand before a tag on its line: the beginning of a comment, the margin of one, other tags. */
const BEFORE = /(?:^\s*|\/\/+\s*|\/\*+\s*|^\s*\*+\s*)(?:@[^*]*\s)?$/;
/** No tag stands farther from the beginning of its line; a minified file has lines of megabytes. */
const FAR = 300;
const TAG = /@([A-Za-z][\w-]*)/g;

export function findTags(source: ts.SourceFile): Tag[] {
  const { text } = source;
  const tags: Tag[] = [];
  for (const match of text.matchAll(TAG)) {
    const start = match.index;
    if (!BEFORE.test(lastLine(text.slice(Math.max(0, start - FAR), start)))) continue;
    const token = tokenAt(source, start);
    const comment = token && commentAt(source, token, start);
    if (!comment) continue;
    const form =
      comment.kind === ts.SyntaxKind.SingleLineCommentTrivia
        ? "line"
        : text.startsWith("/**", comment.pos)
          ? "doc"
          : "block";
    if (!begins(text, comment, form, start)) continue;
    const end = start + match[0].length;
    const rest = restOf(text, end, comment, form);
    tags.push({
      name: match[1],
      form,
      span: { start, end },
      rest,
      text: text.slice(rest.start, rest.end),
      comment: { start: comment.pos, end: comment.end },
      token,
      trailing: token.pos > 0 && !/[\r\n]/.test(text.slice(token.pos, comment.pos)),
    });
  }
  return tags;
}

/** Whether the tag stands where one may: first in its comment, or in a line of a documentation comment, after tags only. */
function begins(text: string, comment: ts.CommentRange, form: Tag["form"], start: number): boolean {
  const before = text.slice(comment.pos, start);
  if (form === "line") return /^\/\/+\s*$/.test(before);
  if (form === "block") return /^\/\*\s*$/.test(before);
  return /^\s*(?:\/\*\*)?[\s*]*(?:@.*\s)?$/.test(lastLine(before));
}

function lastLine(text: string): string {
  return text.slice(Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1);
}

function restOf(text: string, from: number, comment: ts.CommentRange, form: Tag["form"]): Span {
  const closed =
    form !== "line" && text.endsWith("*/", comment.end) ? comment.end - 2 : comment.end;
  const line = text.slice(from, Math.max(from, closed));
  const length = line.search(form === "line" ? /[\r\n]/ : /[\r\n]|\s@[A-Za-z]/);
  const rest = length < 0 ? line : line.slice(0, length);
  const start = from + (rest.length - rest.trimStart().length);
  return { start, end: Math.max(start, from + rest.trimEnd().length) };
}

/** The token whose text, or whose space and comments before it, has the offset. */
function tokenAt(source: ts.SourceFile, offset: number): ts.Node | undefined {
  let node: ts.Node = source;
  for (;;) {
    const children: readonly ts.Node[] = node.getChildren(source);
    const next = children.find(
      (child) =>
        !ts.isJSDoc(child) &&
        child.pos <= offset &&
        (offset < child.end || child.kind === ts.SyntaxKind.EndOfFileToken),
    );
    if (next === undefined) return node === source ? undefined : node;
    node = next;
  }
}

function commentAt(
  { text }: ts.SourceFile,
  token: ts.Node,
  offset: number,
): ts.CommentRange | undefined {
  const comments = [
    ...(ts.getLeadingCommentRanges(text, token.pos) ?? []),
    ...(token.pos > 0 ? (ts.getTrailingCommentRanges(text, token.pos) ?? []) : []),
  ];
  return comments.find(({ pos, end }) => pos < offset && offset < end);
}

/**
 * What a comment before this token belongs to: the widest node that begins with the token, short of the file and of
 * whole lists. A comment before `export let x` belongs to the statement.
 */
export function ownerOf({ token }: Tag, source: ts.SourceFile): ts.Node {
  const start = token.getStart(source);
  let owner = token;
  while (
    owner.parent &&
    !ts.isSourceFile(owner.parent) &&
    owner.parent.getStart(source) === start &&
    !(ts.isStatement(owner) && !ts.isStatement(owner.parent))
  ) {
    owner = owner.parent;
  }
  return owner;
}

/** Whether the comment stands between statements of the top level, and not within one. */
export function isTopLevel(tag: Tag, source: ts.SourceFile): boolean {
  if (tag.token.kind === ts.SyntaxKind.EndOfFileToken) return true;
  const owner = ownerOf(tag, source);
  return ts.isStatement(owner) && owner.parent === source;
}
