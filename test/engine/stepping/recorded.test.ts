/** Stepping through a run that was recorded on real threads: in its order, and with what it was given from outside. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { MomentId } from "../../../src/protocol/step.ts";
import { Programs } from "../native/fixture.ts";
import { Stepped } from "./stepped.ts";

const programs = new Programs("native");

test("a recorded run is stepped through in its order, with its clock, its numbers and its output", async () => {
  const text = `/** @shared */ let first = "";
const begin = (name: string) => std.spawn(() => {
  first ||= name;
  console.log(name, Date.now(), Math.random(), performance.now() > 0);
});
for (const one of ["a", "b"].map(begin)) one.join();
console.log(first, std.availableParallelism() > 0);`;
  const { output, tracePath } = await recorded(text);
  const stepped = await Stepped.of(`import * as std from "threadloom:std";\n${text}`, {
    trace: readFileSync(tracePath),
  });
  assert.deepEqual(stepped.state.over?.output, output);
  const { depth } = stepped.state;
  await stepped.ask({ kind: "goTo", moment: 0 as MomentId });
  assert.equal(stepped.state.depth, 0);
  for (let step = 0; step < depth; step++) await stepped.ask({ kind: "redo" });
  assert.deepEqual(stepped.state.over?.output, output);
});

async function recorded(text: string): Promise<{ output: readonly string[]; tracePath: string }> {
  const program = await programs.compile(text);
  const { ran, tracePath } = programs.start(program);
  const { output } = await ran;
  return { output, tracePath: path.resolve(tracePath) };
}
