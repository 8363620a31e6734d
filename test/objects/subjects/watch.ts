/** A watch whose sender is the first thread's; the others look at it, by one receiver or two. */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import { END_WORDS, EndSide, EndWord, linkEnd } from "../../../src/objects/ends.ts";
import { beginHeld } from "../../../src/objects/held.ts";
import { watch, WatchOperation as Operation, WatchWord } from "../../../src/objects/watch.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";
import { endsIn } from "../words.ts";
import { markOf } from "./channel.ts";

const [SENDING, ...LOOKING] = THREADS;
const FIRST_MARK = 1;
const MOST_ENDS = 2;

function value(engine: SmallEngine, mark: number): Address {
  const block = engine.node(mark);
  beginHeld(engine.words, block);
  return block;
}

function ends({ words }: SmallEngine, at: Address, thread: ThreadId, side: number): Address[] {
  return endsIn(words, at + WatchWord.ENDS, thread, side);
}

export const watchSubject: Subject = {
  kind: watch,
  name: "watch",
  create(engine) {
    const at = engine.create(watch, value(engine, FIRST_MARK));
    const { words } = engine;
    linkEnd(words, at + WatchWord.ENDS, engine.allocate(END_WORDS), EndSide.SENDER, SENDING);
    for (const thread of LOOKING) {
      linkEnd(words, at + WatchWord.ENDS, engine.allocate(END_WORDS), EndSide.RECEIVER, thread);
    }
    words[at + WatchWord.RECEIVERS] = LOOKING.length;
    return at;
  },
  moves(engine, at, thread) {
    const { words } = engine;
    const moves: Move[] = [];
    for (const sender of ends(engine, at, thread, EndSide.SENDER)) {
      const mark = 10 + words[at + WatchWord.NUMBER];
      moves.push(
        { name: "send", call: () => call(at, Operation.SEND, value(engine, mark)) },
        { name: "drop sender", call: () => call(at, Operation.DROP_SENDER, sender) },
      );
    }
    const own = ends(engine, at, thread, EndSide.RECEIVER);
    for (const [index, end] of own.entries()) {
      const seen = words[end + EndWord.SEEN];
      const clone = (): number => engine.allocate(END_WORDS);
      moves.push(
        { name: `get ${index}`, call: () => call(at, Operation.GET) },
        { name: `changed ${index}`, call: () => call(at, Operation.CHANGED, end, seen) },
        { name: `drop receiver ${index}`, call: () => call(at, Operation.DROP_RECEIVER, end) },
      );
      if (own.length < MOST_ENDS) {
        moves.push({
          name: "clone receiver",
          call: () => call(at, Operation.CLONE_RECEIVER, clone(), seen),
        });
      }
    }
    return moves;
  },
  seen(engine, at) {
    const { words } = engine;
    const seenBy = THREADS.map((thread) =>
      ends(engine, at, thread, EndSide.RECEIVER).map((end) => words[end + EndWord.SEEN]),
    );
    return [
      markOf(words, words[at + WatchWord.VALUE]),
      words[at + WatchWord.NUMBER],
      words[at + WatchWord.SENDERS],
      words[at + WatchWord.RECEIVERS],
      seenBy,
    ];
  },
  waiting(_engine, { b }) {
    return b;
  },
  answer({ words }, { operation, result }) {
    switch (operation) {
      case Operation.SEND:
        return result;
      case Operation.GET:
      case Operation.CHANGED:
        return result > 0 ? { value: markOf(words, result) } : result;
      default:
        return null;
    }
  },
};
