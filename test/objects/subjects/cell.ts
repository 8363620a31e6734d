/** A `@shared` cell that three threads read and write, numbers and counted blocks. */
import {
  cell,
  CellOperation as Operation,
  CellTag,
  CellWord,
  COUNT_WORD,
} from "../../../src/objects/cell.ts";
import { NODE_WORDS } from "../../../src/objects/waiters.ts";
import { call } from "../small-engine.ts";
import type { Subject } from "../subject.ts";

/** A block's mark is what stands for its content. */
const MARK = NODE_WORDS;

export const cellSubject: Subject = {
  kind: cell,
  name: "cell",
  create: (engine) => engine.create(cell),
  moves(engine, at, thread) {
    const numbers = [0, 1].map((n) => ({
      name: `write ${n}`,
      call: () => call(at, Operation.WRITE, CellTag.INTEGER, 0, n),
    }));
    const text = {
      name: "write a text",
      call: () => {
        const block = engine.node(thread + 1);
        engine.words[block + COUNT_WORD] = 1;
        return call(at, Operation.WRITE, CellTag.BLOCK, 0, block);
      },
    };
    return [{ name: "read", call: () => call(at, Operation.READ) }, ...numbers, text];
  },
  seen({ words }, at) {
    const tag = words[at + CellWord.TAG];
    const low = words[at + CellWord.LOW];
    return [tag, tag === CellTag.BLOCK ? words[low + MARK] : low];
  },
  answer({ words }, { operation, result, low }) {
    if (operation === Operation.WRITE) return null;
    return [result, result === CellTag.BLOCK ? words[low + MARK] : low];
  },
};
