import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outcome } from "../../src/protocol/step.ts";
import type { Finding } from "../../src/trace/finding.ts";
import { Client, CLIENT } from "./client.ts";
import { PROGRAM, ScriptedHost, ScriptedSession, stateOf, thread } from "./scripted-session.ts";
import { deferred } from "../../src/base/deferred.ts";

const LAUNCH = { type: "threadloom", request: "launch", program: PROGRAM };
const FINISHED: Outcome = { ending: "finished", findings: [], shared: [], output: [] };

async function launched(session: ScriptedSession, configuration: object = LAUNCH) {
  const host = new ScriptedHost(session);
  const client = new Client(host);
  await client.launch(configuration);
  return { client, host };
}

test("a program stands before its first step, and its threads are told", async () => {
  const { client } = await launched(new ScriptedSession());
  const { reason, threadId, allThreadsStopped } = await client.stopped();
  assert.deepEqual(
    { reason, threadId, allThreadsStopped },
    {
      ...{ reason: "entry", threadId: 1, allThreadsStopped: true },
    },
  );
  assert.deepEqual(client.events("thread"), [{ reason: "started", threadId: 1 }]);
});

test("every message is numbered, and every request is answered once", async () => {
  const { client } = await launched(new ScriptedSession());
  await Promise.all([client.ask("threads"), client.ask("nonsense"), client.ask("stackTrace", {})]);
  const sent = client.said.filter(({ from }) => from === "adapter").map(({ message }) => message);
  assert.deepEqual(
    sent.map(({ seq }) => seq),
    sent.map((_, index) => index + 1),
  );
  const answered = sent.flatMap((one) => ("request_seq" in one ? [one.request_seq as number] : []));
  assert.equal(new Set(answered).size, answered.length);
});

test("attaching is refused with a reason", async () => {
  using client = new Client(new ScriptedHost());
  await client.request("initialize", CLIENT);
  assert.match(await client.refusal("attach", LAUNCH), /^TL7005: .*launched/);
});

for (const [what, wrong, says] of [
  ["without a program", { program: undefined }, /TL7001/],
  ["with a number for a program", { program: 3 }, /TL7002: `program`.* is 3/],
  ["with arguments that are no strings", { args: [1] }, /TL7002: `args`.*\[1\]/],
  ["with a word for a switch", { stopOnEntry: "no" }, /TL7002: `stopOnEntry`.*"no"/],
  ["with a model that there is not", { model: "quantum" }, /TL7002: `model`.*parallel, time/],
  ["with half a core", { cores: 0.5 }, /TL7002: `cores`.* is 0\.5.*from 1 to 256/],
  ["with a quantum of nothing", { quantum: 0 }, /TL7002: `quantum`/],
  ["with a seed that is no number", { seed: "7" }, /TL7002: `seed`.*"7"/],
  ["with two orders to follow", { schedule: "a", trace: "b" }, /TL7003/],
] as const) {
  test(`a configuration ${what} is refused, and the session ends in order`, async () => {
    using client = new Client(new ScriptedHost());
    await client.request("initialize", CLIENT);
    const answer = await client.ask("launch", { ...LAUNCH, ...wrong });
    assert.match(answer.message ?? "", says);
    assert.equal((answer.body as { error: { showUser: boolean } }).error.showUser, true);
    await client.event("terminated");
    assert.deepEqual(
      client.said.slice(-2).map(({ message }) => message.type),
      ["response", "event"],
      "why comes first",
    );
  });
}

test("a program that does not compile: its diagnostics are told with their lines, and the session ends", async () => {
  const at = { file: PROGRAM, line: 3, column: 7, endLine: 3, endColumn: 8 };
  const diagnostic = { code: "TL1001", message: "No.", severity: "error", stops: true, ...at };
  using client = new Client(
    new ScriptedHost({ ok: false, why: { kind: "compile", diagnostics: [diagnostic as never] } }),
  );
  await client.request("initialize", CLIENT);
  const answer = await client.ask("launch", LAUNCH);
  assert.match(answer.message ?? "", /^TL7006: program\.ts/);
  // It stands in the console already: no box in addition.
  assert.equal((answer.body as { error: { showUser: boolean } }).error.showUser, false);
  const [told] = client.events("output");
  assert.deepEqual(told, {
    ...{ category: "stderr", output: "error TL1001: No.\n" },
    ...{ source: { name: "program.ts", path: PROGRAM }, line: 3, column: 7 },
  });
  await client.event("terminated");
});

test("malformed and unknown requests are refused, and nothing breaks", async () => {
  const { client } = await launched(new ScriptedSession());
  assert.match(await client.refusal("disassemble"), /TL7024: .*`disassemble`/);
  assert.match(await client.refusal("stackTrace", { threadId: "1" }), /TL7025: .*`threadId`/);
  assert.match(await client.refusal("setBreakpoints"), /TL7025: .*`source`/);
  assert.match(await client.refusal("toString"), /TL7024/);
  assert.match(await client.refusal("scopes", { frameId: 99 }), /TL7021/);
  assert.equal((await client.request<{ threads: [] }>("threads")).threads.length, 1);
});

