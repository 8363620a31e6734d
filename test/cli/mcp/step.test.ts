/** Stepping as an agent does it: by threads' names, forwards and back, in sessions that have names. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { CheckJson } from "../../../src/explore/check-json.ts";
import { descendants, isAlive, until } from "../processes.ts";
import { AgentClient } from "./client.ts";
import { DEADLOCK, LOST } from "./programs.ts";

const NOTIFY = `// @threadloom
import { channel, Condvar, Mutex, spawn } from "threadloom:std";
const ready = new Mutex(false);
const cond = new Condvar();
const [tx, rx] = channel<string>();
for (const name of ["alice", "bob"]) {
  spawn(() => { using guard = ready.lock(); if (!guard.value) cond.wait(guard); }, { name });
}
tx.send("hello");
cond.notifyOne();
console.log(rx.recv());
`;

let agent: AgentClient;
before(async () => {
  const files = { "lost.ts": LOST, "deadlock.ts": DEADLOCK, "notify.ts": NOTIFY };
  agent = await AgentClient.start(files);
});
after(() => agent[Symbol.asyncDispose]());

interface Standing {
  readonly session: string;
  readonly operations: number;
  readonly over?: {
    readonly ending: string;
    readonly findings: readonly { readonly kind: string }[];
  };
  readonly stopped?: string;
  readonly threads: readonly {
    readonly name: string;
    readonly state: string;
    readonly at?: { readonly file: string; readonly line: number; readonly text: string };
    readonly next?: string;
    readonly canStep: boolean;
    readonly choices?: readonly string[];
    readonly why?: string;
    readonly waitsFor: readonly string[];
    readonly holds: readonly string[];
  }[];
  readonly objects: readonly {
    readonly name: string;
    readonly text: string;
    readonly holder?: string;
  }[];
  readonly output: readonly string[];
}

async function step(given: Record<string, unknown>): Promise<Standing & { text: string }> {
  const { failed, text, data } = await agent.call("step", given);
  assert.equal(failed, false, text);
  return { ...(data as unknown as Standing), text };
}

async function refusal(given: Record<string, unknown>): Promise<string> {
  const { failed, text } = await agent.call("step", given);
  assert.equal(failed, true, text);
  return text;
}

const threadOf = ({ threads }: Standing, name: string) =>
  threads.find((thread) => thread.name === name)!;

/** Steps one thread until something holds. */
async function stepTo(from: Standing, thread: string, holds: (at: Standing) => boolean) {
  let at = from;
  for (let steps = 0; !holds(at); steps++) {
    assert.ok(steps < 20, `${thread} does not come there`);
    at = await step({ action: "step", session: at.session, thread });
  }
  return at;
}

test("a failing schedule is stepped to its failure, and from there back to where another order passes", async () => {
  const { data } = await agent.call("check", { path: "lost.ts" });
  const [{ findings }] = data["programs"] as readonly CheckJson[];
  const failed = await step({ action: "begin", path: "lost.ts", schedule: findings[0].schedule });
  const { session } = failed;
  assert.deepEqual(
    failed.over?.findings.map(({ kind }) => kind),
    ["assertion"],
  );
  assert.match(failed.text, /The run is over: finished\./);
  assert.deepEqual(failed.output, ["counter is 1"]);
  // Back to before either has stored; alice first this time.
  let at: Standing = failed;
  while (at.operations > 3) at = await step({ action: "undo", session });
  await stepTo(at, "alice", (now) => threadOf(now, "alice").state === "ended");
  const passed = await step({ action: "run", session });
  assert.deepEqual(passed.output, ["counter is 2"]);
  assert.deepEqual(passed.over?.findings, []);
  const { data: told } = await agent.call("step", { action: "schedule", session });
  const replayed = await agent.call("replay", { path: "lost.ts", schedule: told["schedule"] });
  assert.equal(replayed.data["verdict"], "ok");
  assert.match((await step({ action: "end", session })).text, /was ended/);
});

test("each answer tells who stands where, who holds what, who waits for whom and why", async () => {
  let at: Standing & { text?: string } = await step({ action: "begin", path: "deadlock.ts" });
  const { session } = at;
  at = await stepTo(at, "main", (now) => now.threads.length === 3);
  at = await stepTo(at, "alice", (now) => threadOf(now, "alice").holds.length === 1);
  at = await stepTo(at, "bob", (now) => threadOf(now, "bob").holds.length === 1);
  const alice = threadOf(at, "alice");
  assert.equal(alice.canStep, false);
  assert.deepEqual(alice.holds, ["left"]);
  assert.deepEqual(alice.waitsFor, ["bob"]);
  assert.match(alice.why!, /`right`.*bob/);
  assert.equal(alice.at?.file, "deadlock.ts");
  assert.match(alice.at.text, /left\.lock\(\)/);
  const right = at.objects.find(({ name }) => name === "right");
  assert.equal(right?.holder, "bob");
  const text = await refusal({ action: "step", session, thread: "alice" });
  assert.match(text, /^TL5213: alice cannot make a step here: .*`right`/);
  await step({ action: "end", session });
});

test("which way an operation goes is chosen, messages and values are seen", async () => {
  let at: Standing = await step({ action: "begin", path: "notify.ts" });
  const { session } = at;
  at = await stepTo(at, "main", (now) => now.threads.length === 3);
  for (const name of ["alice", "bob"])
    at = await stepTo(at, name, (now) => !threadOf(now, name).canStep);
  at = await stepTo(at, "main", (now) => /notify/.test(threadOf(now, "main").next ?? ""));
  assert.match(at.objects.find(({ name }) => /^[rt]x$/.test(name))!.text, /1 queued/);
  at = await step({ action: "step", session, thread: "main", choice: 1 });
  assert.equal(threadOf(at, "bob").canStep, true);
  assert.equal(threadOf(at, "alice").canStep, false);
  const { data } = await agent.call("step", { action: "evaluate", session, expression: "1 + 2" });
  assert.deepEqual(data["value"], { text: "3", type: "number" });
  await step({ action: "end", session });
});

test("a session that has ended says so, and what a thread is called is told to whoever asks wrongly", async () => {
  const { session } = await step({ action: "begin", path: "lost.ts" });
  const unknown = await refusal({ action: "step", session, thread: "carol" });
  assert.match(unknown, /^TL5212: There is no thread `carol` here\.\nWhat to do: .*`main`/);
  await step({ action: "end", session });
  assert.match(await refusal({ action: "undo", session }), /^TL5210: .*it was ended/);
});

test("so many sessions may be open, and no more; each has a process, which goes with it", async () => {
  await using other = await AgentClient.start({ "lost.ts": LOST });
  const begin = () => other.call("step", { action: "begin", path: "lost.ts" });
  const all = await Promise.all(Array.from({ length: 9 }, begin));
  const refused = all.filter(({ failed }) => failed);
  assert.equal(refused.length, 1);
  assert.match(refused[0].text, /^TL5211: 8 step sessions are open/);
  const open = all.filter(({ failed }) => !failed).map(({ data }) => data["session"]);
  const processes = descendants(other.pid);
  assert.equal(processes.length, 8);
  for (const session of open) await other.call("step", { action: "end", session });
  await until("all have gone", () => !processes.some(isAlive));
  assert.equal((await begin()).failed, false);
});
