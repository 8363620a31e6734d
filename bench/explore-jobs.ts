/**
 * One program's search by one explorer and by two (`check --jobs`): the same sixteen parts, so that what differs is who explores
 * them. Wall-clock time, as it is what a second core is for; nothing else should run beside it.
 */
import path from "node:path";
import { ExplorerPool } from "../src/cli/check/explorer-pool.ts";
import { exploreProgram } from "../src/cli/check/explore-program.ts";
import { createCompilerClient } from "../src/compiler/client.ts";
import { runnerPath } from "../src/engine/native/runner-path.ts";
import type { CompiledProgram } from "../src/protocol/program.ts";
import { compared, median, type Row } from "./row.ts";

const ROUNDS = 3;

/** Eighteen additions, in any order of two threads: 18 over 9 traces. Fewer are over before the explorers are warm. */
const ADDITIONS = `// @threadloom
import { AtomicI32, spawn } from "threadloom:std";
const total = new AtomicI32(0);
const threads = [1, 2].map((by) => spawn(() => { for (let i = 0; i < 9; i++) total.fetchAdd(by); }));
for (const thread of threads) thread.join();`;
const TRACES = 48_620;

async function milliseconds(program: CompiledProgram, jobs: number): Promise<number> {
  using pool = new ExplorerPool(jobs, jobs, { runnerPath: runnerPath() });
  const began = performance.now();
  const result = await exploreProgram({
    ...{ program, pool, options: { strategy: "dpor", seed: 0 } },
    ...{ signal: new AbortController().signal, kept: undefined },
    tell: () => undefined,
    keep: () => undefined,
  });
  if (result?.executions !== TRACES) throw new Error(`${result?.executions} executions`);
  return performance.now() - began;
}

export async function run(): Promise<Row[]> {
  const file = path.resolve("additions.ts");
  const compiler = createCompilerClient();
  const compilation = await compiler.compile(file, { [file]: ADDITIONS }, undefined, "model");
  await compiler.dispose();
  if (!compilation.ok) throw new Error("the program does not compile");
  const [one, two]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    one.push(await milliseconds(compilation.program, 1));
    two.push(await milliseconds(compilation.program, 2));
  }
  const row = { name: "one explorer", median: median(one), unit: "ms" as const };
  return [compared({ ...row, goal: "≥ 1.8 ×" }, "two explorers", median(two))];
}
