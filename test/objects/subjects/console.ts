/** The console, which every thread prints to. */
import { console_, ConsoleOperation, ConsoleWord } from "../../../src/objects/console.ts";
import { NodeWord } from "../../../src/objects/waiters.ts";
import { call } from "../small-engine.ts";
import type { Subject } from "../subject.ts";
import { chain } from "../words.ts";

export const consoleSubject: Subject = {
  kind: console_,
  name: "console",
  create: (engine) => engine.create(console_),
  moves: (engine, at) => [
    { name: "print", call: () => call(at, ConsoleOperation.WRITE, engine.node()) },
  ],
  seen: ({ words }, at) => chain(words, at + ConsoleWord.FIRST, NodeWord.THREAD),
  answer: () => null,
};