test("while threads run they can be listed and paused, but not looked at or stepped", async () => {
  const stop = deferred<unknown>();
  const session = new ScriptedSession({
    go: () => stop.promise,
    pause: () => stop.resolve({ why: "pause", thread: 0 }),
  });
  const { client } = await launched(session);
  await client.stopped();
  await client.request("continue", { threadId: 1 });
  assert.match(await client.refusal("next", { threadId: 1 }), /TL7020/);
  assert.match(await client.refusal("stackTrace", { threadId: 1 }), /TL7020/);
  await client.request("threads");
  const { reason } = await client.move("pause");
  assert.equal(reason, "pause");
});

test("a step goes over, into or out of calls, and takes the others along or not", async () => {
  const session = new ScriptedSession({ go: () => ({ why: "step", thread: 0 }) });
  const { client } = await launched(session, { ...LAUNCH, singleThread: true });
  await client.stopped();
  await client.move("next");
  await client.move("stepIn", { threadId: 1, singleThread: false });
  await client.move("stepOut");
  await client.move("next", { threadId: 1, granularity: "instruction" });
  await client.move("continue", { threadId: 1, singleThread: true });
  assert.deepEqual(
    session.asked.flatMap((one) => (one.kind === "go" ? [one.how] : [])),
    [
      { kind: "over", thread: 0, others: "frozen" },
      { kind: "into", thread: 0, others: "running" },
      { kind: "out", thread: 0, others: "frozen" },
      { kind: "operation", thread: 0, timesOut: false },
      { kind: "continue", only: 0 },
    ],
  );
});

test("a step that the session refuses leaves the thread where it is, and says why", async () => {
  const refusal = Object.assign(new Error("nothing before"), { code: "TL2199" });
  const session = new ScriptedSession({ back: () => Promise.reject(refusal) });
  const { client } = await launched(session);
  await client.stopped();
  const { reason, text } = await client.move("stepBack");
  assert.deepEqual({ reason, text }, { reason: "step", text: "nothing before" });
  assert.equal(client.events<{ output: string }>("output")[0].output, "TL2199: nothing before\n");
});

test("each thread's name says why it does not go on", async () => {
  const why = "blocked: `db` is held by main since line 14";
  const session = new ScriptedSession();
  session.state = stateOf(1, [
    thread(0, "main"),
    thread(1, "worker-1", { state: "blocked", why }),
    thread(2, "worker-2", { state: "sleeping", frozen: true }),
    thread(3, "worker-3", { state: "ended" }),
  ]);
  const { client } = await launched(session);
  const { threads } = await client.request("threads");
  assert.deepEqual(threads, [
    { id: 1, name: "main" },
    { id: 2, name: `worker-1 — ${why}` },
    { id: 3, name: "worker-2 — sleeping, frozen" },
  ]);
});

test("what the panel moves is followed: going on, standing elsewhere, threads that come and go", async () => {
  const session = new ScriptedSession();
  const { client } = await launched(session);
  await client.stopped();
  session.tell(stateOf(0, [thread(0, "main")], { running: true }));
  await client.event("continued");
  const last = { thread: 1 as never, text: "locks `db`", place: undefined };
  session.tell(stateOf(5, [thread(0, "main"), thread(1, "worker-1")], { last }));
  const { reason, threadId, description } = await client.stopped();
  assert.deepEqual(
    { reason, threadId, description },
    {
      ...{ reason: "goto", threadId: 2, description: "locks `db`" },
    },
  );
  session.tell(stateOf(2, [thread(0, "main")]));
  assert.equal((await client.stopped()).threadId, 1);
  assert.deepEqual(client.events("thread").slice(-2), [
    { reason: "started", threadId: 2 },
    { reason: "exited", threadId: 2 },
  ]);
});

test("who joins while the panel lets the program go on is told where it stops", async () => {
  const session = new ScriptedSession();
  session.state = stateOf(1, [thread(0, "main")], { running: true });
  const { client } = await launched(session);
  assert.deepEqual(client.events("stopped"), []);
  session.tell(stateOf(4, [thread(0, "main")]));
  assert.equal((await client.stopped()).threadId, 1);
});

test("what changes in the panel without a move is looked at anew, and stops nobody", async () => {
  const session = new ScriptedSession();
  const { client } = await launched(session);
  await client.stopped();
  session.tell({ ...stateOf(0, [thread(0, "main", { frozen: true })]), revision: 1 });
  await client.event("invalidated");
  assert.equal(client.events("stopped").length, 1);
});

