// What goes wrong, or is meant to: with the real session in a real runner process.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Client } from "./client.ts";
import { DEADLOCK, ENDLESS, LOST_UPDATE, VALUES } from "./programs.ts";
import { Debuggers, fileOf } from "./runner.ts";

const PROGRAM = fileOf("program.ts");
const debuggers = new Debuggers();
after(() => debuggers[Symbol.asyncDispose]());

/** Stopped at a line of a thread, with the frame it is in. */
async function stoppedAt(text: string, line: number) {
  const { client, host } = await debuggers.launch(text, {}, (one) =>
    one.request("setBreakpoints", { source: { path: PROGRAM }, breakpoints: [{ line }] }),
  );
  await client.stopped();
  const { threadId = 1, reason } = await client.move("continue");
  assert.equal(reason, "breakpoint");
  return { client, host, threadId, frameId: await topFrame(client, threadId) };
}

async function topFrame(client: Client, threadId: number): Promise<number> {
  const body = await client.request<DebugProtocol.StackTraceResponse["body"]>("stackTrace", {
    threadId,
  });
  return body.stackFrames[0].id;
}

async function evaluated(client: Client, expression: string, frameId: number): Promise<string> {
  const args = { expression, frameId, context: "watch" };
  return String((await client.request("evaluate", args)).result);
}

async function scopesOf(client: Client, frameId: number) {
  const { scopes } = await client.request<DebugProtocol.ScopesResponse["body"]>("scopes", {
    frameId,
  });
  return new Map(scopes.map(({ name, variablesReference }) => [name, variablesReference]));
}

async function variablesOf(client: Client, variablesReference: number, part: object = {}) {
  const args = { variablesReference, ...part };
  const body = await client.request<DebugProtocol.VariablesResponse["body"]>("variables", args);
  return body.variables;
}

/** Everything that can be seen from a frame. */
async function seen(client: Client, frameId: number): Promise<string> {
  const scopes = await scopesOf(client, frameId);
  const all = await Promise.all([...scopes.values()].map((of) => variablesOf(client, of)));
  const { threads } = await client.request("threads");
  return JSON.stringify([threads, all.flat().map(({ name, value }) => [name, value])]);
}

test("a watch that throws, waits or changes something is refused with the reason, and nothing is changed", async () => {
  const { client, host, frameId } = await stoppedAt(VALUES, 19);
  const before = await seen(client, frameId);
  const { revision, moment } = host.sessions[0].state;
  for (const [expression, says] of [
    ["x = 1", /TL7105/],
    ["x++", /TL7105/],
    ["items.push(1)", /TL710[45]/],
    ["delete point.x", /TL7105/],
    ["lock.lock()", /TL7104/],
    ["rx.recv()", /TL7104/],
    ["work(items, point)", /TL7104/],
    ["point.sum", /TL7104/],
    ["nowhere", /TL7106: `nowhere`/],
    ["null.x", /TL7107/],
    ["items.at(0).missing.more", /TL7107/],
    ["x +", /TL7103/],
    ["for (;;) {}", /TL7103/],
    ["await x", /TL710/],
    ["import('node:fs')", /TL710/],
    ["globalThis.process.exit()", /TL710/],
  ] as const) {
    for (const context of ["watch", "hover", "repl"]) {
      assert.match(await client.refusal("evaluate", { expression, frameId, context }), says);
    }
  }
  assert.equal(await seen(client, frameId), before);
  assert.deepEqual(
    [host.sessions[0].state.revision, host.sessions[0].state.moment],
    [revision, moment],
  );
  assert.equal(await evaluated(client, "x + items.length", frameId), "251");
});

