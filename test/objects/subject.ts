/**
 * What a test needs to know of one kind of object to put it through every operation: which a thread may do, and what of
 * the object's state and of its answers a program can see. Everything that a subject knows stands in the engine's words,
 * so that copies of the engine can go different ways.
 */
import type { Address, ThreadId } from "../../src/base/brand.ts";
import type { ObjectKind } from "../../src/objects/object.ts";
import type { Call, Happening, SmallEngine } from "./small-engine.ts";

export interface Subject {
  readonly kind: ObjectKind;
  readonly name: string;
  /** How many of its states tests look at that would look at all of them; for one that has more to it than others. */
  readonly states?: number;
  /** Makes the object, and whatever stands beside it. */
  create(engine: SmallEngine): Address;
  /** Operations that `thread` may do, none of them begun: each answers the call, with what it brings allocated. */
  moves(engine: SmallEngine, at: Address, thread: ThreadId): readonly Move[];
  /** The object's state as far as a program can tell it. */
  seen(engine: SmallEngine, at: Address): unknown;
  /** What tells a waiting operation from another of the same number, where that is not its first argument. */
  waiting?(engine: SmallEngine, call: Call): unknown;
  /** The answer of an operation as far as a program can tell it. */
  answer(engine: SmallEngine, happening: Happening): unknown;
}

export interface Move {
  /** What the move is, the same in every copy of a state: `trySend`, `lock ignoring poison`. */
  readonly name: string;
  readonly call: () => Call;
  /** What `choose` gives, where the operation asks. */
  readonly choice?: number;
}

export const THREADS: readonly ThreadId[] = [0, 1, 2].map((id) => id as ThreadId);

/** A choice that is open: a move of an idle thread, another try, or the end of a waiting thread's patience. */
export interface Choice {
  readonly thread: ThreadId;
  readonly name: string;
  take(engine: SmallEngine): number;
}

const AGAIN = "again";
const GIVES_UP = "gives up";

/** Whether an operation of this kind can be given a time-out. */
function hasPatience(engine: SmallEngine, thread: ThreadId, call: Call): boolean {
  try {
    engine
      .kindOf(call.object)
      .cancel(engine.copy(), call.object, call.operation, thread, call.a, call.b);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false; // the kind says that it never waits
    throw error;
  }
}

/** All that the threads may do from here. */
export function choices(subject: Subject, engine: SmallEngine, at: Address): Choice[] {
  return THREADS.flatMap((thread): Choice[] => {
    const standing = engine.standing(thread);
    if (standing.kind === "idle") {
      return subject.moves(engine, at, thread).map((move) => ({
        thread,
        name: move.name,
        take: (here) => {
          const { call, choice = 0 } = moveNamed(subject, here, at, thread, move.name);
          here.choices = [choice];
          return here.perform(thread, call());
        },
      }));
    }
    if (standing.kind === "retry") {
      return [{ thread, name: AGAIN, take: (here) => here.again(thread) }];
    }
    return hasPatience(engine, thread, standing.call)
      ? [{ thread, name: GIVES_UP, take: (here) => here.cancel(thread) }]
      : [];
  });
}

function moveNamed(
  subject: Subject,
  engine: SmallEngine,
  at: Address,
  thread: ThreadId,
  name: string,
): Move {
  const found = subject.moves(engine, at, thread).find((move) => move.name === name);
  if (found === undefined) throw new Error(`thread ${thread} cannot ${name} here`);
  return found;
}

/** Whether a choice is open in another state too. */
export function isOpen(
  subject: Subject,
  engine: SmallEngine,
  at: Address,
  choice: Choice,
): boolean {
  return choices(subject, engine, at).some(
    ({ thread, name }) => thread === choice.thread && name === choice.name,
  );
}

/**
 * Everything that a program can tell of a state, as a text: equal texts, equal futures. Which of several waiting threads was
 * let out to try again is the scheduler's business and no part of it, only whose operation would go through.
 */
export function portrait(subject: Subject, engine: SmallEngine, at: Address): string {
  const threads = THREADS.map((thread) => {
    const standing = engine.standing(thread);
    if (standing.kind === "idle") return "idle";
    const told = waitingFor(subject, engine, standing.call);
    return [standing.call.operation, told, engine.couldGo(thread)];
  });
  return JSON.stringify([subject.seen(engine, at), threads]);
}

/** The same, with who was let out. */
export function exactPortrait(subject: Subject, engine: SmallEngine, at: Address): string {
  return portrait(subject, engine, at) + THREADS.map((id) => engine.standing(id).kind).join();
}

/** Kinds whose waiting operations bring a node, which tells nothing. */
const BRING_NODES: ReadonlySet<string> = new Set(["channel", "condvar", "barrier", "rwlock"]);

/** An argument of a waiting operation that tells it from another of the same number. */
function waitingFor(subject: Subject, engine: SmallEngine, call: Call): unknown {
  if (subject.waiting !== undefined) return subject.waiting(engine, call);
  const { a } = call;
  return BRING_NODES.has(subject.kind.name) ? 0 : a;
}
