/**
 * Reads the annotations of a file (DESIGN, section 2; `docs/annotations.md`).
 *
 * What is well-formed comes back as data, everything else as diagnostics, all of them at once. A name that is none of
 * ours but nearly one is pointed out; other tools' tags are none of our business.
 */
import ts from "typescript";
import { ANNOTATION_MESSAGES as MESSAGES } from "../base/catalogue/compiler-annotations.ts";
import type { Diagnostic, ProgramOptions } from "../protocol/program.ts";
import { isExpectation, readExpectation, readHead } from "./annotations/head.ts";
import { parseCondition, readCondition } from "./annotations/conditions.ts";
import { readLabel } from "./annotations/label.ts";
import { isDocAnnotation, isLineAnnotation, nearestAnnotation } from "./annotations/names.ts";
import type { AnnotationName } from "./annotations/names.ts";
import { namesOfModule } from "./annotations/module-names.ts";
import { report, type Reading } from "./annotations/reading.ts";
import { readGuard, readShared } from "./annotations/shared.ts";
import { findTags, isTopLevel, ownerOf, type Tag } from "./annotations/tags.ts";
import { readThread } from "./annotations/thread.ts";
import type {
  ConditionAnnotation,
  FileAnnotations,
  LabelAnnotation,
  ThreadAnnotation,
} from "./loaded.ts";

interface AnnotationReading {
  readonly annotations: FileAnnotations;
  readonly diagnostics: readonly Diagnostic[];
}

/** Pure in the file and what the checker knows of it. Time grows with the text and the number of tags. */
export function readAnnotations(
  source: ts.SourceFile,
  id: string,
  program: ts.Program,
): AnnotationReading {
  const checker = program.getTypeChecker();
  const diagnostics: Diagnostic[] = [];
  let names: ReadonlyMap<string, ts.Symbol> | undefined;
  const reading: Reading = {
    id,
    source,
    program,
    checker,
    diagnostics,
    get moduleNames() {
      return (names ??= namesOfModule(source, checker));
    },
  };
  const tags = findTags(source).filter((tag) => isOurs(tag, reading));
  const named = (name: AnnotationName): Tag[] => tags.filter((tag) => tag.name === name);

  const shared = new Set(named("shared").flatMap((tag) => readShared(tag, reading)));
  const guards = new Map(named("guardedBy").flatMap((tag) => readGuard(tag, shared, reading)));

  const labels = new Map<ts.Statement, LabelAnnotation>();
  for (const tag of named("label")) readLabel(tag, labels, reading);

  const annotations: FileAnnotations = {
    options: readHeads(named("threadloom"), named("expect"), reading),
    shared,
    guards,
    threads: readThreads(named("thread"), reading),
    labels,
    finals: readConditions(named("final"), reading),
    invariants: readConditions(named("invariant"), reading),
  };
  return { annotations, diagnostics };
}

function readHeads(
  heads: readonly Tag[],
  expectations: readonly Tag[],
  reading: Reading,
): ProgramOptions {
  const head = theOne(heads, reading);
  const expectation = theOne(expectations, reading);
  const expect = expectation && readExpectation(expectation, reading);
  return { ...(head && readHead(head, reading)), ...(expect !== undefined && { expect }) };
}

/** The first of those at the head of the file; the others are mistakes. */
function theOne(tags: readonly Tag[], reading: Reading): Tag | undefined {
  let first: Tag | undefined;
  for (const tag of tags) {
    const { name, span, token } = tag;
    if (token.pos > 0) {
      const where =
        "Put it on a line of its own at the head of the file, before the first statement.";
      report(reading, span, MESSAGES.misplaced, { name, where });
    } else if (first) report(reading, span, MESSAGES.repeated, { name });
    else first = tag;
  }
  return first;
}

function readThreads(tags: readonly Tag[], reading: Reading): ThreadAnnotation[] {
  const threads = new Map<ts.Node, ThreadAnnotation>();
  for (const tag of tags) {
    const thread = readThread(tag, reading);
    if (!thread) continue;
    if (threads.has(thread.declaration))
      report(reading, tag.span, MESSAGES.repeated, { name: tag.name });
    else threads.set(thread.declaration, thread);
  }
  return [...threads.values()];
}

function readConditions(tags: readonly Tag[], reading: Reading): ConditionAnnotation[] {
  return tags.flatMap((tag) => readCondition(tag, reading) ?? []);
}

/** Whether it is an annotation in the right kind of comment; reports those in a wrong one, and near misses. */
function isOurs(tag: Tag, reading: Reading): boolean {
  const { name, form, span } = tag;
  if (isDocAnnotation(name)) {
    if (form === "doc") return true;
    const right = `/** @${name}${tag.text && ` ${tag.text}`} */`;
    wrongComment(tag, right, reading);
    return false;
  }
  if (isLineAnnotation(name)) {
    if (form === "line") return true;
    if (isMeant(tag, reading))
      wrongComment(tag, `// @${name}${tag.text && ` ${tag.text}`}`, reading);
    return false;
  }
  const near = nearestAnnotation(name);
  if (near === undefined) return false;
  const certain = form !== "doc" || isInPlace(tag, near, reading.source);
  const fix = { title: `Change to @${near}`, span, text: `@${near}` };
  report(
    reading,
    span,
    MESSAGES.nearMiss,
    { written: name, name: near },
    {
      severity: certain ? "error" : "warning",
      fix,
    },
  );
  return false;
}

function wrongComment(tag: Tag, right: string, reading: Reading): void {
  const text = reading.source.text.slice(tag.comment.start, tag.comment.end);
  const alone =
    text.replace(/^\/[/*]+\s*@|[\s*]*\/?$/g, "").trim() === `${tag.name} ${tag.text}`.trim();
  const fix = alone && { title: `Write ${right}`, span: tag.comment, text: right };
  report(
    reading,
    tag.span,
    MESSAGES.wrongComment,
    { name: tag.name, right },
    { ...(fix && { fix }) },
  );
}

/** `@final`, `@label` and `@expect` mean something to other tools in documentation comments. */
function isMeant({ name, form, text }: Tag, { moduleNames }: Reading): boolean {
  if (form === "block" || name === "threadloom") return true;
  if (name === "expect") return isExpectation(text);
  if (name === "label" || text === "") return false;
  const parsed = parseCondition(text);
  const words = text.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu) ?? [];
  return "expression" in parsed && words.some((word) => moduleNames.has(word));
}

/** Whether a misspelt tag of a documentation comment stands where the right one would. */
function isInPlace(tag: Tag, near: AnnotationName, source: ts.SourceFile): boolean {
  const owner = ownerOf(tag, source);
  if (near === "thread") return ts.isFunctionDeclaration(owner) && isTopLevel(tag, source);
  return isDocAnnotation(near) && ts.isVariableStatement(owner);
}
