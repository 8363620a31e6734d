import assert from "node:assert/strict";
import { test } from "node:test";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Value } from "../../src/protocol/step.ts";
import { Client } from "./client.ts";
import { PROGRAM, ScriptedHost, ScriptedSession, stateOf, thread } from "./scripted-session.ts";

const LAUNCH = { type: "threadloom", request: "launch", program: PROGRAM };
const at = (line: number) => ({ file: PROGRAM, line, column: 3 });

const value = (name: string, more: Partial<Value> = {}): Value => ({
  ...{ name, text: "1", type: "number", reference: 0 as Value["reference"], canSet: true },
  ...more,
});

/** Frames `inner` and `outer`; in each a local scope (100, 101) and the shared objects (200). */
async function standing() {
  const session = new ScriptedSession({
    frames: () => [
      { name: "inner", place: at(9) },
      { name: "outer", place: at(4) },
      { name: "std", place: undefined },
    ],
    scopes: ({ frame }) => [
      { name: "Local", kind: "local", reference: 100 + frame },
      { name: "Shared", kind: "shared", reference: 200 },
    ],
    children: ({ of, start = 0, count }) => {
      if (of === 200) return [value("counter", { presentation: "shared" })];
      if (of < 300) return [value("list", { reference: 300 as never, indexed: 250 }), value("n")];
      const all = [...Array(250).keys()].map((index) => value(String(index)));
      const page = all.slice(start, count === undefined ? undefined : start + count);
      return start > 0 ? page : [...page, value("last")];
    },
    evaluate: ({ expression }) => {
      if (expression === "list") return value("list", { reference: 300 as never, indexed: 250 });
      if (expression === "n + 1") return value("n + 1", { text: "2" });
      throw Object.assign(new Error("it would change the run"), { code: "TL2182" });
    },
    set: ({ name, expression }) => value(name, { text: expression }),
  });
  const client = new Client(new ScriptedHost(session));
  await client.launch(LAUNCH);
  await client.stopped();
  const { stackFrames } = await client.request<DebugProtocol.StackTraceResponse["body"]>(
    "stackTrace",
    { threadId: 1 },
  );
  return { client, session, frameId: stackFrames[0].id, stackFrames };
}

test("a stack has the person's frames with their lines, and can be fetched in parts", async () => {
  const { client, stackFrames } = await standing();
  assert.deepEqual(
    stackFrames.map(({ name, line, source, presentationHint }) => [
      ...[name, line, source?.name, presentationHint],
    ]),
    [
      ["inner", 9, "program.ts", "normal"],
      ["outer", 4, "program.ts", "normal"],
      ["std", 0, undefined, "subtle"],
    ],
  );
  const part = { threadId: 1, startFrame: 1, levels: 1 };
  const body = await client.request<DebugProtocol.StackTraceResponse["body"]>("stackTrace", part);
  assert.equal(body.totalFrames, 3);
  assert.deepEqual(body.stackFrames, [stackFrames[1]], "a frame keeps its number");
});

test("a thread that has no code on its stack stands somewhere all the same", async () => {
  const { client, session } = await standing();
  session.answer({ frames: () => [] });
  const next = { text: "begin", place: at(2), canStep: true, canTimeOut: false };
  session.tell(stateOf(1, [thread(0, "main", { next })]));
  await client.stopped();
  const body = await client.request("stackTrace", { threadId: 1 });
  const [{ name, line, presentationHint, canRestart }] = body.stackFrames as never[];
  assert.deepEqual(
    [name, line, presentationHint, canRestart],
    [...["about to begin", 2, "normal", false]],
  );
});

test("frames of before a move are of the past, and say so", async () => {
  const { client, session, frameId } = await standing();
  session.answer({ go: () => ({ why: "step", thread: 0 }) });
  await client.move("next");
  assert.match(await client.refusal("scopes", { frameId }), /TL7021/);
  assert.match(await client.refusal("restartFrame", { frameId }), /TL7021/);
});

test("scopes end with what is shared, and large values are fetched in parts", async () => {
  const { client, frameId } = await standing();
  const { scopes } = await client.request<DebugProtocol.ScopesResponse["body"]>("scopes", {
    frameId,
  });
  assert.deepEqual(
    scopes.map(({ name, presentationHint }) => [name, presentationHint]),
    [
      ["Local", "locals"],
      ["Shared", undefined],
    ],
  );
  const { variables } = await client.request<DebugProtocol.VariablesResponse["body"]>("variables", {
    variablesReference: scopes[0].variablesReference,
  });
  assert.equal(variables[0].indexedVariables, 250);
  const page = async (part: object) => {
    const args = { variablesReference: 300, ...part };
    const body = await client.request<DebugProtocol.VariablesResponse["body"]>("variables", args);
    return [body.variables.length, body.variables[0].name, body.variables.at(-1)?.name];
  };
  assert.deepEqual(await page({ filter: "indexed", start: 0, count: 100 }), [100, "0", "99"]);
  assert.deepEqual(await page({ filter: "indexed", start: 100, count: 100 }), [100, "100", "199"]);
  assert.deepEqual(await page({ filter: "named" }), [1, "last", "last"]);
  assert.deepEqual(await page({}), [251, "0", "last"]);
});

test("an expression that would change the run is refused with the reason", async () => {
  const { client, frameId } = await standing();
  const good = await client.request("evaluate", { expression: "n + 1", frameId, context: "watch" });
  assert.equal(good.result, "2");
  const bad = { expression: "n++", frameId, context: "watch" };
  assert.match(await client.refusal("evaluate", bad), /^TL2182: it would change the run/);
  const answer = await client.ask("evaluate", bad);
  const { error } = answer.body as DebugProtocol.ErrorResponse["body"];
  assert.equal(error?.showUser, false, "it is told in the watch, and not in a box at every step");
});

test("a variable is set by its scope, an expression by what it names", async () => {
  const { client, session, frameId } = await standing();
  const set = { variablesReference: 100, name: "n", value: "5" };
  assert.equal((await client.request("setVariable", set)).value, "5");
  for (const expression of ["n", "counter", "list[2]", 'list["length"]']) {
    await client.request("setExpression", { expression, value: "6", frameId });
  }
  assert.deepEqual(
    session.asked.flatMap((one) => (one.kind === "set" ? [[one.of, one.name]] : [])),
    [
      [100, "n"],
      [100, "n"],
      [200, "counter"],
      [300, "2"],
      [300, "length"],
    ],
  );
  const nowhere = { expression: "nothing", value: "6", frameId };
  assert.match(await client.refusal("setExpression", nowhere), /TL7022: `nothing`/);
  assert.equal(client.events("invalidated").length, 5, "what is shown is looked at anew");
  assert.equal(client.events("stopped").length, 1);
});

test("what could be typed next are names in sight, and members of what stands before a dot", async () => {
  const { client, frameId } = await standing();
  const labels = async (text: string) => {
    const args = { text, column: text.length + 1, frameId };
    const { targets } = await client.request<DebugProtocol.CompletionsResponse["body"]>(
      "completions",
      args,
    );
    return targets.map(({ label }) => label);
  };
  assert.deepEqual(await labels(""), ["list", "n", "counter"]);
  assert.deepEqual(await labels("1 + co"), ["counter"]);
  assert.deepEqual(await labels("list."), ["last"], "elements are no members that one could name");
  assert.deepEqual(await labels("n++."), []);
});
