/** A run with two processes, one within the other: what they say to each other, how one exits and the other is killed. */
import type { ThreadId } from "../../src/base/brand.ts";
import { EventKind, OBJECT_KINDS } from "../../src/trace/event.ts";
import type { ProcessRow } from "../../src/trace/tables.ts";
import { joined, piecesOf, type Record } from "../trace/records.ts";

const [MAIN, CHILD, HELPER, INNER] = [0, 1, 2, 3];
const [DOWN, UP, PROCESS, INNER_DOWN, INNER_UP, INNER_PROCESS] = [11, 12, 13, 21, 22, 23];
const CHANNEL = OBJECT_KINDS.indexOf("channel");

const process = (id: number, name: string, thread: number, object: number): ProcessRow => ({
  ...{ id, name, pid: 4000 + id, thread: thread as ThreadId, object },
  ...{ down: object - 2, up: object - 1 },
});

const at = (us: number, thread: number, kind: number, object = 0, argument = 0): Record => ({
  ...{ time: us * 1000, thread, kind, object, argument },
  version: kind === EventKind.create ? 0 : 1,
});

/** A pipe through which the helper gives nine bytes, the first to itself, the rest to main. */
export const THROUGH_A_PIPE: readonly Record[] = [
  at(2, MAIN, EventKind.create, 31, OBJECT_KINDS.indexOf("pipe")),
  at(25, HELPER, EventKind.bytesWritten, 31, 9),
  at(28, HELPER, EventKind.bytesRead, 31, 1),
  at(35, MAIN, EventKind.bytesRead, 31, 9),
];

const records = [
  at(0, MAIN, EventKind.threadStart, 1, -1),
  ...[DOWN, UP, INNER_DOWN, INNER_UP].map((one) => at(1, MAIN, EventKind.create, one, CHANNEL)),
  at(10, CHILD, EventKind.threadStart, 2, MAIN),
  at(15, HELPER, EventKind.threadStart, 3, CHILD),
  at(18, INNER, EventKind.threadStart, 4, CHILD),
  at(20, MAIN, EventKind.send, DOWN, 1),
  at(40, CHILD, EventKind.receive, DOWN, 1),
  at(45, HELPER, EventKind.threadEnd, 3),
  at(50, CHILD, EventKind.send, UP, 1),
  at(60, INNER, EventKind.threadEnd, 4, 2),
  at(60, CHILD, EventKind.processKill, INNER_PROCESS, -9),
  at(70, MAIN, EventKind.receive, UP, 1),
  at(80, CHILD, EventKind.processEnd, PROCESS, 3),
  at(81, CHILD, EventKind.threadEnd, 2),
  at(90, MAIN, EventKind.processWait, PROCESS, 3),
  at(100, MAIN, EventKind.threadEnd, 1),
];

export function processTrace(more: readonly Record[] = []): Uint8Array {
  return joined(
    piecesOf({
      records: [...records, ...more].toSorted((one, other) => one.time - other.time),
      threads: [
        { name: "main", object: 1 },
        { name: "adder", object: 2, process: 1 },
        { name: "worker-1", object: 3, process: 1 },
        { name: "inner", object: 4, process: 2 },
      ],
      processes: [
        process(1, "adder", CHILD, PROCESS),
        { ...process(2, "inner", INNER, INNER_PROCESS), parent: 1 },
      ],
      end: { ending: { kind: "finished" }, durationNs: 100_000 },
    }),
  );
}
