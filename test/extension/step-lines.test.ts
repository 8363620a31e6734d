import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepThread } from "../../src/protocol/step.ts";
import { lineMarks } from "../../src/extension/step-lines.ts";

const at = (line: number, column = 1) => ({ file: "/a.ts", line, column });

const threadOf = (id: number, more: Partial<StepThread>): StepThread =>
  ({ id, name: `t${id}`, state: "ready", waitsFor: [], holds: [], ...more }) as StepThread;

const next = (text: string, line: number, canStep = true) => ({
  text,
  place: at(line),
  canStep,
  canTimeOut: false,
});

test("a thread stands where its next operation is, with what it would do, and who cannot go is told apart", () => {
  const { marks, more } = lineMarks({
    threads: [
      threadOf(0, { state: "blocked", place: at(9), next: next("join `t1`", 9, false) }),
      threadOf(1, { place: at(2), next: next("write `counter` ← 1", 3) }),
      threadOf(2, { place: at(5), function: "inside" }),
    ],
  });
  assert.deepEqual(
    marks.map(({ line, order, text }) => `${line} ${order} ${text}`),
    ["9 0 ‖ t0: join t1", "3 1 t1: write counter ← 1", "5 2 ‖ t2: inside"],
  );
  assert.deepEqual(more, []);
});

test("threads that have ended, or stand nowhere, have no line", () => {
  const threads = [threadOf(0, { state: "ended", place: at(1) }), threadOf(1, {})];
  assert.deepEqual(lineMarks({ threads }).marks, []);
});

test("of many threads on one line a few are named, and the others counted", () => {
  const threads = Array.from({ length: 1000 }, (_, id) =>
    threadOf(id, { place: at(4), next: next("lock `db`", 4) }),
  );
  const { marks, more } = lineMarks({ threads });
  assert.equal(marks.length, 4);
  assert.deepEqual(
    more.map(({ file, line, count }) => [file, line, count]),
    [["/a.ts", 4, 996]],
  );
});
