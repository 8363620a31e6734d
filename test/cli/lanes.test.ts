import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stripVTControlCharacters } from "node:util";
import { renderLanes, slice } from "../../src/cli/render/lanes.ts";
import type { Lane } from "../../src/cli/render/lanes.ts";
import { paintFor } from "../../src/cli/render/paint.ts";
import { SpanColumns } from "../../src/trace/timeline/spans.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";

const LOOK = { width: 50, colour: false, unicode: true };
const STATES = Object.entries(ThreadState);

/** `r10 b5`: running from 0 to 10, blocked from 10 to 15. `_5` is a gap. */
function spans(text: string): SpanColumns {
  const made = new SpanColumns();
  let time = 0;
  for (const word of text.split(" ")) {
    const [from, length] = [time, Number(word.slice(1))];
    time += length;
    const state = STATES.find(([name]) => name.startsWith(word[0]))?.[1];
    if (state !== undefined) made.add(from, time, state, 0, -1, 0, 0);
  }
  return made;
}

const LANES: Lane[] = [
  { thread: 0, name: "main", states: spans("r4000 w16000") },
  { thread: 1, name: "alice", states: spans("_2000 r6000 b12000") },
  { thread: 2, name: "bob", states: spans("_3000 s5000 r5000") },
];

test("a lane per thread, an axis and a legend of what occurs", () => {
  assert.deepEqual(renderLanes(LANES, 20_000, "nanoseconds", LOOK, paintFor(LOOK)), [
    "  main   ████████·································",
    "  alice      ████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒",
    "  bob          ╌╌╌╌╌╌╌╌╌╌███████████",
    "         0                 10\u00a0µs             20\u00a0µs",
    "         █ running   ▒ blocked by another thread   · waiting   ╌ sleeping",
  ]);
});

test("plain characters where the terminal has no others", () => {
  const plain = renderLanes(
    LANES,
    20_000,
    "nanoseconds",
    { ...LOOK, unicode: false },
    paintFor(LOOK),
  );
  assert.match(plain.join("\n"), /^[\x20-\x7e\n]+$/);
});

test("colour changes nothing but colour", () => {
  const coloured = renderLanes(LANES, 20_000, "nanoseconds", LOOK, paintFor({ colour: true }));
  assert.deepEqual(
    coloured.map(stripVTControlCharacters),
    renderLanes(LANES, 20_000, "nanoseconds", LOOK, paintFor(LOOK)),
  );
});

test("a long name is cut, and wide names keep the lanes in line", () => {
  const lanes = ["x".repeat(40), "漢字", "b"].map((name, thread) => ({
    ...{ thread, name, states: spans("r10") },
  }));
  const [long = "", wide = "", short = ""] = renderLanes(
    lanes,
    10,
    "nanoseconds",
    LOOK,
    paintFor(LOOK),
  );
  assert.ok(long.includes("…"));
  assert.equal(wide.indexOf("█"), short.indexOf("█") - 2);
});

test("more threads than fit are counted", () => {
  const lanes = Array.from({ length: 70 }, (_, thread) => ({
    ...{ thread, name: `w${thread}`, states: spans("r10") },
  }));
  assert.match(
    renderLanes(lanes, 10, "nanoseconds", LOOK, paintFor(LOOK)).join("\n"),
    /^ +and 6 more threads$/m,
  );
});

test("a column shows the state that took most of it; a tie shows what costs", () => {
  assert.deepEqual(slice(spans("r6 b4"), 10, 1), [ThreadState.running]);
  assert.deepEqual(slice(spans("r4 b6"), 10, 1), [ThreadState.blocked]);
  assert.deepEqual(slice(spans("r5 b5"), 10, 1), [ThreadState.blocked]);
});

test("a thread that lived shorter than a column is seen all the same", () => {
  const { running } = ThreadState;
  assert.deepEqual(slice(spans("_500 r0"), 1000, 4), [undefined, undefined, running, undefined]);
  assert.deepEqual(slice(spans("_1000 r0"), 1000, 2), [undefined, running]);
});

test("a column is blank exactly where the thread had no span", () => {
  const part = fc.record({
    state: fc.constantFrom(...Object.values(ThreadState)),
    gap: fc.nat(5),
    length: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(part), fc.integer({ min: 1, max: 40 }), (parts, columns) => {
      const made = new SpanColumns();
      let time = 0;
      for (const { state, gap, length } of parts) {
        made.add(time + gap, time + gap + length, state, 0, -1, 0, 0);
        time += gap + length;
      }
      const step = Math.max(time, 1) / columns;
      const cells = slice(made, time, columns);
      assert.equal(cells.length, columns);
      cells.forEach((cell, column) => {
        const [from, to] = [column * step, (column + 1) * step];
        const rows = [...Array(made.count).keys()];
        const inside = rows.filter(
          (row) => made.start[row] < to - 1e-9 && made.end[row] > from + 1e-9,
        );
        const near = rows.some(
          (row) => made.start[row] <= to + 1e-9 && made.end[row] >= from - 1e-9,
        );
        if (inside.length > 0) assert.ok(inside.some((row) => made.value[row] === cell));
        else if (!near) assert.equal(cell, undefined);
      });
    }),
  );
});
