/**
 * Whether some order explains a history (Herlihy and Wing, "Linearizability: A Correctness Condition for Concurrent Objects", TOPLAS
 * 1990): Wing and Gong's search ("Testing and Verifying Concurrent Objects", JPDC 1993) takes, again and again, a call before which
 * none has returned, if the model answers what the call came to. As Lowe does ("Testing for Linearizability", 2017), states are
 * not searched from twice: a state here is which calls were taken, and where that led in the tree of answers.
 *
 * A call that has not returned is one that never will: executions are judged when nothing moves any more. It must be left out, and
 * where the order ends the model must not have it return either, since then nothing holds it up. That is how calls that block by
 * their meaning and deadlocks are told apart. In theory, such a call may have had its effect; one that never returns from it is wrong.
 */
import type { Answers, Specification } from "./specification.ts";

/** Of a call, as the search sees it. */
export interface Ordered {
  readonly thread: number;
  readonly call: number;
  readonly first: number;
  readonly last: number;
  readonly outcome: string | undefined;
}

export interface Explained {
  /** Whether there is such an order. */
  readonly holds: boolean;
  /** The order; if there is none, a longest beginning of one. By the places of the calls in the history. */
  readonly order: readonly number[];
  /** After a beginning: what the model answers to calls that could come next; undefined: it does not return. */
  readonly instead: readonly { readonly at: number; readonly answer: string | undefined }[];
}

/** `history`: the calls of each thread in their order; 30 at most. Exponential at worst in how many of them overlap. */
export function explain(history: readonly Ordered[], model: Specification): Explained {
  const before = history.map((call, at) => callsBefore(history, call, at));
  const places = history.map((_, at) => at);
  const seen = new Map<Answers, Set<number>>();
  const taken: number[] = [];
  let order: readonly number[] = [];
  let instead: Explained["instead"] = [];
  const answerTo = (at: number, known: Answers) => {
    const calls = taken.map((place) => history[place].call);
    return model.answer(known, calls, history[at].call);
  };
  /** All that have returned were taken, and those that have not would not return from here. */
  const isOver = (done: number, known: Answers): boolean => {
    const left = places.filter((at) => !has(done, at));
    if (left.some((at) => history[at].outcome !== undefined)) return false;
    return left.every((at) => answerTo(at, known).outcome === undefined);
  };
  const search = (done: number, known: Answers): boolean => {
    if (isOver(done, known)) {
      order = [...taken];
      return true;
    }
    if (!isNew(seen, known, done)) return false;
    const open = places.filter((at) => !has(done, at) && (before[at] & ~done) === 0);
    for (const at of open) {
      const { outcome } = history[at];
      if (outcome === undefined) continue;
      const answer = answerTo(at, known);
      if (outcome !== answer.outcome) continue;
      taken.push(at);
      if (search(done | (1 << at), answer.then)) return true;
      taken.pop();
    }
    if (taken.length > order.length || instead.length === 0) {
      order = [...taken];
      instead = open.map((at) => ({ at, answer: answerTo(at, known).outcome }));
    }
    return false;
  };
  const holds = search(0, model.answers);
  return { holds, order, instead: holds ? [] : instead };
}

/** Which calls have returned when this one is invoked, as bits. */
function callsBefore(history: readonly Ordered[], call: Ordered, at: number): number {
  let bits = 0;
  for (const [index, other] of history.entries()) {
    const comesBefore = other.thread === call.thread ? index < at : other.last < call.first;
    if (index !== at && comesBefore) bits |= 1 << index;
  }
  return bits;
}

function has(bits: number, at: number): boolean {
  return (bits & (1 << at)) !== 0;
}

function isNew(seen: Map<Answers, Set<number>>, known: Answers, done: number): boolean {
  const states = seen.get(known);
  if (states?.has(done) === true) return false;
  if (states === undefined) seen.set(known, new Set([done]));
  else states.add(done);
  return true;
}
