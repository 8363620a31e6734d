/** A channel of which each of three threads has a sender and a receiver; a message is marked by who sent it as its which. */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import {
  channel,
  ChannelOperation as Operation,
  ChannelWord,
} from "../../../src/objects/channel.ts";
import { END_WORDS, EndSide, linkEnd } from "../../../src/objects/ends.ts";
import { NODE_WORDS, NodeWord } from "../../../src/objects/waiters.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";
import { chain, endsIn } from "../words.ts";

const MARK = NODE_WORDS;
/** How many ends of a side one thread may have, so that there are only so many states. */
const MOST_ENDS = 2;

export function endsOf(words: Int32Array, at: Address, thread: ThreadId, side: number): Address[] {
  return endsIn(words, at + ChannelWord.ENDS, thread, side);
}

function sendsOf(engine: SmallEngine, thread: ThreadId): number {
  return engine.log.filter((one) => one.thread === thread && one.operation <= Operation.TRY_SEND)
    .length;
}

export function markOf(words: Int32Array, message: number): number {
  return words[message + MARK];
}

export function channelSubject(capacity: number): Subject {
  return {
    kind: channel,
    name: capacity < 0 ? "unbounded channel" : `channel of capacity ${capacity}`,
    create(engine) {
      const at = engine.create(channel, capacity);
      const { words } = engine;
      for (const thread of THREADS) {
        linkEnd(words, at + ChannelWord.ENDS, engine.allocate(END_WORDS), EndSide.SENDER, thread);
        linkEnd(words, at + ChannelWord.ENDS, engine.allocate(END_WORDS), EndSide.RECEIVER, thread);
      }
      words[at + ChannelWord.SENDERS] = THREADS.length;
      words[at + ChannelWord.RECEIVERS] = THREADS.length;
      return at;
    },
    moves(engine, at, thread) {
      const { words } = engine;
      const senders = endsOf(words, at, thread, EndSide.SENDER);
      const receivers = endsOf(words, at, thread, EndSide.RECEIVER);
      const move = (name: string, operation: number, make: () => number): Move => ({
        name,
        call: () => call(at, operation, make()),
      });
      const message = (): Address => engine.node(100 * (thread + 1) + sendsOf(engine, thread));
      const end = (): Address => engine.allocate(END_WORDS);
      const moves = [move("length", Operation.LENGTH, () => 0)];
      if (senders.length > 0) {
        moves.push(
          move("send", Operation.SEND, message),
          move("trySend", Operation.TRY_SEND, message),
          move("drop sender", Operation.DROP_SENDER, () => senders[0]),
        );
        if (senders.length < MOST_ENDS)
          moves.push(move("clone sender", Operation.CLONE_SENDER, end));
      }
      if (receivers.length > 0) {
        moves.push(
          move("recv", Operation.RECEIVE, () => engine.node()),
          move("tryRecv", Operation.TRY_RECEIVE, () => engine.node()),
          move("drop receiver", Operation.DROP_RECEIVER, () => receivers[0]),
        );
        if (receivers.length < MOST_ENDS) {
          moves.push(move("clone receiver", Operation.CLONE_RECEIVER, end));
        }
      }
      const last = engine.log.findLast(({ operation }) => operation === Operation.DROP_RECEIVER);
      if (words[at + ChannelWord.RECEIVERS] === 0 && last?.thread === thread) {
        moves.push(move("discard", Operation.DISCARD, () => 0));
      }
      return moves;
    },
    seen({ words }, at) {
      const owned = (side: number): number[] =>
        THREADS.map((thread) => endsOf(words, at, thread, side).length);
      return [
        chain(words, at + ChannelWord.FIRST, MARK),
        chain(words, at + ChannelWord.WAITING_FIRST, NodeWord.THREAD),
        words[at + ChannelWord.COUNT],
        words[at + ChannelWord.SENDERS],
        words[at + ChannelWord.RECEIVERS],
        owned(EndSide.SENDER),
        owned(EndSide.RECEIVER),
      ];
    },
    answer({ words }, { operation, result }) {
      switch (operation) {
        case Operation.RECEIVE:
        case Operation.TRY_RECEIVE:
        case Operation.DISCARD:
          return result > 0 ? { message: markOf(words, result) } : result;
        case Operation.SEND:
        case Operation.TRY_SEND:
        case Operation.LENGTH:
          return result;
        case Operation.DROP_RECEIVER:
          return { isLast: result === 0 };
        default:
          return null;
      }
    },
  };
}
