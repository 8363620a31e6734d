/**
 * Any asynchronous program does on both engines, step by step, what it does in Node: the order of jobs, ticks and timers is
 * the language's. Each program is run three times, so the number of runs is small; THREADLOOM_RUNS asks for more.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { growAsyncProgram } from "../native/async-programs.ts";
import { Programs } from "../native/fixture.ts";

const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 5);
/** The same programs each time, unless more are asked for: then others, whose seed is printed where one fails. */
const SEED = process.env["THREADLOOM_RUNS"] === undefined ? { seed: 2026 } : {};
/** A difference is told after that long, with the smallest program found until then: each one tried takes half a second. */
const TIME_LIMIT_MS = 60_000 + RUNS * 2_000;
const native = new Programs("native");
const model = new Programs("model");

/** What it prints before it ends, be it by a rejection that nobody handles. */
function inNode(text: string): readonly string[] {
  const file = path.join(native.folder, "plain.mts");
  writeFileSync(file, text);
  const options = { encoding: "utf8", timeout: 15_000 } as const;
  const { stdout, stderr, error } = spawnSync(process.execPath, [file], options);
  assert.ifError(error);
  assert.doesNotMatch(stderr, /SyntaxError/, text);
  return stdout.split("\n").slice(0, -1);
}

test("any asynchronous program prints on both engines what it prints in Node", async () => {
  const numbers = fc.array(fc.nat(1_000_000), { minLength: 20, maxLength: 200, size: "max" });
  await fc.assert(
    fc.asyncProperty(numbers, async (list) => {
      const text = growAsyncProgram(list);
      const expected = inNode(text);
      for (const [engine, programs] of Object.entries({ native, model })) {
        const ran = await programs.run(text, { timeLimitMs: 15_000 });
        const told = ran.findings.map(({ message }) => message).join("\n");
        assert.deepEqual(ran.output, expected, `${engine}: ${told}\n${text}`);
      }
    }),
    {
      numRuns: RUNS,
      ...SEED,
      interruptAfterTimeLimit: TIME_LIMIT_MS,
      markInterruptAsFailure: true,
    },
  );
});
