/** How calls and the server end: at once when they are given up, and without leaving a process. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { descendants, isAlive, until } from "../processes.ts";
import { AgentClient } from "./client.ts";
import { ENDLESS, FINE, LOST } from "./programs.ts";

const LOOP = `// @threadloom
console.log("on and on");
for (;;);
`;

test("a check that is given up ends with the process that explored", async () => {
  await using agent = await AgentClient.start({ "endless.ts": ENDLESS });
  const told: number[] = [];
  const giveUp = new AbortController();
  const checking = agent.call(
    "check",
    { path: "endless.ts", max_seconds: 600 },
    { signal: giveUp.signal, progress: (_, done) => told.push(done) },
  );
  const given = assert.rejects(checking);
  await until("it explores", () => told.length > 1);
  const [explorer] = descendants(agent.pid);
  giveUp.abort();
  await given;
  await until("the explorer has gone", () => !isAlive(explorer));
  const growing = told.every((done, index) => index === 0 || done > told[index - 1]);
  assert.ok(growing, told.join());
  // The server goes on.
  const { text } = await agent.call("explain", { about: "TL2153" });
  assert.match(text, /TL2153/);
});

test("a search says that it was stopped at a limit, and what that proves", async () => {
  await using agent = await AgentClient.start({ "endless.ts": ENDLESS });
  const { text, data } = await agent.call("check", { path: "endless.ts", max_seconds: 1 });
  assert.equal(data["asExpected"], false);
  assert.match(text, /^endless\.ts: .*limit/);
});

test("a run and a session that never come back are stopped, and can be given up", async () => {
  await using agent = await AgentClient.start({ "loop.ts": LOOP });
  const { data } = await agent.call("trace", { path: "loop.ts", max_seconds: 1 });
  assert.equal(data["verdict"], "limit");
  const giveUp = new AbortController();
  const running = agent.call("trace", { path: "loop.ts" }, { signal: giveUp.signal });
  const given = assert.rejects(running);
  setTimeout(() => giveUp.abort(), 300);
  await given;
  await agent.call("explain", { about: "TL2153" });
});

test("two requests at once are answered each for itself", async () => {
  await using agent = await AgentClient.start({ "lost.ts": LOST, "fine.ts": FINE });
  const [lost, fine, told] = await Promise.all([
    agent.call("check", { path: "lost.ts" }),
    agent.call("check", { path: "fine.ts" }),
    agent.call("explain", { about: "annotations" }),
  ]);
  assert.match(lost.text, /^lost\.ts: assertion/);
  assert.match(fine.text, /^fine\.ts: ok/);
  assert.match(told.text, /@threadloom/);
});

test("the server ends when its client goes, and leaves no process, whatever was under way", async () => {
  await using agent = await AgentClient.start({ "endless.ts": ENDLESS, "lost.ts": LOST });
  const { pid } = agent;
  const told: number[] = [];
  await agent.call("step", { action: "begin", path: "lost.ts" });
  const checking = agent.call(
    "check",
    { path: "endless.ts", max_seconds: 600 },
    { progress: (_, done) => told.push(done) },
  );
  const given = assert.rejects(checking);
  await until("it explores", () => told.length > 0);
  const all = [pid, ...descendants(pid)];
  assert.ok(all.length >= 3, all.join());
  await agent.client.close();
  await given;
  await until("all have gone", () => !all.some(isAlive));
});

test("clients of the older handshake and of the newer one are served alike", async () => {
  for (const mode of ["legacy", "auto"] as const) {
    await using agent = await AgentClient.start(
      { "fine.ts": FINE },
      { versionNegotiation: { mode } },
    );
    const { tools } = await agent.client.listTools();
    assert.equal(tools.length, 6, mode);
    const { text } = await agent.call("check", { path: "fine.ts" });
    assert.match(text, /^fine\.ts: ok/, mode);
  }
});

test("pages of the documentation and a prompt are offered to those who attach them", async () => {
  await using agent = await AgentClient.start();
  const { client } = agent;
  const { resources } = await client.listResources();
  assert.deepEqual(
    resources.map(({ name }) => name),
    ["annotations", "std", "schedules", "checking"],
  );
  const { contents } = await client.readResource({ uri: "threadloom://docs/annotations" });
  assert.match((contents[0] as { text: string }).text, /@threadloom/);
  await assert.rejects(client.readResource({ uri: "threadloom://docs/../../package" }), /TL5220/);
  const given = { name: "find_the_bug", arguments: { path: "bank.ts" } };
  const { messages } = await client.getPrompt(given);
  assert.match((messages[0].content as { text: string }).text, /bank\.ts/);
  await assert.rejects(client.getPrompt({ name: "find_the_bug" }), /TL5202/);
});
