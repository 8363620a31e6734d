import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, CLIENT } from "./client.ts";
import { PROGRAM, ScriptedHost, ScriptedSession, stateOf, thread } from "./scripted-session.ts";

const LAUNCH = { type: "threadloom", request: "launch", program: PROGRAM };

interface Set {
  readonly breakpoints: readonly {
    readonly id: number;
    readonly verified: boolean;
    readonly message?: string;
    readonly line?: number;
  }[];
}

async function standing(session = new ScriptedSession()) {
  const client = new Client(new ScriptedHost(session));
  await client.launch(LAUNCH);
  await client.stopped();
  const set = async (command: string, args: object) =>
    (await client.request<Set>(command, args)).breakpoints;
  const lastSet = () =>
    session.asked.flatMap((one) => (one.kind === "breakpoints" ? [one] : [])).at(-1);
  return { client, session, set, lastSet };
}

test("conditions, hit counts and log messages go to the session as they are meant", async () => {
  const { set, lastSet } = await standing();
  await set("setBreakpoints", {
    source: { path: PROGRAM },
    breakpoints: [
      { line: 1, condition: "n > 1" },
      { line: 2, column: 5, hitCondition: " 3 " },
      { line: 3, hitCondition: "== 4", logMessage: "n is {n}" },
      { line: 4, condition: "  ", hitCondition: "", logMessage: "" },
    ],
  });
  assert.deepEqual(lastSet()?.lines, [
    { file: PROGRAM, line: 1, condition: "n > 1" },
    { file: PROGRAM, line: 2, column: 5, hits: 3 },
    { file: PROGRAM, line: 3, hits: 4, log: "n is {n}" },
    { file: PROGRAM, line: 4 },
  ]);
});

for (const hitCondition of ["0", "-1", "1.5", "> 3", "often"]) {
  test(`a hit count of "${hitCondition}" is none, and stands there with the reason`, async () => {
    const { set, lastSet } = await standing();
    const [{ verified, message }] = await set("setBreakpoints", {
      source: { path: PROGRAM },
      breakpoints: [{ line: 1, hitCondition }],
    });
    assert.equal(verified, false);
    assert.match(message ?? "", /is no hit count/);
    assert.deepEqual(lastSet()?.lines, []);
  });
}

test("a breakpoint in a file that is no part of the program says so", async () => {
  const { set } = await standing();
  const [{ verified, message }] = await set("setBreakpoints", {
    source: { path: "/folder/notes.ts" },
    breakpoints: [{ line: 1 }],
  });
  assert.equal(verified, false);
  assert.match(message ?? "", /^notes\.ts is no part of program\.ts/);
});

test("a breakpoint that is set before the program is there is put into it when it comes", async () => {
  using client = new Client(new ScriptedHost(new ScriptedSession()));
  await client.request("initialize", CLIENT);
  const source = { path: PROGRAM };
  const early = await client.request<Set>("setBreakpoints", { source, breakpoints: [{ line: 7 }] });
  assert.equal(early.breakpoints[0].verified, false);
  assert.match(early.breakpoints[0].message ?? "", /not loaded yet/);
  await client.request("launch", LAUNCH);
  assert.deepEqual(await client.event("breakpoint"), {
    reason: "changed",
    breakpoint: {
      id: early.breakpoints[0].id,
      verified: true,
      source: { name: "program.ts", ...source },
    },
  });
});

test("where the session puts a breakpoint, and what it says of it, the client is told", async () => {
  const { session, set } = await standing();
  session.answer({
    breakpoints: () => [
      { verified: true, line: 5, column: 3 },
      { verified: false, message: "Unexpected token" },
    ],
  });
  const [moved, wrong] = await set("setBreakpoints", {
    source: { path: PROGRAM },
    breakpoints: [{ line: 4 }, { line: 6, condition: "(" }],
  });
  assert.deepEqual([moved.verified, moved.line], [true, 5]);
  assert.deepEqual([wrong.verified, wrong.message], [false, "Unexpected token"]);
});

