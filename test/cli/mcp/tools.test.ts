/** The tools as an agent finds and uses them, by a real client over a real child. */
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import type { CheckJson } from "../../../src/explore/check-json.ts";
import { threadloom } from "../command.ts";
import { AgentClient } from "./client.ts";
import { BROKEN, DEADLOCK, FINE, LOST, RACE } from "./programs.ts";

let agent: AgentClient;
before(async () => {
  agent = await AgentClient.start({
    "lost.ts": LOST,
    "race.ts": RACE,
    "deadlock.ts": DEADLOCK,
    "fine.ts": FINE,
    "broken.ts": BROKEN,
    "notes.txt": "nothing",
  });
});
after(() => agent[Symbol.asyncDispose]());

const check = async (path: string, more: object = {}) => {
  const answer = await agent.call("check", { path, ...more });
  assert.equal(answer.failed, false, answer.text);
  return { ...answer, programs: answer.data["programs"] as readonly CheckJson[] };
};

/** The schedule of the gravest failure. */
const failingSchedule = async (path: string) => {
  const { programs } = await check(path);
  return programs[0].findings[0].schedule!;
};

test("the tools are listed with words and schemas for a model that knows nothing of them", async () => {
  const { tools } = await agent.client.listTools();
  const names = tools.map(({ name }) => name);
  assert.deepEqual(names, ["check", "list_outcomes", "replay", "step", "trace", "explain"]);
  for (const { name, title, description = "", inputSchema, outputSchema, annotations } of tools) {
    assert.ok(title, name);
    assert.match(description, /Threadloom/, name);
    assert.equal(inputSchema.type, "object");
    assert.equal(inputSchema["additionalProperties"], false, name);
    for (const [argument, schema] of Object.entries(inputSchema.properties ?? {}))
      assert.ok((schema as { description?: string }).description, `${name}.${argument}`);
    assert.ok(outputSchema, name);
    assert.equal(annotations?.readOnlyHint, name === "explain");
  }
});

test("a failing program is told with verdict, place, story and schedule, in words and as the contract's JSON", async () => {
  const { text, data, programs } = await check("lost.ts");
  assert.equal(data["asExpected"], false);
  const [{ file, verdict, findings, outcomes }] = programs;
  assert.deepEqual([file, verdict], ["lost.ts", "assertion"]);
  assert.equal(findings[0].code, "TL2153");
  assert.match(findings[0].schedule!, /^threadloom schedule 1\n/);
  assert.equal(outcomes.length, 2);
  assert.match(text, /^lost\.ts: assertion, where ok was expected/);
  assert.match(text, /lost\.ts:9/);
  assert.match(text, /alice loads `counter` → 0/);
  assert.ok(text.includes(findings[0].schedule!.trimEnd()));
});

test("a folder is checked whole, what does not compile included, and nothing is written there", async () => {
  const before = readdirSync(agent.folder);
  const { text, programs } = await check(".", { max_seconds: 10 });
  const verdicts = programs.map(({ file, verdict }) => `${file} ${verdict}`);
  assert.deepEqual(verdicts, [
    "broken.ts error",
    "deadlock.ts deadlock",
    "fine.ts ok",
    "lost.ts assertion",
    "race.ts race",
  ]);
  assert.match(text, /broken\.ts: does not compile\nbroken\.ts:2:11 TS1109/);
  assert.match(text, /5 programs: 1 as expected, 4 not$/);
  assert.deepEqual(readdirSync(agent.folder), before);
});

for (const [path, verdict] of [
  ["lost.ts", "assertion"],
  ["race.ts", "race"],
  ["deadlock.ts", "deadlock"],
] as const) {
  test(`the schedule that check gives of ${path} comes to the same failure when it is replayed`, async () => {
    const schedule = await failingSchedule(path);
    const { text, data } = await agent.call("replay", { path, schedule });
    assert.equal(data["verdict"], verdict, text);
    assert.deepEqual(data["problems"], []);
    assert.match(text, /What happened:\nmain:\n {2}begins/);
    assert.match(text, /alice:\n/);
    const again = await agent.call("replay", { path, schedule: data["schedule"] });
    assert.deepEqual(again.data, data);
  });
}

