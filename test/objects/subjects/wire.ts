/** A wire whose writing end one thread has and whose reading end another; the third looks. Bytes are marked by their number. */
import type { ThreadId } from "../../../src/base/brand.ts";
import { END_WORDS, EndSide, linkEnd } from "../../../src/objects/ends.ts";
import {
  Carried,
  connection,
  pipe,
  WireOperation as Operation,
  WireWord,
} from "../../../src/objects/wire.ts";
import { call } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";
import { endsIn } from "../words.ts";

const [WRITER, READER] = [0, 1] as ThreadId[];
const CAPACITY = 4;
/** Bytes that are written in all, at most: so that there are only so many states. */
const MOST_BYTES = 6;
const MODES = { pipe: Carried.AT_ONCE, chosen: Carried.CHOSEN, told: Carried.TOLD };

function bytes(words: Int32Array, at: number, from: number, count: number): number[] {
  const all = new Uint8Array(words.buffer);
  const ring = words[at + WireWord.RING] * 4;
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push(all[ring + ((from + i) & (CAPACITY - 1))]);
  return found;
}

export function wireSubject(mode: keyof typeof MODES): Subject {
  const carried = MODES[mode];
  return {
    kind: carried === Carried.AT_ONCE ? pipe : connection,
    name: carried === Carried.AT_ONCE ? "pipe" : `connection (${mode})`,
    create(engine) {
      const kind = carried === Carried.AT_ONCE ? pipe : connection;
      const at = engine.create(kind, CAPACITY, carried);
      engine.words[at + WireWord.RING] = engine.allocate(CAPACITY / 4);
      const list = at + WireWord.ENDS;
      linkEnd(engine.words, list, engine.allocate(END_WORDS), EndSide.SENDER, WRITER);
      linkEnd(engine.words, list, engine.allocate(END_WORDS), EndSide.RECEIVER, READER);
      return at;
    },
    moves(engine, at, thread) {
      const { words } = engine;
      const moves: Move[] = [];
      const add = (name: string, operation: number, a: () => number, b = 0, choices = 1): void => {
        for (let choice = 0; choice < choices; choice++) {
          const call_ = () => call(at, operation, a(), b);
          moves.push({ name: `${name} #${choice}`, call: call_, choice });
        }
      };
      const choices = carried === Carried.CHOSEN ? 4 : 1;
      const [writer] = endsIn(words, at + WireWord.ENDS, thread, EndSide.SENDER);
      const [reader] = endsIn(words, at + WireWord.ENDS, thread, EndSide.RECEIVER);
      const written = words[at + WireWord.WRITTEN];
      if (writer !== undefined) {
        for (const length of [1, 3].filter((one) => written + one <= MOST_BYTES)) {
          const block = (): number => {
            const made = engine.allocate(1);
            for (let i = 0; i < length; i++) {
              new Uint8Array(engine.words.buffer)[made * 4 + i] = written + i + 1;
            }
            return made;
          };
          add(`write ${length}`, Operation.WRITE, block, length);
          add(`tryWrite ${length}`, Operation.TRY_WRITE, block, length);
        }
        add("close writer", Operation.CLOSE_WRITER, () => writer, 0);
        if (carried !== Carried.AT_ONCE) add("reset", Operation.CLOSE_WRITER, () => writer, 1);
      }
      if (reader !== undefined) {
        for (const most of [1, 4]) {
          const block = (): number => engine.allocate(1);
          add(`read ${most}`, Operation.READ, block, most, choices);
          add(`tryRead ${most}`, Operation.TRY_READ, block, most, choices);
        }
        add("close reader", Operation.CLOSE_READER, () => reader);
      }
      add("readable", Operation.READABLE, () => 0, 0, choices);
      add("surely readable", Operation.SURELY_READABLE, () => 0, 0, choices);
      add("writable", Operation.WRITABLE, () => 0);
      if (carried === Carried.TOLD && thread === 2) {
        const flight = words[at + WireWord.WRITTEN] - words[at + WireWord.ARRIVED];
        if (flight > 0) add("arrive", Operation.ARRIVE, () => 1, 0);
        const ends = words[at + WireWord.CLOSING] !== 0 && words[at + WireWord.CLOSED] === 0;
        if (flight === 0 && ends) add("the end arrives", Operation.ARRIVE, () => 0, 1);
      }
      return moves;
    },
    /** What a waiting operation brings tells nothing; how much it wants does. */
    waiting: (_engine, { b }) => b,
    seen({ words }, at) {
      const read = words[at + WireWord.READ];
      const written = words[at + WireWord.WRITTEN];
      return [
        bytes(words, at, read, written - read),
        written,
        words[at + WireWord.ARRIVED] - read,
        words[at + WireWord.CLOSING],
        words[at + WireWord.CLOSED],
        words[at + WireWord.DEAF],
        words[at + WireWord.LATE],
        words[at + WireWord.CUT],
      ];
    },
    answer({ words }, { operation, result, a }) {
      if (operation !== Operation.READ && operation !== Operation.TRY_READ) return result;
      const given = new Uint8Array(words.buffer, a * 4, Math.max(result, 0));
      return [result, ...given];
    },
  };
}