test("events are named by function breakpoints and by switches with conditions", async () => {
  const { set, lastSet } = await standing();
  const named = await set("setFunctionBreakpoints", {
    breakpoints: [
      { name: "lock db" },
      { name: "thread worker-2" },
      { name: "transfer money" },
      { name: "lock db", condition: "x" },
    ],
  });
  assert.deepEqual(
    named.map(({ verified }) => verified),
    [true, true, false, false],
  );
  assert.match(
    named[2].message ?? "",
    /`transfer money` names neither an event nor a function.*lock, unlock/s,
  );
  assert.match(named[3].message ?? "", /takes no condition/);
  const switched = await set("setExceptionBreakpoints", {
    filters: ["panic", "receive"],
    filterOptions: [{ filterId: "lock", condition: "db by bob" }, { filterId: "gone" }],
  });
  assert.deepEqual(
    switched.map(({ verified }) => verified),
    [true, true, true, false],
  );
  assert.deepEqual(lastSet()?.events, [
    { on: "lock", object: "db" },
    { on: "any", thread: "worker-2" },
    { on: "receive" },
    { on: "lock", object: "db", thread: "bob" },
  ]);
});

test("a function breakpoint stops at the function's first statement", async () => {
  const point = (name: string, line: number) => ({
    ...{ file: PROGRAM, line, column: 3, function: name },
  });
  const session = new ScriptedSession();
  Object.assign(session.plan.compiled, {
    points: [null, point("pay", 9), point("pay", 8), point("Account.close", 20), point("pay", 7)],
    probes: { scopes: [], pauses: [1, 2, 3] },
  });
  const { set, lastSet } = await standing(session);
  await set("setFunctionBreakpoints", {
    breakpoints: [{ name: "pay()" }, { name: "close", condition: "n > 1", hitCondition: "2" }],
  });
  assert.deepEqual(lastSet()?.lines, [
    { file: PROGRAM, line: 8, column: 3 },
    { file: PROGRAM, line: 20, column: 3, condition: "n > 1", hits: 2 },
  ]);
});

test("a shared variable can be watched for changes; everything else says why not", async () => {
  const value = { type: "number", text: "1", reference: 0, canSet: true };
  const session = new ScriptedSession({
    children: () => [
      { ...value, name: "counter", presentation: "shared" },
      { ...value, name: "local" },
    ],
  });
  const { client, set, lastSet } = await standing(session);
  const of = (name: string) =>
    client.request("dataBreakpointInfo", { variablesReference: 7, name });
  assert.equal((await of("local")).dataId, null);
  const { dataId } = await of("counter");
  await set("setDataBreakpoints", {
    breakpoints: [{ dataId }, { dataId, accessType: "read" }, { dataId, accessType: "readWrite" }],
  });
  assert.deepEqual(lastSet()?.events, [
    { on: "write", object: "counter" },
    { on: "read", object: "counter" },
    { on: "any", object: "counter" },
  ]);
});

test("a stop names the breakpoints that were met, whichever file or kind they are of", async () => {
  const session = new ScriptedSession();
  const { client, set } = await standing(session);
  const functions = await set("setFunctionBreakpoints", { breakpoints: [{ name: "lock db" }] });
  const lines = await set("setBreakpoints", {
    source: { path: PROGRAM },
    breakpoints: [{ line: 1 }, { line: 2 }],
  });
  session.answer({ go: () => ({ why: "breakpoint", thread: 0, breakpoints: [1] }) });
  assert.deepEqual((await client.move("continue")).hitBreakpointIds, [lines[1].id]);
  session.answer({ go: () => ({ why: "event", thread: 0, breakpoints: [2] }) });
  const { reason, description, hitBreakpointIds } = await client.move("continue");
  assert.deepEqual(
    { reason, description, hitBreakpointIds },
    {
      ...{ reason: "function breakpoint", description: "Paused before lock db" },
      hitBreakpointIds: [functions[0].id],
    },
  );
});

test("breakpoints can be set while threads run", async () => {
  const session = new ScriptedSession({ go: () => new Promise(() => {}) });
  const { client, set } = await standing(session);
  await client.request("continue", { threadId: 1 });
  session.tell(stateOf(1, [thread(0, "main")], { running: true }));
  const [{ verified }] = await set("setBreakpoints", {
    source: { path: PROGRAM },
    breakpoints: [{ line: 1 }],
  });
  assert.equal(verified, true);
});
