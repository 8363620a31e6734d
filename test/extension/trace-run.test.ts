import assert from "node:assert/strict";
import { test } from "node:test";
import type { Compilation, CompiledProgram } from "../../src/protocol/program.ts";
import type { RunResult } from "../../src/protocol/run.ts";
import type { Ending } from "../../src/trace/tables.ts";
import type { Examined } from "../../src/extension/examined.ts";
import type { Report, RunState } from "../../src/extension/run-state.ts";
import { TraceRun, type Doors, type RunningProgram } from "../../src/extension/trace-run.ts";
import { deferred } from "../../src/base/deferred.ts";

const REPORT: Report = { findings: [], sentence: "", waits: [], threads: [] };
const EXAMINED: Examined = { report: REPORT, files: [], events: 7, threads: 2, clock: "ticks" };
const PROGRAM = {
  options: {},
  sources: [{ file: "/a.ts", text: "" }],
} as unknown as CompiledProgram;
const COMPILED: Compilation = { ok: true, program: PROGRAM, diagnostics: [] };

const resultOf = (ending: Ending): RunResult => ({
  ending,
  findings: [],
  durationNs: 10,
  events: 7,
  threads: 2,
});

/** Doors whose every answer the test gives, when it wants. */
function doors() {
  const compiling = deferred<Compilation>();
  const running = deferred<RunResult>();
  const examining = deferred<Examined>();
  let listener: Parameters<RunningProgram["on"]>[0] | undefined;
  const calls: string[] = [];
  const program: RunningProgram = {
    ended: running.promise,
    cancel: () => {
      calls.push("cancel");
      running.resolve(resultOf({ kind: "cancelled" }));
    },
    on: (given) => {
      listener = given;
      return { [Symbol.dispose]: () => (listener = undefined) };
    },
  };
  const made: Doors = {
    compile: (_entry, _overlays, signal, engine) => {
      calls.push(engine === undefined ? "compile" : `compile for ${engine}`);
      signal.addEventListener("abort", () => compiling.reject(signal.reason));
      return compiling.promise;
    },
    run: () => (calls.push("run"), program),
    examine: () => (calls.push("examine"), examining.promise),
    openRecording: () => Promise.reject(new Error("nothing was recorded")),
  };
  return { made, compiling, running, examining, calls, listener: () => listener };
}

function start(made: Doors, engine?: "native" | "model") {
  const run = new TraceRun(
    {
      ...(engine === undefined ? {} : { engine }),
      id: "1",
      program: "file:///a.ts",
      title: "a.ts",
      entry: "/a.ts",
      overlays: {},
      options: {
        tracePath: "/t",
        timeLimitMs: 1,
        memoryLimitBytes: 1,
        outputLimitLines: 1,
        argv: [],
        cwd: "/",
      },
    },
    made,
  );
  const states: RunState[] = [];
  run.changed.add((state) => states.push(state));
  return { run, phases: () => [...new Set(states.map((state) => state.phase))] };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a run is compiled, started, followed, ended and examined, in that order", async () => {
  const { made, compiling, running, examining, calls, listener } = doors();
  const { run, phases } = start(made);
  compiling.resolve(COMPILED);
  await turn();
  assert.equal(run.state.phase, "starting");
  listener()!.thread!({ id: 0 as never, name: "main", object: 1 });
  listener()!.traced!(240, 10);
  assert.deepEqual([run.state.bytes, run.state.events, run.state.threads], [240, 10, 1]);
  running.resolve(resultOf({ kind: "finished" }));
  await turn();
  assert.equal(run.state.phase, "ended");
  assert.equal(listener(), undefined, "nobody listens to a program that is over");
  examining.resolve(EXAMINED);
  const state = await run.settled;
  assert.equal(state.report, REPORT);
  assert.deepEqual(state.files, ["/a.ts"]);
  assert.deepEqual(phases(), ["starting", "running", "ended"]);
  assert.deepEqual(calls, ["compile", "run", "examine"]);
});

test("a program that does not compile is not run, and its diagnostics are kept", async () => {
  const { made, compiling, calls } = doors();
  const { run } = start(made);
  const diagnostics = [{ code: "TS1005" }] as never;
  compiling.resolve({ ok: false, diagnostics });
  const state = await run.settled;
  assert.equal(state.phase, "failed");
  assert.equal(state.diagnostics, diagnostics);
  assert.equal(state.failure, undefined);
  assert.deepEqual(calls, ["compile"]);
});

