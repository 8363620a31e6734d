import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Exploration,
  executionsOf,
  failureOf,
  isAsExpected,
  type ExplorationState,
  type ExploreDoors,
} from "../../src/extension/exploration.ts";
import type {
  ExploredFinding,
  ExploreOptions,
  ExploreProgress,
  ExploreResult,
} from "../../src/protocol/explore.ts";
import type { Compilation, CompiledProgram } from "../../src/protocol/program.ts";
import type { FindingKind } from "../../src/trace/finding.ts";
import { deferred } from "../../src/base/deferred.ts";

const PROGRAM = {
  options: { expect: "race", seed: 7 },
  sources: [{ file: "/a.ts", text: "" }],
} as unknown as CompiledProgram;
const COMPILED: Compilation = { ok: true, program: PROGRAM, diagnostics: [] };
const OPTIONS: ExploreOptions = { strategy: "auto", seed: 7 };
const PROGRESS: ExploreProgress = {
  phase: { strategy: "dpor", executions: 5, complete: false },
  ...{ executions: 5, outcomes: 1, findings: 0, elapsedMs: 10 },
};
const RESULT: ExploreResult = {
  ...{ verdict: "ok", executions: 5, complete: true, strategy: "auto", phases: [], seed: 7 },
  ...{ steps: 50, outcomes: [], findings: [], pairs: [], unmodelled: [], pruned: 0 },
  durationMs: 12,
};
const found = (kind: FindingKind, schedule?: string): ExploredFinding => ({
  ...{ kind, code: "TL8101", severity: "error", message: "", sites: [] },
  ...(schedule === undefined ? {} : { schedule }),
});

const DONE: ExplorationState = {
  ...{ phase: "done", diagnostics: [], expected: "ok", texts: {}, changedFiles: [] },
};

/** Doors whose every answer the test gives, when it wants. */
function doors() {
  const compiling = deferred<Compilation>();
  const exploring = deferred<ExploreResult>();
  const calls: string[] = [];
  let tell: ((progress: ExploreProgress) => void) | undefined;
  const made: ExploreDoors = {
    compile: (_entry, _overlays, signal, engine) => {
      calls.push(`compile for ${engine}`);
      signal.addEventListener("abort", () => compiling.reject(signal.reason));
      return compiling.promise;
    },
    explore: ({ options }, listener) => {
      calls.push(`explore by ${options.strategy} from ${options.seed}`);
      tell = listener;
      return {
        ended: exploring.promise,
        stop: () => void calls.push("stop"),
        cancel: () => void calls.push("cancel"),
      };
    },
  };
  return { made, compiling, exploring, calls, tell: (at: ExploreProgress) => tell!(at) };
}

function start(made: ExploreDoors) {
  const exploration = new Exploration(
    {
      ...{ id: "1", program: "file:///a.ts", title: "a.ts", entry: "/a.ts" },
      overlays: { "/a.ts": "const = 1;" },
      options: (head) => Promise.resolve({ ...OPTIONS, seed: head.seed ?? 0 }),
    },
    made,
  );
  const states: ExplorationState[] = [];
  exploration.changed.add((state) => states.push(state));
  return { exploration, phases: () => [...new Set(states.map(({ phase }) => phase))] };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a program is compiled for the model, explored as its head says, and done with its result", async () => {
  const { made, compiling, exploring, calls, tell } = doors();
  const { exploration, phases } = start(made);
  compiling.resolve(COMPILED);
  await settle();
  assert.deepEqual(calls, ["compile for model", "explore by auto from 7"]);
  tell(PROGRESS);
  assert.equal(exploration.state.progress, PROGRESS);
  exploring.resolve(RESULT);
  const state = await exploration.settled;
  assert.deepEqual(phases(), ["exploring", "done"]);
  assert.equal(state.result, RESULT);
  assert.equal(state.expected, "race");
});

test("one that does not compile fails with what the compiler says, and nothing is explored", async () => {
  const { made, compiling, calls } = doors();
  const { exploration } = start(made);
  const diagnostics = [{ code: "TS1134", stops: true }] as unknown as Compilation["diagnostics"];
  compiling.resolve({ ok: false, diagnostics });
  const { phase, failure, ...state } = await exploration.settled;
  assert.deepEqual([phase, failure, state.diagnostics], ["failed", undefined, diagnostics]);
  assert.deepEqual(calls, ["compile for model"]);
});

test("what breaks on our side is a failure with its reason", async () => {
  const { made, compiling } = doors();
  const { exploration } = start(made);
  compiling.reject(new Error("the compiler is gone"));
  const { phase, failure } = await exploration.settled;
  assert.deepEqual([phase, failure], ["failed", "the compiler is gone"]);
});

test("stopping while it is compiled cancels it at once", async () => {
  const { made, calls } = doors();
  const { exploration, phases } = start(made);
  await settle();
  exploration.stop();
  await exploration.settled;
  assert.deepEqual(phases(), ["cancelled"]);
  assert.deepEqual(calls, ["compile for model"]);
});

test("stopping while it is explored asks for what there is; a second time, ends it", async () => {
  const { made, compiling, exploring, calls } = doors();
  const { exploration } = start(made);
  compiling.resolve(COMPILED);
  await settle();
  exploration.stop();
  assert.equal(calls.at(-1), "stop");
  assert.equal(exploration.state.phase, "exploring");
  exploration.stop();
  assert.equal(calls.at(-1), "cancel");
  exploring.resolve({ ...RESULT, verdict: "limit", stopped: "it was asked to stop" });
  assert.equal((await exploration.settled).phase, "done");
});

test("nothing changes after the end, but that files are edited, and only if they are others", async () => {
  const { made, compiling, exploring, tell } = doors();
  const { exploration } = start(made);
  compiling.resolve(COMPILED);
  await settle();
  exploring.resolve(RESULT);
  const before = await exploration.settled;
  tell(PROGRESS);
  exploration.stop();
  exploration.edited([]);
  assert.equal(exploration.state, before);
  exploration.edited(["/a.ts"]);
  const after = exploration.state;
  assert.deepEqual(after.changedFiles, ["/a.ts"]);
  exploration.edited(["/a.ts"]);
  assert.equal(exploration.state, after);
});

test("executions are those of the whole where it was explored, else those of all phases", () => {
  const phases = [
    { strategy: "bounded", bound: 0, executions: 2, complete: true },
    { strategy: "dpor", executions: 5, complete: true },
  ] as const;
  assert.equal(executionsOf({ ...RESULT, phases }), 5);
  assert.equal(executionsOf({ ...RESULT, complete: false, phases }), 7);
});

test("the failure that says most is what is expected, then the gravest that can be stepped through", () => {
  const findings = [found("deadlock"), found("assertion", "one"), found("race", "two")];
  const state: ExplorationState = { ...DONE, result: { ...RESULT, findings } };
  assert.equal(failureOf(state)?.schedule, "one");
  assert.equal(failureOf({ ...state, expected: "race" })?.schedule, "two");
  assert.equal(failureOf({ ...state, expected: "deadlock" })?.schedule, "one");
  assert.equal(failureOf({ ...state, result: RESULT }), undefined);
});

test("whether it came to what is expected is said only where there is a result", () => {
  const state: ExplorationState = { ...DONE, expected: "race" };
  assert.equal(isAsExpected(state), undefined);
  assert.equal(isAsExpected({ ...state, result: RESULT }), false);
  assert.equal(isAsExpected({ ...state, result: { ...RESULT, findings: [found("race")] } }), true);
});
