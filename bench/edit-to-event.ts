/** From an edit to the first event on the timeline, with compiler and runner warm: what saving a file costs. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createCompilerClient } from "../src/compiler/client.ts";
import { RunnerHost } from "../src/engine/native/host.ts";
import { median } from "./row.ts";
import type { Row } from "./row.ts";

const root = path.join(import.meta.dirname, "..");
const entry = path.join(root, "examples/4-shared-state/contention.ts");
const ROUNDS = 15;

export async function run(): Promise<Row[]> {
  const text = readFileSync(entry, "utf8");
  const folder = mkdtempSync(path.join(tmpdir(), "threadloom-bench-"));
  const compiler = createCompilerClient();
  const runner = new RunnerHost({ runnerPath: path.join(root, "dist/runner.mjs") });
  try {
    const [compiling, toEvent]: [number[], number[]] = [[], []];
    for (let round = -3; round < ROUNDS; round++) {
      const edited = text.replace("8000 + 100 * index", `${300 + round} + 100 * index`);
      const began = performance.now();
      const compilation = await compiler.compile(entry, { [entry]: edited });
      const compiled = performance.now();
      if (!compilation.ok)
        throw new Error(compilation.diagnostics.map(({ message }) => message).join("\n"));
      const run = runner.run(compilation.program, {
        tracePath: path.join(folder, "run.tltrace"),
        timeLimitMs: 60_000,
        memoryLimitBytes: 2 ** 30,
        outputLimitLines: 1000,
        argv: [],
        cwd: root,
      });
      const first = await new Promise<number>((resolve) => {
        run.on({ traced: (_, events) => events > 0 && resolve(performance.now()) });
      });
      await run.ended;
      if (round < 0) continue;
      compiling.push(compiled - began);
      toEvent.push(first - began);
    }
    const slowest = toEvent.toSorted((a, b) => a - b)[Math.floor(ROUNDS * 0.95)];
    return [
      { name: "edit → compiled, p50", median: median(compiling), unit: "ms" },
      { name: "edit → first event, p50", median: median(toEvent), unit: "ms", goal: "≤ 100 ms" },
      { name: "edit → first event, p95", median: slowest, unit: "ms" },
    ];
  } finally {
    runner.dispose();
    await compiler.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
