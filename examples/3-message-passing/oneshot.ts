// @threadloom
//
// A question and its answer: with each question goes the end of a channel for one message. The librarian answers in whatever
// order suits her; nobody gets another's answer. Who asks need not wait at once: it looks whether the answer is there, does
// something else, and waits when nothing else is left.
import { assert, channel, oneshot, otherwise, select, spawn } from "threadloom:std";
import type { OneshotSender } from "threadloom:std";

interface Question {
  readonly title: string;
  readonly reply: OneshotSender<number>;
}

const [desk, questions] = channel<Question>();

spawn(
  () => {
    for (const { title, reply } of questions) reply.send(title.length);
  },
  { name: "librarian" },
);

const readers = ["Emma", "Dracula", "Ulysses"].map((title) => {
  const mine = desk.clone();
  return spawn(
    () => {
      const [reply, answer] = oneshot<number>();
      mine.send({ title, reply });
      const early = answer.tryRecv();
      return early.kind === "value" ? early.value : answer.recv();
    },
    { name: `reader of ${title}` },
  );
});
desk.drop();

// `otherwise`: take what is there, and wait for nothing.
const [_bell, rung] = channel<void>();
const heard = select([rung.case(() => "the bell"), otherwise(() => "nothing yet")]);

const shelves = readers.map((reader) => reader.join());
console.log(`shelves ${shelves.join(", ")}; heard ${heard}`);
assert(shelves.join() === "4,7,7");
