// The traffic between a client and the adapter, with the real session in a real runner process. UPDATE_GOLDEN=1 writes the files.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Client, CLIENT } from "./client.ts";
import { DEADLOCK, LOST_UPDATE, PANIC, PING_PONG, RECURSION, TURNS, VISITS } from "./programs.ts";
import { Debuggers, fileOf } from "./runner.ts";
import { assertGolden, transcript } from "./transcript.ts";

const PROGRAM = fileOf("program.ts");
const debuggers = new Debuggers();
after(() => debuggers[Symbol.asyncDispose]());

/** What VS Code asks for when it is told of a stop: threads, the stack, scopes, what is in each of them. */
async function look(client: Client, { threadId = 1 }: { threadId?: number }): Promise<void> {
  await client.request("threads");
  const { stackFrames } = await client.request<DebugProtocol.StackTraceResponse["body"]>(
    "stackTrace",
    { threadId, startFrame: 0, levels: 20 },
  );
  const [top] = stackFrames;
  if (!top) return;
  const { scopes } = await client.request<DebugProtocol.ScopesResponse["body"]>("scopes", {
    frameId: top.id,
  });
  for (const { variablesReference } of scopes) {
    await client.request("variables", { variablesReference });
  }
}

test("what the adapter says that it can do", async () => {
  const { client } = debuggers.open({});
  await client.request("initialize", CLIENT);
  assertGolden("initialize", transcript(client, "initialize"));
});

test("a lost update: shared variables, a write stopped before it happens, back and another way", async () => {
  const { client } = await debuggers.launch(LOST_UPDATE, {}, (one) =>
    one.request("setFunctionBreakpoints", { breakpoints: [{ name: "write counter" }] }),
  );
  await look(client, await client.stopped());
  const stop = await client.move("continue");
  await look(client, stop);
  await look(client, await client.move("stepIn", { threadId: 3 }));
  await look(client, await client.move("continue", { threadId: 2 }));
  await client.move("continue", { threadId: 2 });
  await look(client, await client.move("continue", { threadId: 2 }));
  await look(client, await client.move("stepBack", { threadId: 1 }));
  await look(client, await client.move("reverseContinue", { threadId: 1 }));
  await client.request("disconnect", { terminateDebuggee: true });
  assertGolden("lost-update", transcript(client));
});

test("a deadlock: who waits for whom, a stop in red, and back from it", async () => {
  const { client } = await debuggers.launch(DEADLOCK, { stopOnEntry: false }, (one) =>
    one.request("setExceptionBreakpoints", { filters: ["deadlock"] }),
  );
  const { threadId = 1 } = await client.stopped();
  await look(client, { threadId });
  await client.request("exceptionInfo", { threadId });
  await look(client, await client.move("stepBack", { threadId: 2 }));
  await client.move("continue");
  await client.request("continue", { threadId: 1 });
  await client.event("terminated");
  await client.request("disconnect", {});
  assertGolden("deadlock", transcript(client));
});

test("ping and pong: messages in channels, output with its lines, a switch with a condition", async () => {
  const { client } = await debuggers.launch(PING_PONG, {}, async (one) => {
    await one.request("setBreakpoints", {
      source: { path: PROGRAM },
      breakpoints: [{ line: 8, logMessage: "ball is {ball}" }, { line: 12 }],
    });
    await one.request("setExceptionBreakpoints", {
      filters: [],
      filterOptions: [{ filterId: "send", condition: "by ponger" }],
    });
  });
  await client.stopped();
  await look(client, await client.move("continue"));
  await look(client, await client.move("continue"));
  await look(client, await client.move("continue"));
  await client.move("stepBack");
  await client.request("terminate", {});
  await client.event("terminated");
  assertGolden("ping-pong", transcript(client));
});

test("reverse comes to a stop at the breakpoint that was passed last, and to the thread that passed it", async () => {
  const { client } = await debuggers.launch(VISITS, {}, (one) =>
    one.request("setBreakpoints", { source: { path: PROGRAM }, breakpoints: [{ line: 9 }] }),
  );
  await client.stopped();
  const first = await client.move("continue");
  const second = await client.move("continue");
  const third = await client.move("reverseContinue", { threadId: second.threadId });
  assert.deepEqual([first.threadId, second.threadId, third.threadId], [1, 2, 1]);
  assert.equal(third.reason, "breakpoint");
  await look(client, third);
  await look(client, await client.move("stepBack", { threadId: 1 }));
  await client.request("disconnect", {});
  assertGolden("reverse", transcript(client));
});

test("recursion: into, out, over, and a frame begun again", async () => {
  const { client } = await debuggers.launch(RECURSION, {}, (one) =>
    one.request("setBreakpoints", {
      source: { path: PROGRAM },
      breakpoints: [{ line: 5 }, { line: 7, hitCondition: "2" }, { line: 8, condition: "n === 3" }],
    }),
  );
  await client.stopped();
  await look(client, await client.move("continue"));
  await look(client, await client.move("continue"));
  await look(client, await client.move("stepOut", { threadId: 2 }));
  await client.move("continue");
  const { stackFrames } = await client.request<DebugProtocol.StackTraceResponse["body"]>(
    "stackTrace",
    { threadId: 2 },
  );
  await look(client, await client.move("restartFrame", { frameId: stackFrames[1].id }));
  await look(client, await client.move("stepIn", { threadId: 2 }));
  await look(client, await client.move("next", { threadId: 2 }));
  await client.request("disconnect", {});
  assertGolden("recursion", transcript(client));
});

for (const [model, says] of [
  [{ model: "cooperative" }, "a0 a1 a2 a3 a4 a5 b0 b1 b2 b3 b4 b5"],
  [{ model: "timesliced", quantum: 4 }, "a0 a1 a2 b0 b1 b2 a3 a4 a5 b3 b4 b5"],
] as const) {
  test(`let go on, threads take turns as under the model of the configuration: ${model.model}`, async () => {
    const { client } = await debuggers.launch(TURNS, { stopOnEntry: false, ...model });
    await client.stopped();
    const printed = client
      .events<DebugProtocol.OutputEvent["body"]>("output")
      .filter(({ category }) => category === "stdout");
    assert.equal(printed.map(({ output }) => output.trim().slice(-2)).join(" "), says);
    await client.request("disconnect", { terminateDebuggee: true });
    assertGolden(`model-${model.model}`, transcript(client));
  });
}

test("a panic: told where nobody misses it, with its thread and its line", async () => {
  const { client } = await debuggers.launch(PANIC, { stopOnEntry: false }, (one) =>
    one.request("setExceptionBreakpoints", { filters: ["panic", "assertion"] }),
  );
  const { threadId = 1 } = await client.stopped();
  await look(client, { threadId });
  await client.request("exceptionInfo", { threadId });
  await client.request("continue", { threadId });
  await client.event("terminated");
  assertGolden("panic", transcript(client));
});

test("a program that does not compile, and one that is run without debugging", async () => {
  const broken = debuggers.open({ "program.ts": "// @threadloom\nconst = 1;\n" });
  await broken.client.request("initialize", { adapterID: "threadloom" });
  await broken.client.ask("launch", { program: PROGRAM });
  await broken.client.event("terminated");
  assertGolden("does-not-compile", transcript(broken.client));
  const { client } = await debuggers.launch(LOST_UPDATE, { noDebug: true });
  await client.event("terminated");
  assertGolden("no-debug", transcript(client));
});
