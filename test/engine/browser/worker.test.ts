import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { FromModelWorker, ToModelWorker } from "../../../src/engine/browser/messages.ts";
import { StepRequests } from "../../../src/engine/stepping/requests.ts";
import type { CompiledProgram } from "../../../src/protocol/program.ts";
import type { RunOptions } from "../../../src/protocol/run.ts";
import { STEP_PROTOCOL, type StepState, type Stopped } from "../../../src/protocol/step.ts";
import { exampleFile } from "../../examples/programs.ts";
import { Programs } from "../native/fixture.ts";
import { BrowserWorker } from "./browser-worker.ts";

type Model = BrowserWorker<ToModelWorker, FromModelWorker>;
type Said<Type extends FromModelWorker["type"]> = Extract<FromModelWorker, { type: Type }>;
const isA =
  <Type extends FromModelWorker["type"]>(type: Type) =>
  (message: FromModelWorker): message is Said<Type> => {
    if (message.type === "broken") throw new Error(message.message);
    return message.type === type;
  };

const programs = new Programs("model");

const OPTIONS: RunOptions = {
  timeLimitMs: 20_000,
  memoryLimitBytes: 1 << 28,
  outputLimitLines: 1000,
  argv: [],
  cwd: "/",
};

/** Runs it in a browser's worker, and gives all that came of it. */
async function runInBrowser(program: CompiledProgram, options = OPTIONS, tool = "threadloom") {
  using worker: Model = new BrowserWorker("model");
  worker.post({ type: "run", program, options, tool });
  const { result } = await worker.says(isA("ended"));
  const parts = worker.heard.flatMap((message) => (message.type === "bytes" ? message.bytes : []));
  const lines = worker.heard.flatMap((message) => (message.type === "output" ? message.lines : []));
  return { result, bytes: Buffer.concat(parts), output: lines.map(({ text }) => text) };
}

for (const name of ["lost-update", "deadlock", "mutex", "mpsc", "async-tasks", "poisoning"]) {
  test(`${name} runs in a browser as in a process, to the byte of its recording`, async () => {
    const program = await programs.compileFile(exampleFile(name));
    const { run, ran, tracePath } = programs.start(program);
    const there = await ran;
    await run.ended;
    const here = await runInBrowser(program, OPTIONS, there.trace.head?.tool);
    assert.deepEqual(here.output, there.output);
    assert.deepEqual(here.result.ending, there.ending);
    assert.ok(here.bytes.equals(readFileSync(tracePath)), "the recordings are the same");
  });
}

test("values are printed as Node prints them, and clocks and chance are the model's", async () => {
  const text = `class Point { #hidden = 1; x = 1; get y() { return 2; } }
console.log(new Point(), [1, , "a"], new Map([["k", new Set([1n])]]), -0, null, Symbol("s"));
console.log("%s is %d, %o", "it", 42, { deep: { er: [1] } });
console.error(new Date().toISOString(), performance.now(), Math.random() === Math.random());
process.stdout.write("whole\\nrest");
console.table([{ a: 1 }]);
`;
  const program = await programs.compile(text, "printing.ts");
  const { output } = await runInBrowser(program);
  assert.deepEqual(output, (await programs.start(program).ran).output);
});

test("nothing of the browser's that would differ from run to run is there", async () => {
  const names = ["fetch", "postMessage", "indexedDB", "importScripts", "WebSocket", "Worker"];
  const program = await programs.compile(
    `console.log(...${JSON.stringify(names)}.filter((name) => (globalThis as any)[name] !== undefined));`,
  );
  assert.deepEqual((await runInBrowser(program)).output, [""]);
});

test("an error's stack speaks of the person's lines alone", async () => {
  const program = await programs.compile(
    `function fails(): never {\n  throw new Error("no");\n}\nfails();\n`,
    "failing.ts",
  );
  const { result } = await runInBrowser(program);
  const [{ kind, sites }] = result.findings;
  assert.equal(kind, "panic");
  assert.equal(sites[0].file.endsWith("failing.ts"), true);
});

test("a run that is too long ends by itself at its limit", async () => {
  const program = await programs.compile("for (let i = 0; ; i++) if (i < 0) break;");
  const { result } = await runInBrowser(program, { ...OPTIONS, timeLimitMs: 300 });
  assert.deepEqual(result.ending, { kind: "time-limit", limitMs: 300 });
});

/** A step session in a browser's worker. */
async function stepInBrowser(text: string, name: string) {
  const program = await programs.compileAs(text, "debug", name);
  const worker: Model = new BrowserWorker("model");
  let state: StepState | undefined;
  const requests = new StepRequests({
    send: (id, request) => worker.post({ type: "request", id, request }),
    kill: () => worker[Symbol.dispose](),
    after(milliseconds, callBack) {
      const timer = setTimeout(callBack, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  worker.hears((message) => {
    if (message.type === "reply") requests.answered(message.reply);
    else if (message.type === "event") requests.heard(message.event);
    else if (message.type === "broken") requests.broke(message.message);
  });
  requests.onEvent((event) => {
    if (event.kind === "moment") ({ state } = event);
  });
  worker.post({ type: "step", tool: "threadloom test" });
  const memoryLimitBytes = 1 << 28;
  const begin = { kind: "begin", protocol: STEP_PROTOCOL, program, argv: [] } as const;
  await requests.request({ ...begin, memoryLimitBytes });
  return { requests, state: () => state! };
}

test("a session steps, goes back, and comes to the end in a browser", async () => {
  const text = readFileSync(exampleFile("mutex"), "utf8");
  const { requests, state } = await stepInBrowser(text, "mutex.ts");
  const begun = state().moment;
  await requests.request({
    kind: "go",
    how: { kind: "operation", thread: state().threads[0].id, timesOut: false },
  });
  assert.notEqual(state().moment, begun);
  await requests.request({ kind: "undo" });
  assert.equal(state().moment, begun);
  const stopped = (await requests.request({ kind: "go", how: { kind: "continue" } })) as Stopped;
  assert.equal(stopped.why, "over");
  assert.ok(state().over);
  requests.dispose();
});

test("an endless loop is paused in a browser", async () => {
  const text = "let i = 0;\nfor (;;) i++;\n";
  const { requests, state } = await stepInBrowser(text, "endless.ts");
  const going = requests.request({ kind: "go", how: { kind: "continue" } });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await requests.request({ kind: "pause" });
  assert.equal(((await going) as Stopped).why, "pause");
  assert.equal(state().running, false);
  requests.dispose();
});
