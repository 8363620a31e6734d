/** A broadcast to which two of the three threads can send, and to which two are subscribed. */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import {
  broadcast,
  BroadcastOperation as Operation,
  BroadcastWord,
  LAGGED,
} from "../../../src/objects/broadcast.ts";
import { END_WORDS, EndSide, EndWord, linkEnd } from "../../../src/objects/ends.ts";
import { beginHeld } from "../../../src/objects/held.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";
import { endsIn } from "../words.ts";
import { markOf } from "./channel.ts";

const SENDING = THREADS.slice(0, 2);
const SUBSCRIBED = THREADS.slice(1);
const MOST_ENDS = 2;

function message(engine: SmallEngine, thread: ThreadId): Address {
  const sent = engine.log.filter(
    (one) => one.thread === thread && one.operation === Operation.SEND,
  );
  const block = engine.node(100 * (thread + 1) + sent.length);
  beginHeld(engine.words, block);
  return block;
}

function ends({ words }: SmallEngine, at: Address, thread: ThreadId, side: number): Address[] {
  return endsIn(words, at + BroadcastWord.ENDS, thread, side);
}

/** The subscribers, with whose they are. */
export function subscribersOf(
  words: Int32Array,
  at: Address,
): (readonly [end: Address, owner: ThreadId])[] {
  return THREADS.flatMap((thread) =>
    endsIn(words, at + BroadcastWord.ENDS, thread, EndSide.RECEIVER).map(
      (end) => [end, thread] as const,
    ),
  );
}

export function broadcastSubject(capacity: number): Subject {
  return {
    kind: broadcast,
    name: `broadcast of capacity ${capacity}`,
    create(engine) {
      const at = engine.create(broadcast, capacity, engine.allocate(capacity));
      const { words } = engine;
      const list = at + BroadcastWord.ENDS;
      for (const thread of SENDING) {
        linkEnd(words, list, engine.allocate(END_WORDS), EndSide.SENDER, thread);
      }
      for (const thread of SUBSCRIBED) {
        const end = engine.allocate(END_WORDS);
        linkEnd(words, list, end, EndSide.RECEIVER, thread);
        words[end + EndWord.SEEN] = 1;
      }
      words[at + BroadcastWord.SENDERS] = SENDING.length;
      words[at + BroadcastWord.RECEIVERS] = SUBSCRIBED.length;
      return at;
    },
    moves(engine, at, thread) {
      const { words } = engine;
      const end = (): Address => engine.allocate(END_WORDS);
      const move = (name: string, operation: number, a: () => number, b = 0): Move => ({
        name,
        call: () => call(at, operation, a(), b),
      });
      const senders = ends(engine, at, thread, EndSide.SENDER);
      const receivers = ends(engine, at, thread, EndSide.RECEIVER);
      const moves: Move[] = [];
      for (const sender of senders.slice(0, 1)) {
        moves.push(
          move("send", Operation.SEND, () => message(engine, thread)),
          move("drop sender", Operation.DROP_SENDER, () => sender),
        );
        if (senders.length < MOST_ENDS)
          moves.push(move("clone sender", Operation.CLONE_SENDER, end));
        if (receivers.length < MOST_ENDS) moves.push(move("subscribe", Operation.SUBSCRIBE, end));
      }
      for (const [index, receiver] of receivers.entries()) {
        const next = words[receiver + EndWord.SEEN];
        moves.push(
          move(`recv ${index}`, Operation.RECEIVE, () => receiver, next),
          move(`tryRecv ${index}`, Operation.TRY_RECEIVE, () => receiver, next),
          move(`drop receiver ${index}`, Operation.DROP_RECEIVER, () => receiver),
        );
        if (receivers.length < MOST_ENDS) {
          moves.push(move("clone receiver", Operation.CLONE_RECEIVER, end, next));
        }
      }
      return moves;
    },
    seen(engine, at) {
      const { words } = engine;
      const sent = words[at + BroadcastWord.SENT];
      const stand = THREADS.map((thread) =>
        ends(engine, at, thread, EndSide.RECEIVER).map((end) => words[end + EndWord.SEEN]),
      );
      // What nobody will receive any more is nobody's to see.
      const unread = sent + 1 - Math.min(sent + 1, ...stand.flat());
      const count = Math.min(unread, words[at + BroadcastWord.COUNT]);
      const kept = Array.from({ length: count }, (_, index) =>
        markOf(words, words[words[at + BroadcastWord.RING] + ((sent - index) % capacity)]),
      );
      const senders = THREADS.map((thread) => ends(engine, at, thread, EndSide.SENDER).length);
      return [kept, sent, stand, senders];
    },
    waiting(_engine, { b }) {
      return b;
    },
    answer({ words }, { operation, result, low }) {
      switch (operation) {
        case Operation.SEND:
          return result;
        case Operation.RECEIVE:
        case Operation.TRY_RECEIVE:
          if (result === LAGGED) return { missed: low };
          return result > 0 ? { message: markOf(words, result) } : result;
        default:
          return null;
      }
    },
  };
}
