/**
 * For any program: what real threads did free is had again by its trace, by real threads one at a time and by the model; the
 * model alone does the same each time, to the byte; and what it decides is had again on real threads by its schedule.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { dataRaces } from "../../src/analysis/raced.ts";
import type { Control } from "../../src/protocol/run.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import type { Trace } from "../../src/trace/trace.ts";
import { outcomeOf } from "./outcome.ts";
import { growContention } from "./grown.ts";
import { Programs } from "./native/fixture.ts";

/** Each takes six runs, most of them of real threads. THREADLOOM_RUNS asks for more. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 5);
const SEED = process.env["THREADLOOM_SEED"];
const LIMITS = { timeLimitMs: 120_000 };

const programs = new Programs();

let grown = 0;

/** A run, what came of it, and where its trace lies. */
async function had(program: CompiledProgram, control?: Control) {
  const given = control === undefined ? {} : { control };
  const { ran, tracePath } = programs.start(program, { ...LIMITS, ...given });
  const result = await ran;
  return { ...outcomeOf(result), races: racesIn(result.trace), tracePath, result };
}

/** Pairs of lines. */
function racesIn(trace: Trace): string[] {
  const timeline = new Timeline(trace);
  timeline.advance();
  const found = dataRaces(timeline);
  return found
    .map(({ sites }) =>
      sites
        .map(({ line }) => line)
        .toSorted()
        .join(),
    )
    .toSorted();
}

async function agree(text: string): Promise<void> {
  const name = `grown-${++grown}.ts`;
  const native = await programs.compileAs(text, "native", name);
  const model = await programs.compileAs(text, "model", name);

  const free = await had(native);
  const recorded = { kind: "trace", path: free.tracePath } as const;
  const controlled = await had(native, recorded);
  assert.deepEqual(controlled.outcome, free.outcome, "on real threads, by the trace of a free run");
  const modelled = await had(model, recorded);
  assert.deepEqual(modelled.outcome, free.outcome, "on the model, by the trace of a free run");
  // What orders what is the same in all three, and so are the races: nothing of it is left to stamps.
  assert.deepEqual(controlled.races, free.races, "races on real threads, one at a time");
  assert.deepEqual(modelled.races, free.races, "races on the model");

  const seed = text.length;
  const decided = await had(model, { kind: "random", seed });
  const same = await had(model, { kind: "random", seed });
  assert.ok(
    readFileSync(decided.tracePath).equals(readFileSync(same.tracePath)),
    "on the model, twice: the same bytes",
  );
  const schedule = { kind: "schedule", text: decided.result.schedule! } as const;
  const pasted = await had(native, schedule);
  assert.deepEqual(pasted.outcome, decided.outcome, `by the model's schedule\n${schedule.text}`);
  const followed = await had(native, { kind: "trace", path: decided.tracePath });
  assert.deepEqual(followed.outcome, decided.outcome, "on real threads, by the model's trace");
}

test("any program does on each engine what it did on the other", async () => {
  const numbers = fc.array(fc.nat(1_000_000), { minLength: 20, maxLength: 120, size: "max" });
  await fc.assert(
    fc.asyncProperty(numbers, (list) => agree(growContention(list))),
    {
      numRuns: RUNS,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
      // Each attempt at a smaller program costs as much as a run.
      interruptAfterTimeLimit: 600_000,
    },
  );
});