test("cancelling before anything happened means that nothing does", async () => {
  const { made, calls } = doors();
  const { run } = start(made);
  run.cancel();
  assert.equal((await run.settled).phase, "cancelled");
  assert.deepEqual(calls, []);
});

test("cancelling while it is compiled ends it at once, and the compiler is told", async () => {
  const { made, compiling, calls } = doors();
  const { run } = start(made);
  await turn();
  run.cancel();
  assert.equal(run.state.phase, "cancelled");
  await assert.rejects(compiling.promise, { name: "AbortError" });
  const state = await run.settled;
  assert.equal(state.phase, "cancelled");
  assert.equal(state.failure, undefined);
  assert.deepEqual(calls, ["compile"]);
});

test("a listener that cancels as the run starts keeps the program from running", async () => {
  const { made, compiling, calls } = doors();
  const { run } = start(made);
  run.changed.add(({ phase }) => phase === "starting" && run.cancel());
  compiling.resolve(COMPILED);
  assert.equal((await run.settled).phase, "cancelled");
  assert.deepEqual(calls, ["compile"]);
});

test("cancelling while it runs keeps what was recorded, and examines nothing", async () => {
  const { made, compiling, calls, listener } = doors();
  const { run } = start(made);
  compiling.resolve(COMPILED);
  await turn();
  listener()!.traced!(480, 20);
  run.cancel();
  run.cancel();
  const state = await run.settled;
  assert.equal(state.phase, "cancelled");
  assert.equal(state.bytes, 480);
  assert.deepEqual(
    calls.filter((call) => call !== "cancel"),
    ["compile", "run"],
  );
  run.cancel();
  assert.equal(run.state, state, "cancelling what is over changes nothing");
});

test("each failure of ours is told with its stage, and none is thrown at anybody", async () => {
  const boom = new Error("boom");
  const stages = {
    compiling: (one: ReturnType<typeof doors>) => one.compiling.reject(boom),
    running: (one: ReturnType<typeof doors>) => {
      one.compiling.resolve(COMPILED);
      one.running.reject(boom);
    },
    examining: (one: ReturnType<typeof doors>) => {
      one.compiling.resolve(COMPILED);
      one.running.resolve(resultOf({ kind: "finished" }));
      one.examining.reject(boom);
    },
  };
  for (const [stage, fail] of Object.entries(stages)) {
    const one = doors();
    const { run } = start(one.made);
    fail(one);
    const state = await run.settled;
    assert.deepEqual(state.failure, { stage, reason: "boom" });
    assert.equal(state.phase, stage === "examining" ? "ended" : "failed");
  }
});

test("a runner that crashes is a failed run with its reason", async () => {
  const { made, compiling, running } = doors();
  const { run } = start(made);
  compiling.resolve(COMPILED);
  running.resolve(resultOf({ kind: "crashed", reason: "killed by SIGKILL" }));
  const state = await run.settled;
  assert.equal(state.phase, "failed");
  assert.deepEqual(state.failure, { stage: "running", reason: "killed by SIGKILL" });
});

test("a program that names what real threads cannot play is compiled for the model", async () => {
  const { made, compiling, calls } = doors();
  const { run } = start(made);
  const options = { model: "timesliced" } as const;
  const named = { ...PROGRAM, options, form: "model" } as unknown as CompiledProgram;
  compiling.resolve({ ok: true, program: named, diagnostics: [] });
  await turn();
  assert.deepEqual(calls, ["compile", "compile for model", "run"]);
  assert.equal(run.state.clock, "ticks");
});

test("who chose an engine gets it, whatever the program names", async () => {
  for (const engine of ["native", "model"] as const) {
    const { made, compiling, calls } = doors();
    start(made, engine);
    const program = { ...PROGRAM, options: { model: "cooperative" } } as unknown as CompiledProgram;
    compiling.resolve({ ok: true, program, diagnostics: [] });
    await turn();
    assert.deepEqual(calls, [`compile for ${engine}`, "run"]);
  }
});
