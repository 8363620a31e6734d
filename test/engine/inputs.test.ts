/** What threads were given from outside is recorded, and given again by a replay, on both engines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Control, RunOptions } from "../../src/protocol/run.ts";
import { Programs } from "./native/fixture.ts";

const programs = new Programs();
let count = 0;

/** The program, run free on real threads; and a way to have that run again on each engine. */
async function recorded(text: string, options: Partial<RunOptions> = {}) {
  const name = `asks-${++count}.ts`;
  const native = await programs.compileAs(text, "native", name);
  const model = await programs.compileAs(text, "model", name);
  const started = programs.start(native, options);
  const ran = await started.ran;
  const control: Control = { kind: "trace", path: started.tracePath };
  const again = (on: "native" | "model", changed = options) =>
    programs.start(on === "native" ? native : model, { ...changed, control }).ran;
  return { ran, again, tracePath: started.tracePath, name };
}

const ASKS = `// @threadloom
  import { randomBytes, randomInt, randomUUID } from "node:crypto";
  import os from "node:os";
  import { hrtime } from "node:process";
  import { spawn, availableParallelism } from "threadloom:std";
  const asks = (name: string): void => {
    for (let round = 0; round < 3; round++) {
      console.log(name, Date.now(), new Date().toISOString(), Date(), performance.now(), Math.random());
      console.log(name, process.hrtime.bigint(), process.hrtime().join());
      console.log(name, crypto.randomUUID(), crypto.getRandomValues(new Uint16Array(3)).join());
      console.log(name, randomUUID(), randomBytes(5).toString("hex"), randomInt(1000), randomInt(5, 9));
    }
  };
  const threads = ["a", "b", "c"].map((name) => spawn(() => {
    asks(name);
    spawn(() => { asks(name + name); }).join();
  }));
  asks("main");
  console.log(availableParallelism(), os.availableParallelism(), process.argv.slice(2).join());
  for (const thread of threads) thread.join();
`;

test("clocks, random numbers and bytes, cores and arguments are given again, to each thread its own", async () => {
  const { ran, again } = await recorded(ASKS, { argv: ["one", "two"] });
  assert.equal(ran.output.length, 7 * 12 + 1);
  for (const engine of ["native", "model"] as const) {
    const replayed = await again(engine);
    assert.deepEqual(replayed.scheduleProblems, [], engine);
    assert.deepEqual(replayed.output, ran.output, engine);
    assert.deepEqual(replayed.trace.facts, ran.trace.facts, engine);
  }
});
