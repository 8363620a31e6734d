/** Exploring what a thread may choose after somebody's step, though one of its choices has nothing to do with that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enumerate } from "./naive.ts";
import { counted, DEPENDENCE } from "./counted.ts";
import { modelOfSelects, type SelectProgram } from "./small-selects.ts";

/** Who prefers which channel decides in what order its choices are tried. */
const PROGRAMS = [
  [1, 2],
  [2, 1],
].map((order): SelectProgram => [
  [
    { do: "send", on: 1 },
    { do: "select", biased: false, cases: order.map((on) => ({ sends: true, on })) },
  ],
  [
    { do: "recv", on: 1 },
    { do: "recvFor", on: 1 },
  ],
]);

/** The same, where who gave up does something after it that the select's send has to do with. */
const GOING_ON = PROGRAMS.map(([first, second]): SelectProgram => [
  first,
  [...second, { do: "tryRecv", on: 1 }],
]);

for (const program of [...PROGRAMS, ...GOING_ON]) {
  const { cases } = program[0][1] as Extract<SelectProgram[0][1], { readonly biased: boolean }>;
  test(`whoever gives up may do so before a select of ${cases.map(({ on }) => on).join(" or ")} chooses what it waits for, and ${program[1].length === 2 ? "end" : "look again"}`, () => {
    const { model, told } = modelOfSelects(program);
    const found = counted(model, told);
    const all = enumerate(model, DEPENDENCE, told);
    assert.deepEqual([...found.told].toSorted(), [...new Set(all.traces.values())].toSorted());
    assert.equal(found.wasted, 0);
  });
}
