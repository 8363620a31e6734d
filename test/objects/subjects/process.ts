/** A process that ends by itself, is waited for and is killed; `remote`: its end is another's to tell. */
import {
  process_,
  ProcessOperation,
  ProcessOutcome,
  ProcessWord,
} from "../../../src/objects/process.ts";
import { call } from "../small-engine.ts";
import type { Subject } from "../subject.ts";

/** The thread that has the process; the others are within it. */
const OWNER = 0;

export const processSubject = (remote: boolean): Subject => ({
  kind: process_,
  name: remote ? "process of the system" : "process",
  create: (engine) => engine.create(process_, remote ? 1 : 0),
  moves(_engine, at, thread) {
    const move = (name: string, operation: number, a = 0, b = 0) => ({
      name,
      call: () => call(at, operation, a, b),
    });
    if (thread === OWNER) {
      return [move("wait", ProcessOperation.WAIT), move("kill", ProcessOperation.KILL)];
    }
    return [
      move(`exit ${thread}`, ProcessOperation.END, ProcessOutcome.EXITED, thread),
      move("is killed", ProcessOperation.END, ProcessOutcome.SIGNALLED, 9),
    ];
  },
  seen({ words }, at) {
    return [
      words[at + ProcessWord.OUTCOME],
      words[at + ProcessWord.CODE],
      words[at + ProcessWord.SEEN],
      words[at + ProcessWord.KILL_ASKED],
    ];
  },
  // Ending what has ended answers nobody: who does so is over.
  answer: (_engine, { operation, result }) => (operation === ProcessOperation.END ? null : result),
});
