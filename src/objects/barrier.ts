/**
 * A barrier: so many threads meet, then all of them go on, again and again. Waiting is two operations, as a condition's is:
 * `ARRIVE` is an event and never waits, `PASS` goes through once all of the generation have arrived. So arrivals of one
 * generation commute, the last one like the others, and being blocked is no event.
 *
 * The leader of a generation is the lowest thread id, which no order of arrival changes. A waiter is a node that the thread
 * brings; more threads than parties may use a barrier, so that a generation may be over before all have passed.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Turn } from "./object.ts";
import { appendNode, NodeWord, takeNode } from "./waiters.ts";

export const BarrierWord = {
  PARTIES: Head.OWN,
  ARRIVED: Head.OWN + 1,
  GENERATION: Head.OWN + 2,
  FIRST: Head.OWN + 3,
  LAST: Head.OWN + 4,
} as const;

/** a = the waiter's node. ARRIVE answers the generation. */
export const BarrierOperation = { ARRIVE: 0, PASS: 1 } as const;

/** Results of PASS; a node's `STATE` until then: 0 while it has to wait. */
export const PassResult = { FOLLOWER: 1, LEADER: 2 } as const;

/** Everybody is there: the next generation begins. */
function open(turn: Turn, at: Address): void {
  const { words } = turn;
  let leader = words[words[at + BarrierWord.FIRST] + NodeWord.THREAD];
  for (let node = words[at + BarrierWord.FIRST]; node !== 0; node = words[node + NodeWord.NEXT]) {
    leader = Math.min(leader, words[node + NodeWord.THREAD]);
  }
  for (;;) {
    const node = takeNode(words, at + BarrierWord.FIRST);
    if (node === 0) break;
    const thread = words[node + NodeWord.THREAD];
    words[node + NodeWord.STATE] = thread === leader ? PassResult.LEADER : PassResult.FOLLOWER;
    turn.retryThread(at, (thread - 1) as ThreadId);
  }
  words[at + BarrierWord.ARRIVED] = 0;
  words[at + BarrierWord.GENERATION]++;
}

export const barrier: ObjectKind = {
  name: "barrier",
  words: 5,
  operations: [{ name: "arrive" }, { name: "pass", waiting: "waits for the others at" }],
  /** a = parties. */
  create(words, at, a) {
    words[at + BarrierWord.PARTIES] = a;
  },
  step(turn, at, operation, thread, a) {
    const { words } = turn;
    if (operation === BarrierOperation.ARRIVE) {
      const generation = words[at + BarrierWord.GENERATION];
      appendNode(words, at + BarrierWord.FIRST, a as Address, thread);
      words[a + NodeWord.LOAD] = generation;
      turn.event = EventKind.barrierArrive;
      turn.argument = ++words[at + BarrierWord.ARRIVED];
      if (turn.argument === words[at + BarrierWord.PARTIES]) open(turn, at);
      return generation;
    }
    if (operation !== BarrierOperation.PASS)
      throw new RangeError(`barrier has no operation ${operation}`);
    const state = words[a + NodeWord.STATE];
    if (state === 0) {
      turn.argument = -1;
      return BLOCKED;
    }
    turn.event = EventKind.barrierPass;
    turn.argument = words[a + NodeWord.LOAD]!;
    return state;
  },
  outlook(words, _at, operation, a) {
    const waits = operation === BarrierOperation.PASS && words[a + NodeWord.STATE] === 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("a barrier is never given up");
  },
  /** Arrivals of one generation commute; passing depends on those that make it possible, the arrivals of its own. */
  commutes(words, at, first, second) {
    const [one, other] = first.operation < second.operation ? [first, second] : [second, first];
    if (one.operation === BarrierOperation.PASS) return true;
    const generation = one.result;
    if (other.operation === BarrierOperation.PASS) return other.argument !== generation;
    if (other.result !== generation) return false;
    // Two that were made from one and the same state: is there room for both?
    return one.argument !== other.argument || one.argument < words[at + BarrierWord.PARTIES];
  },
  /** What the last arrival has set is set for that thread: before it there was nothing to go on. */
  couldPrecede() {
    return false;
  },
  waitsFor() {
    return [];
  },
};
