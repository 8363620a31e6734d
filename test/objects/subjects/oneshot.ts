/** A one-shot whose two ends belong to two of the three threads. */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import { END_WORDS, EndSide, linkEnd } from "../../../src/objects/ends.ts";
import {
  oneshot,
  OneshotOperation as Operation,
  OneshotWord,
} from "../../../src/objects/oneshot.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";
import { endsIn } from "../words.ts";
import { markOf } from "./channel.ts";

const MESSAGE = 7;
const [SENDING, RECEIVING] = [0, 1] as ThreadId[];

function ends({ words }: SmallEngine, at: Address, thread: ThreadId, side: number): Address[] {
  return endsIn(words, at + OneshotWord.ENDS, thread, side);
}

export const oneshotSubject: Subject = {
  kind: oneshot,
  name: "one-shot",
  create(engine) {
    const at = engine.create(oneshot);
    const list = at + OneshotWord.ENDS;
    linkEnd(engine.words, list, engine.allocate(END_WORDS), EndSide.SENDER, SENDING);
    linkEnd(engine.words, list, engine.allocate(END_WORDS), EndSide.RECEIVER, RECEIVING);
    return at;
  },
  moves(engine, at, thread) {
    const move = (name: string, operation: number, a: () => number, b = 0): Move => ({
      name,
      call: () => call(at, operation, a(), b),
    });
    const [sender] = ends(engine, at, thread, EndSide.SENDER);
    const [receiver] = ends(engine, at, thread, EndSide.RECEIVER);
    return [
      ...(sender === undefined
        ? []
        : [
            move("send", Operation.SEND, () => engine.node(MESSAGE), sender),
            move("drop sender", Operation.DROP_SENDER, () => sender),
          ]),
      ...(receiver === undefined
        ? []
        : [
            move("recv", Operation.RECEIVE, () => receiver),
            move("tryRecv", Operation.TRY_RECEIVE, () => receiver),
            move("drop receiver", Operation.DROP_RECEIVER, () => receiver),
          ]),
    ];
  },
  seen(engine, at) {
    const { words } = engine;
    return [
      words[at + OneshotWord.MESSAGE] !== 0,
      words[at + OneshotWord.SENDERS],
      words[at + OneshotWord.RECEIVERS],
      ends(engine, at, SENDING, EndSide.SENDER).length,
      ends(engine, at, RECEIVING, EndSide.RECEIVER).length,
    ];
  },
  answer({ words }, { operation, result }) {
    switch (operation) {
      case Operation.SEND:
        return result;
      case Operation.DROP_SENDER:
        return null;
      default:
        return result > 0 ? { message: markOf(words, result) } : result;
    }
  },
};
