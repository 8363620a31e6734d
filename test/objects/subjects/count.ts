/** A latch and a wait group, which three threads count and wait for. */
import { CountWord } from "../../../src/objects/count.ts";
import { latch, LatchOperation } from "../../../src/objects/latch.ts";
import type { ObjectKind } from "../../../src/objects/object.ts";
import { waitGroup, WaitGroupOperation } from "../../../src/objects/wait-group.ts";
import { call } from "../small-engine.ts";
import type { Subject } from "../subject.ts";

type Named = readonly [name: string, operation: number, a: number];

/** A wait group is not counted up any further, so that there are few states. */
const ENOUGH = 3;

const subjectOf = (
  kind: ObjectKind,
  count: number,
  moves: (count: number) => readonly Named[],
): Subject => ({
  kind,
  name: kind.name,
  create: (engine) => engine.create(kind, count),
  moves: ({ words }, at) =>
    moves(words[at + CountWord.COUNT]).map(([name, operation, a]) => ({
      name,
      call: () => call(at, operation, a),
    })),
  seen: ({ words }, at) => words[at + CountWord.COUNT],
  answer: (_, { result }) => result,
});

export const LATCH_COUNT = 3;

export const latchSubject = subjectOf(latch, LATCH_COUNT, () => [
  ["countDown 1", LatchOperation.COUNT_DOWN, 1],
  ["countDown 2", LatchOperation.COUNT_DOWN, 2],
  ["wait", LatchOperation.WAIT, 0],
  ["count", LatchOperation.COUNT, 0],
]);

export const waitGroupSubject = subjectOf(waitGroup, 0, (count) => {
  const always: readonly Named[] = [
    ["done", WaitGroupOperation.DONE, 0],
    ["wait", WaitGroupOperation.WAIT, 0],
    ["add more than can be counted", WaitGroupOperation.ADD, 2 ** 31 - 1],
  ];
  if (count >= ENOUGH) return always;
  return [...always, ["add 1", WaitGroupOperation.ADD, 1], ["add 2", WaitGroupOperation.ADD, 2]];
});
