// @threadloom
//
// Buffers that are handed out again: a stack that threads share, without a lock around it. Whoever needs one takes what lies on
// top, and makes a new one if there is none; afterwards it is put back. Two threads need at most two, however often they ask.
import { assert, AtomicI32, scope } from "threadloom:std";
import { ConcurrentStack } from "threadloom:collections";

const free = new ConcurrentStack<number>();
const made = new AtomicI32(0);

function withBuffer(use: (buffer: number) => void) {
  const buffer = free.pop() ?? made.fetchAdd(1);
  use(buffer);
  free.push(buffer);
}

scope((s) => {
  for (const name of ["reader", "writer"]) {
    s.spawn(
      () => {
        for (let i = 0; i < 2; i++) withBuffer((buffer) => assert(buffer < 2));
      },
      { name },
    );
  }
});

const left: number[] = [];
for (let buffer = free.pop(); buffer !== undefined; buffer = free.pop()) left.push(buffer);
console.log(
  `all came back: ${left.length === made.load()}, and nobody made a third: ${made.load() <= 2}`,
);
assert(new Set(left).size === made.load());