test("from the end one can step back; going on from there ends the session with its exit code", async () => {
  const session = new ScriptedSession();
  session.answer({
    go: () => {
      session.tell(stateOf(3, [thread(0, "main", { state: "ended" })], { over: FINISHED }));
      return { why: "over" };
    },
    back: () => {
      session.tell(stateOf(2, [thread(0, "main")]));
      return { why: "step", thread: 0 };
    },
  });
  const { client, host } = await launched(session);
  await client.stopped();
  const { reason, threadId } = await client.move("continue");
  assert.deepEqual({ reason, threadId }, { reason: "end", threadId: 1 });
  const { threads } = await client.request("threads");
  assert.equal((threads as []).length, 1, "there is a thread to step back from");
  assert.equal((await client.move("stepBack")).reason, "step");
  await client.move("continue");
  await client.request("continue", { threadId: 1 });
  assert.deepEqual(await client.event("exited"), { exitCode: 0 });
  await client.event("terminated");
  assert.equal(host.held, 0);
});

test("a finding stops where its switch is on, is told where nobody misses it, and can be asked about", async () => {
  const finding: Finding = {
    kind: "deadlock",
    severity: "error",
    ...{ code: "TL2002", message: "Nobody can go on." },
    sites: [{ file: PROGRAM, line: 9, column: 3 }],
    threads: [1],
    chain: [{ text: "worker-1 waits for `db`" }],
  };
  const session = new ScriptedSession();
  const over: Outcome = { ...FINISHED, ending: "stuck", findings: [finding] };
  session.answer({
    go: () => {
      session.tell(stateOf(3, [thread(0, "main"), thread(1, "worker-1")], { over }));
      return { why: "over" };
    },
  });
  using client = new Client(new ScriptedHost(session));
  await client.launch(LAUNCH, async () => {
    await client.request("setExceptionBreakpoints", { filters: ["deadlock"] });
  });
  await client.stopped();
  const { reason, threadId, text } = await client.move("continue");
  assert.deepEqual(
    { reason, threadId, text },
    {
      ...{ reason: "exception", threadId: 2, text: "Nobody can go on." },
    },
  );
  const [told] = client.events("output");
  assert.equal(told.category, "important");
  assert.equal(told.line, 9);
  const info = await client.request("exceptionInfo", { threadId: 2 });
  assert.match(JSON.stringify(info), /TL2002 deadlock.*worker-1 waits for `db`/);
});

test("run without debugging: no breakpoints, no stops; what it printed is told, and it ends", async () => {
  const session = new ScriptedSession();
  session.answer({
    go: () => {
      session.print("hello");
      session.tell(stateOf(3, [thread(0, "main", { state: "ended" })], { over: FINISHED }));
      return { why: "over" };
    },
  });
  using client = new Client(new ScriptedHost(session));
  await client.launch({ ...LAUNCH, noDebug: true }, async () => {
    const source = { path: PROGRAM };
    await client.request("setBreakpoints", { source, breakpoints: [{ line: 1 }] });
  });
  await client.event("terminated");
  assert.deepEqual(client.events("stopped"), []);
  assert.equal(client.events("output")[0].output, "hello\n");
});

test("a client that goes half-way leaves nothing behind, whatever is under way", async () => {
  const session = new ScriptedSession({ go: () => new Promise(() => {}) });
  const { client, host } = await launched(session);
  await client.stopped();
  await client.request("continue", { threadId: 1 });
  await client.request("disconnect", {});
  assert.equal(host.held, 0);
  assert.equal(session.told.size + session.over.size, 0);
});

test("a client that goes while the program is being compiled leaves nothing behind", async () => {
  const session = new ScriptedSession();
  const host = new ScriptedHost(session);
  const client = new Client(host);
  await client.request("initialize", CLIENT);
  const launch = client.ask("launch", LAUNCH);
  client.adapter.dispose();
  await launch;
  assert.equal(host.held, 0);
});

test("a session that breaks is told, and ends", async () => {
  const session = new ScriptedSession();
  const { client, host } = await launched(session);
  await client.stopped();
  session.over.tell({ kind: "failed", code: "TL2006", message: "The worker had to be ended." });
  const { category, output } = await client.event("output");
  assert.deepEqual([category, output], ["important", "TL2006: The worker had to be ended.\n"]);
  await client.event("terminated");
  assert.equal(host.held, 0);
});

test("a restart begins anew with the same breakpoints, and lets go of the session before", async () => {
  const [one, two] = [new ScriptedSession(), new ScriptedSession()];
  const host = new ScriptedHost(one, two);
  using client = new Client(host);
  await client.launch(LAUNCH, async () => {
    const source = { path: PROGRAM };
    await client.request("setBreakpoints", { source, breakpoints: [{ line: 4 }] });
  });
  await client.stopped();
  await client.request("restart", {});
  assert.equal((await client.stopped()).reason, "entry");
  assert.equal(host.held, 1);
  assert.deepEqual(two.asked[0], {
    kind: "breakpoints",
    lines: [{ file: PROGRAM, line: 4 }],
    events: [],
  });
});

test("ten thousand threads are listed at once", async () => {
  const session = new ScriptedSession();
  const many = Array.from({ length: 10_000 }, (_, id) => thread(id, `worker-${id}`));
  session.state = stateOf(1, many);
  const { client } = await launched(session);
  const began = performance.now();
  const { threads } = await client.request("threads");
  assert.equal((threads as []).length, 10_000);
  assert.ok(performance.now() - began < 500);
});
