/** What a thread that cannot go on waits for, in words and as an edge of the wait-for graph. The same on every engine. */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";
import { KINDS, SELECT, select } from "../objects/kinds.ts";
import { mutex, MutexWord } from "../objects/mutex.ts";
import { Head, type ObjectKind } from "../objects/object.ts";
import { rwlock, rwlockHeldSince } from "../objects/rwlock.ts";
import { caseAt, CaseWord, SelectWord } from "../objects/select.ts";
import { thread as threadKind } from "../objects/thread.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import { nameOfObject, siteAsPlace } from "./program/names.ts";
import type { StuckThread } from "./stuck.ts";

/** The operation in which a thread is blocked. */
export interface Wait {
  readonly object: Address;
  readonly operation: number;
  readonly site: SiteId;
}

export interface WaitingParts {
  /** The run's memory; nobody changes it. */
  readonly words: Int32Array;
  readonly program: CompiledProgram;
  /** What threads are called. */
  readonly nameOf: (thread: ThreadId) => string;
  readonly hasEnded: (thread: ThreadId) => boolean;
}

/** A thread whose body awaits a promise, when nothing is left that could settle it. */
export const awaitingThread = (id: ThreadId, name: string): StuckThread => ({
  id,
  name,
  verb: "waits for",
  what: "a promise that nothing settles",
  waitsFor: [],
});

/** `a message from `jobs` or room in `done``: whatever would let a select go on. */
function casesOf({ words, program }: WaitingParts, at: Address): string {
  const cases = Array.from({ length: words[at + SelectWord.COUNT] }, (_, index) => {
    const row = caseAt(at, index);
    const object = words[row + CaseWord.OBJECT] as Address;
    const kind = KINDS[words[object + Head.KIND]];
    const waiting = kind.operations[words[row + CaseWord.OPERATION]].waiting ?? "waits for";
    return `${waiting.replace(/^waits for ?/, "")} \`${nameOfObject(program, words, object, KINDS)}\``.trimStart();
  });
  return [...new Set(cases)].join(" or ");
}

/** A thread that waits in a select: for whoever could let one of the cases go. */
function selectingThread(parts: WaitingParts, id: ThreadId, { object, site }: Wait): StuckThread {
  const { words, program, nameOf, hasEnded } = parts;
  const waitsFor = select.waitsFor(words, object, 0, id).filter((other) => !hasEnded(other));
  const place = siteAsPlace(program, site);
  return {
    id,
    name: nameOf(id),
    // Whose tasks wait for one thing waits for that.
    verb: words[object + SelectWord.COUNT] === 1 ? "waits for" : "waits in a select for",
    what: casesOf(parts, object),
    object: words[select.objectAt(words, object, 0) + Head.ID],
    waitsFor,
    ...(place === undefined ? {} : { place }),
  };
}

export function waitingThread(parts: WaitingParts, id: ThreadId, wait: Wait): StuckThread {
  const { words, program, nameOf, hasEnded } = parts;
  const { object, operation, site } = wait;
  if (words[object + Head.KIND] === SELECT) return selectingThread(parts, id, wait);
  const kind = KINDS[words[object + Head.KIND]];
  const all = kind.waitsFor(words, object, operation, id);
  const waitsFor = all.filter((other) => !hasEnded(other));
  const isLock = kind === mutex || kind === rwlock;
  const left = isLock ? all.find((other) => hasEnded(other)) : undefined;
  const place = siteAsPlace(program, site);
  const since =
    isLock && all.length > 0
      ? siteAsPlace(program, heldSince(kind, words, object, operation))
      : undefined;
  const what =
    kind === threadKind
      ? nameOf(all[0] ?? id)
      : `\`${nameOfObject(program, words, object, KINDS)}\``;
  return {
    id,
    name: nameOf(id),
    verb: kind.operations[operation].waiting ?? "waits for",
    what,
    object: words[object + Head.ID],
    waitsFor,
    ...(place === undefined ? {} : { place }),
    ...(since === undefined ? {} : { heldSince: since }),
    ...(left === undefined ? {} : { leftBy: nameOf(left) }),
  };
}

/** The site where a lock was taken that somebody waits for. */
function heldSince(
  kind: ObjectKind,
  words: Int32Array,
  object: Address,
  operation: number,
): number {
  return kind === mutex
    ? words[object + MutexWord.SINCE]
    : rwlockHeldSince(words, object, operation);
}