test("values are seen as they are: classes and their private fields, maps, large arrays page by page", async () => {
  const { client, frameId } = await stoppedAt(VALUES, 19);
  const scopes = await scopesOf(client, frameId);
  const locals = await variablesOf(client, scopes.get("Local")!);
  const named = new Map(locals.map((one) => [one.name, one]));
  assert.equal(named.get("items")?.indexedVariables, 250);
  const of = named.get("items")!.variablesReference;
  const page = await variablesOf(client, of, { filter: "indexed", start: 100, count: 100 });
  assert.deepEqual(
    [page.length, page[0].name, page[0].value, page[99].value],
    [100, "100", "100", "199"],
  );
  assert.deepEqual(await variablesOf(client, of, { filter: "named" }), []);
  const point = await variablesOf(client, named.get("point")!.variablesReference);
  assert.deepEqual(
    point.map(({ name, value, presentationHint }) => [name, value, presentationHint?.visibility]),
    [
      ["x", "1", undefined],
      ["#hidden", "1", "private"],
    ],
  );
  const shared = await variablesOf(client, scopes.get("Shared")!);
  assert.deepEqual(
    shared.map(({ name, value }) => [name, value]),
    [
      ["total", "7"],
      ["lock", "free"],
      ["hits", "3"],
      ["tx", "1 queued"],
    ],
  );
  for (const { evaluateName = "" } of [...locals, ...page.slice(0, 1)]) {
    await client.request("evaluate", { expression: evaluateName, frameId, context: "hover" });
  }
});

test("a variable that is set goes its own way from there, and the way before can be had again", async () => {
  const { client, host, frameId, threadId } = await stoppedAt(VALUES, 20);
  const scopes = await scopesOf(client, frameId);
  const before = host.sessions[0].state.moment;
  const set = { variablesReference: scopes.get("Local"), name: "x", value: "x + 1000" };
  assert.equal((await client.request("setVariable", set)).value, "1251");
  await client.event("invalidated");
  assert.equal(client.events("stopped").length, 2, "nobody has moved");
  const frame = await topFrame(client, threadId);
  assert.equal(await evaluated(client, "x", frame), "1251");
  const expression = { expression: "point.x", value: "5", frameId: frame };
  assert.equal((await client.request("setExpression", expression)).value, "5");
  await client.move("continue");
  const output = client.events<{ output: string }>("output").map((one) => one.output);
  assert.ok(output.includes("hello 1251\n"), output.join());
  await host.sessions[0].ask({ kind: "goTo", moment: before });
  await client.stopped();
  await client.move("continue");
  const after = client.events<{ output: string }>("output").map((one) => one.output);
  assert.equal(after.at(-1), "hello 251\n");
});

test("what cannot be set says why", async () => {
  const { client, frameId } = await stoppedAt(VALUES, 20);
  const scopes = await scopesOf(client, frameId);
  const set = (name: string, value: string, scope = "Local") =>
    client.refusal("setVariable", { variablesReference: scopes.get(scope), name, value });
  assert.match(await set("text", '"other"'), /TL7108: `text`/);
  assert.match(await set("x", "x ="), /TL7103/);
  assert.match(await set("x", "items.push(1)"), /TL710[45]/);
  assert.match(await set("lock", "1", "Shared"), /TL7108/);
});

