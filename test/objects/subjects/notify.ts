/** A notify to which few come. Who has come may wait or leave; here anybody may for anybody who is not waiting already. */
import { notify, NotifyOperation as Operation, NotifyWord } from "../../../src/objects/notify.ts";
import type { Address } from "../../../src/base/brand.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";

const ENOUGH = 2;

/** How many have come and are not waiting. */
function undecided(engine: SmallEngine, at: Address): number {
  const waiting = THREADS.filter((thread) => engine.standing(thread).kind !== "idle");
  return engine.words[at + NotifyWord.HERE] - waiting.length;
}

export const notifySubject: Subject = {
  kind: notify,
  name: "notify",
  create: (engine) => engine.create(notify),
  moves(engine, at) {
    const move = (name: string, operation: number): Move => ({
      name,
      call: () => call(at, operation),
    });
    const moves = [
      move("notifyOne", Operation.NOTIFY_ONE),
      move("notifyAll", Operation.NOTIFY_ALL),
    ];
    if (engine.words[at + NotifyWord.HERE] < ENOUGH) moves.push(move("come", Operation.COME));
    if (undecided(engine, at) > 0) {
      moves.push(move("await", Operation.AWAIT), move("leave", Operation.LEAVE));
    }
    return moves;
  },
  seen: ({ words }, at) => [...words.subarray(at + NotifyWord.PERMIT, at + NotifyWord.WOKEN + 1)],
  answer: (_, { result }) => result,
};