test("outcomes come with schedules that lead to them", async () => {
  const { data, text } = await agent.call("list_outcomes", { path: "race.ts" });
  const outcomes = data["outcomes"] as { shared: { counter: number }; schedule: string }[];
  assert.equal(data["complete"], true);
  assert.deepEqual(outcomes.map(({ shared }) => shared.counter).sort(), [1, 2]);
  assert.match(text, /race\.ts ends in 2 ways/);
  for (const { shared, schedule } of outcomes) {
    const replayed = await agent.call("replay", { path: "race.ts", schedule });
    assert.deepEqual(replayed.data["shared"], { counter: String(shared.counter) });
  }
});

test("a run on real threads is told in words, and as `trace --json` has it", async () => {
  const { text, data } = await agent.call("trace", { path: "fine.ts" });
  assert.match(text, /^fine\.ts: ok \(native engine, 2 threads, /);
  assert.match(text, /Output:\n {2}main: 1\n {2}main: 2/);
  assert.equal(data["ok"], true);
  assert.deepEqual(
    (data["threads"] as { name: string }[]).map(({ name }) => name),
    ["main", "worker-1"],
  );
});

test("a recorded run is replayed to what was recorded, and a difference is told", async () => {
  const { status } = await threadloom(["trace", "fine.ts", "-o", "run.tltrace"], {
    cwd: agent.folder,
  });
  assert.equal(status, 0);
  const { text, data } = await agent.call("replay", { path: "fine.ts", trace: "run.tltrace" });
  assert.equal(data["verdict"], "ok", text);
  assert.deepEqual(data["output"], ["1", "2"]);
  assert.equal(data["difference"], undefined);
  assert.match(text, /worker-1:\n {2}begins/);
  const file = path.join(agent.folder, "fine.ts");
  writeFileSync(file, FINE.replace("console.log(one)", "console.log(one + 1)"));
  const edited = await agent.call("replay", { path: "fine.ts", trace: "run.tltrace" });
  writeFileSync(file, FINE);
  assert.match(edited.data["difference"] as string, /line 1 of its output was "1", and is "2"/);
  assert.match(edited.text, /It is not the run that was recorded: line 1/);
});

test("codes, pages and names of the library are explained", async () => {
  const ask = async (about: string) => (await agent.call("explain", { about })).text;
  assert.match(await ask("TL2153"), /`assert` says what must hold/);
  assert.match(await ask("annotations"), /@threadloom/);
  assert.match(await ask("std"), /- Mutex\n/);
  const mutex = await ask("std Mutex");
  assert.match(mutex, /^### Mutex\n/);
  assert.doesNotMatch(mutex, /### Barrier/);
});

test("arguments that do not fit, files that are not there and unknown names are refused with code and remedy", async () => {
  for (const [tool, given, said] of [
    ["check", {}, /^TL5202: .*`path`[^]*What to do: /],
    ["check", { path: "lost.ts", sed: 1 }, /^TL5202: .*"sed"/],
    ["check", { path: "lost.ts", seed: -1 }, /^TL5202: .*`seed`/],
    ["check", { path: "nowhere.ts" }, /^TL5007: .*nowhere\.ts cannot be read[^]*What to do: /],
    [
      "list_outcomes",
      { path: "broken.ts" },
      /^TL5203: .*\nbroken\.ts:2:11 TS1109|^TL5203: .*broken\.ts:2:11 TS1109/,
    ],
    ["replay", { path: "lost.ts" }, /^TL5204: .*neither/],
    ["replay", { path: "lost.ts", schedule: "nowhere.schedule" }, /^TL5007/],
    ["replay", { path: "lost.ts", schedule: "three\nwrong\nlines\n" }, /^TL4\d{3}/],
    ["replay", { path: "lost.ts", trace: "notes.txt" }, /^TL4\d{3}/],
    ["step", { action: "step", session: "s99" }, /^TL5210/],
    ["step", { action: "begin" }, /^TL5202: .*`path`/],
    ["explain", { about: "nonsense" }, /^TL5220/],
    ["fly", {}, /^TL5201: There is no tool `fly`/],
  ] as const) {
    const { failed, text } = await agent.call(tool, given);
    assert.equal(failed, true, text);
    assert.match(text, said);
  }
});