test("an endless loop can be paused, stepped, and left", async () => {
  const { client, host } = await debuggers.launch(ENDLESS);
  await client.stopped();
  await client.request("continue", { threadId: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = performance.now();
  const { reason } = await client.move("pause");
  assert.equal(reason, "pause");
  assert.ok(performance.now() - began < 2000, "at once");
  const { threads } = await client.request<{ threads: DebugProtocol.Thread[] }>("threads");
  assert.equal(threads.at(-1)?.name, "hamster");
  assert.equal((await client.move("next", { threadId: 2 })).reason, "step");
  const frame = await topFrame(client, 2);
  assert.ok(Number(await evaluated(client, "turns", frame)) > 0);
  await client.request("continue", { threadId: 1 });
  await client.request("disconnect", {});
  await ended(host.channels[0].pid);
});

test("a client that disconnects half-way leaves no process behind", async () => {
  const { client, host } = await debuggers.launch(DEADLOCK);
  await client.stopped();
  await client.request("continue", { threadId: 1 });
  await client.request("disconnect", { terminateDebuggee: true });
  await ended(host.channels[0].pid);
});

test("a client that is gone without a word leaves no process behind", async () => {
  const { client, host } = await debuggers.launch(ENDLESS);
  await client.stopped();
  await client.request("continue", { threadId: 1 });
  client.adapter.dispose();
  await ended(host.channels[0].pid);
});

test("a process that is killed from outside is told, and the session ends", async () => {
  const { client, host } = await debuggers.launch(ENDLESS);
  await client.stopped();
  await client.request("continue", { threadId: 1 });
  process.kill(host.channels[0].pid!, "SIGKILL");
  await client.event("terminated");
  const told = client.events<{ category: string; output: string }>("output").at(-1);
  assert.equal(told?.category, "important");
  assert.match(told?.output ?? "", /^TL7111: /);
});

test("a breakpoint waits in a file that is no part of the program, until a restart has it", async () => {
  const helper = fileOf("helper.ts");
  const { client, host } = debuggers.open({
    "program.ts": "// @threadloom\nconsole.log(1);\n",
    "helper.ts": "export function help() {\n  return 1;\n}\n",
  });
  const launch = { type: "threadloom", request: "launch", program: PROGRAM };
  await client.launch(launch, async () => {
    const { breakpoints } = await client.request<{ breakpoints: DebugProtocol.Breakpoint[] }>(
      "setBreakpoints",
      { source: { path: helper }, breakpoints: [{ line: 2 }] },
    );
    assert.equal(breakpoints[0].verified, false);
    assert.match(breakpoints[0].message ?? "", /helper\.ts is no part of program\.ts/);
  });
  await client.stopped();
  host.edit(
    "program.ts",
    '// @threadloom\nimport { help } from "./helper.ts";\nconsole.log(help());\n',
  );
  await client.request("restart", {});
  const { breakpoint } = await client.event<{ breakpoint: DebugProtocol.Breakpoint }>("breakpoint");
  assert.deepEqual([breakpoint.verified, breakpoint.line], [true, 2]);
  await client.stopped();
  assert.equal((await client.move("continue")).reason, "breakpoint");
  await ended(host.channels[0].pid);
});

test("a line without a statement, and a condition that is none, are refused where they stand", async () => {
  const { client } = await debuggers.launch(LOST_UPDATE);
  await client.stopped();
  const { breakpoints } = await client.request<{ breakpoints: DebugProtocol.Breakpoint[] }>(
    "setBreakpoints",
    {
      source: { path: PROGRAM },
      breakpoints: [{ line: 99 }, { line: 7, condition: "before +" }, { line: 5 }],
    },
  );
  assert.deepEqual(
    breakpoints.map(({ verified, line }) => [verified, line]),
    [
      [false, undefined],
      [false, 7],
      [true, 6],
    ],
  );
  assert.match(breakpoints[0].message ?? "", /No statement/);
  assert.match(breakpoints[1].message ?? "", /no expression/);
});

test("a thread that waits is not stepped alone, and says for whom it waits", async () => {
  const { client } = await debuggers.launch(DEADLOCK, { singleThread: true });
  await client.stopped();
  for (let steps = 0; steps < 30; steps++) {
    const { text } = await client.move("next");
    if (text === undefined) continue;
    assert.match(text, /waits for the end of alice/);
    return;
  }
  assert.fail("main never waited");
});

test("a thousand threads that wait are listed in time", async () => {
  const many = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const gate = new Mutex(0);
const held = gate.lock();
for (let i = 0; i < 1000; i++) spawn(() => { using inside = gate.lock(); });
held.unlock();
`;
  const { client } = await debuggers.launch(many, {}, (one) =>
    one.request("setBreakpoints", { source: { path: PROGRAM }, breakpoints: [{ line: 6 }] }),
  );
  await client.stopped();
  await client.move("continue");
  const began = performance.now();
  const { threads } = await client.request<{ threads: [] }>("threads");
  assert.equal(threads.length, 1001);
  assert.ok(performance.now() - began < 1000);
});

/** Waits until a process is no more. */
async function ended(pid: number | undefined): Promise<void> {
  assert.ok(pid !== undefined);
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return; // there is no such process: that is what was waited for
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`process ${pid} is still there`);
}
