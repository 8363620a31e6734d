import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stripVTControlCharacters } from "node:util";
import { renderLanes, slice } from "../../src/cli/render/lanes.ts";
import type { Lane, LaneState, Span } from "../../src/cli/render/lanes.ts";
import { paintFor } from "../../src/cli/render/paint.ts";

const LOOK = { width: 50, colour: false, unicode: true };
const STATES: LaneState[] = ["running", "blocked", "waiting", "sleeping", "recording"];

/** `r10 b5`: running from 0 to 10, blocked from 10 to 15. A space in the sense of `_5` is a gap. */
function spans(text: string): Span[] {
  let time = 0;
  return text.split(" ").flatMap((word) => {
    const [from, length] = [time, Number(word.slice(1))];
    time += length;
    const state = STATES.find((one) => one.startsWith(word[0]) && one !== "recording");
    return state === undefined ? [] : [{ state, from, to: time }];
  });
}

const LANES: Lane[] = [
  { thread: 0, name: "main", spans: spans("r4000 w16000") },
  { thread: 1, name: "alice", spans: spans("_2000 r6000 b12000") },
  { thread: 2, name: "bob", spans: spans("_3000 s5000 r5000") },
];

test("a lane per thread, an axis and a legend of what occurs", () => {
  assert.deepEqual(renderLanes(LANES, 20_000, LOOK, paintFor(LOOK)), [
    "  main   ████████·································",
    "  alice      ████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒",
    "  bob          ╌╌╌╌╌╌╌╌╌╌███████████",
    "         0                 10 µs             20 µs",
    "         █ running   ▒ blocked by another thread   · waiting   ╌ sleeping",
  ]);
});

test("plain characters where the terminal has no others", () => {
  const plain = renderLanes(LANES, 20_000, { ...LOOK, unicode: false }, paintFor(LOOK));
  assert.match(plain.join("\n"), /^[\x20-\x7e\n]+$/);
});

test("colour changes nothing but colour", () => {
  const coloured = renderLanes(LANES, 20_000, LOOK, paintFor({ colour: true }));
  assert.deepEqual(
    coloured.map(stripVTControlCharacters),
    renderLanes(LANES, 20_000, LOOK, paintFor(LOOK)),
  );
});

test("a long name is cut, and wide names keep the lanes in line", () => {
  const lanes = ["x".repeat(40), "漢字", "b"].map((name, thread) => ({
    ...{ thread, name, spans: spans("r10") },
  }));
  const [long = "", wide = "", short = ""] = renderLanes(lanes, 10, LOOK, paintFor(LOOK));
  assert.ok(long.includes("…"));
  assert.equal(wide.indexOf("█"), short.indexOf("█") - 2);
});

test("a column shows the state that took most of it; a tie shows what costs", () => {
  assert.deepEqual(slice(spans("r6 b4"), 10, 1), ["running"]);
  assert.deepEqual(slice(spans("r4 b6"), 10, 1), ["blocked"]);
  assert.deepEqual(slice(spans("r5 b5"), 10, 1), ["blocked"]);
});

test("a thread that lived shorter than a column is seen all the same", () => {
  assert.deepEqual(slice([{ state: "running", from: 500, to: 500 }], 1000, 4), [
    ...[undefined, undefined, "running", undefined],
  ]);
  assert.deepEqual(slice([{ state: "running", from: 1000, to: 1000 }], 1000, 2), [
    ...[undefined, "running"],
  ]);
});

test("a column is blank exactly where the thread had no span", () => {
  const span = fc.record({
    state: fc.constantFrom(...STATES),
    gap: fc.nat(5),
    length: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(span), fc.integer({ min: 1, max: 40 }), (parts, columns) => {
      let time = 0;
      const made = parts.map(({ state, gap, length }): Span => {
        const from = time + gap;
        time = from + length;
        return { state, from, to: time };
      });
      const step = Math.max(time, 1) / columns;
      const cells = slice(made, time, columns);
      assert.equal(cells.length, columns);
      cells.forEach((cell, column) => {
        const [from, to] = [column * step, (column + 1) * step];
        const inside = made.filter((one) => one.from < to - 1e-9 && one.to > from + 1e-9);
        if (inside.length > 0) assert.ok(inside.some((one) => one.state === cell));
        else if (!made.some((one) => one.from <= to + 1e-9 && one.to >= from - 1e-9))
          assert.equal(cell, undefined);
      });
    }),
  );
});
