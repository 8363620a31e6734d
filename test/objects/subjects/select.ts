/**
 * Two channels, one that holds a message and one that holds none, at which three threads send, receive, and select among
 * both. The object that is looked at is the first.
 */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import { ChannelOperation } from "../../../src/objects/channel.ts";
import { Head } from "../../../src/objects/object.ts";
import { SELECT, select } from "../../../src/objects/kinds.ts";
import {
  beginSelect,
  caseAt,
  CaseWord,
  SelectOperation,
  selectWords,
  waitsIn,
} from "../../../src/objects/select.ts";
import { type Call, call, type SmallEngine } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";
import { channelSubject } from "./channel.ts";

const buffered = channelSubject(1);
const rendezvous = channelSubject(0);
const NAMES = ["send", "trySend", "recv", "tryRecv"];

/** The second channel's address stands right behind the first one's last word. */
function meeting({ words }: SmallEngine, at: Address): Address {
  return words[at + Head.OWN + buffered.kind.words] as Address;
}

interface Wanted {
  readonly name: string;
  readonly operation: number;
  readonly biased: boolean;
  /** What is done on the first channel and on the second, or both times on the second. */
  readonly cases: readonly (readonly [which: 0 | 1, operation: number])[];
}

const { SEND, RECEIVE } = ChannelOperation;
const { SELECT: WAITS, TRY_SELECT: TRIES } = SelectOperation;
const receives = [
  [0, RECEIVE],
  [1, RECEIVE],
] as const;
const exchanges = [
  [1, SEND],
  [1, RECEIVE],
] as const;
const passes = [
  [0, RECEIVE],
  [1, SEND],
] as const;

const WANTED: readonly Wanted[] = [
  { name: "select a message", operation: WAITS, biased: false, cases: receives },
  { name: "select a message, the first", operation: WAITS, biased: true, cases: receives },
  { name: "select a message, if there is one", operation: TRIES, biased: false, cases: receives },
  { name: "select to pass on", operation: WAITS, biased: false, cases: passes },
  { name: "select an exchange", operation: WAITS, biased: false, cases: exchanges },
];

function selection(engine: SmallEngine, at: Address, thread: ThreadId, wanted: Wanted): Address {
  const { cases, biased } = wanted;
  const block = engine.allocate(selectWords(cases.length));
  const nodes = cases.map(() => engine.node(100 * (thread + 1) + 50));
  const { words } = engine;
  beginSelect(words, block, SELECT, thread, cases.length, biased);
  for (const [index, [which, operation]] of cases.entries()) {
    const row = caseAt(block, index);
    words[row + CaseWord.OBJECT] = which === 0 ? at : meeting(engine, at);
    words[row + CaseWord.OPERATION] = operation;
    words[row + CaseWord.A] = nodes[index];
  }
  return block;
}

export const selectSubject: Subject = {
  kind: select,
  name: "select",
  create(engine) {
    const at = buffered.create(engine);
    // Behind the first channel stand its ends: their place is made anew, with room for the second one's address.
    const moved = engine.allocate(Head.OWN + buffered.kind.words + 1);
    engine.words.copyWithin(moved, at, at + Head.OWN + buffered.kind.words);
    engine.words[moved + Head.ID] = moved;
    const second = rendezvous.create(engine);
    engine.words[moved + Head.OWN + buffered.kind.words] = second;
    return moved;
  },
  moves(engine, at, thread) {
    const plain = [buffered, rendezvous].flatMap((subject, which) =>
      subject
        .moves(engine, which === 0 ? at : meeting(engine, at), thread)
        .filter(({ name }) => NAMES.includes(name))
        .map((move): Move => ({ ...move, name: `${move.name} ${which}` })),
    );
    const choices = [0, 1];
    const selects = WANTED.flatMap((wanted) =>
      (wanted.biased ? [0] : choices).map((choice): Move => ({
        name: `${wanted.name}, choosing ${choice}`,
        choice,
        call: () => call(selection(engine, at, thread, wanted), wanted.operation),
      })),
    );
    return [...plain, ...selects];
  },
  seen(engine, at) {
    return [buffered.seen(engine, at), rendezvous.seen(engine, meeting(engine, at))];
  },
  waiting(engine, { object }: Call) {
    if (engine.kindOf(object) !== select) return object;
    const { words } = engine;
    const first = select.objectAt(words, object, 0);
    const second = select.objectAt(words, object, 1);
    return [first, waitsIn(words, object, first), second, waitsIn(words, object, second)];
  },
  answer(engine, happening) {
    return [happening.object, buffered.answer(engine, happening)];
  },
};
