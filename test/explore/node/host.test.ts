import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { ExploreProgress } from "../../../src/protocol/explore.ts";
import { isAlive, until } from "../../cli/processes.ts";
import { DPOR, ENDLESS, Explored, RANDOM, TWO_ORDERS } from "./programs.ts";

const explored = new Explored();
const { host } = explored;

test("one process explores one program after another, those asked for at once in order", async () => {
  await host.warm();
  const { pid } = host;
  const programs = [
    await explored.compile(TWO_ORDERS),
    await explored.compile("console.log(1);"),
    await explored.compile(TWO_ORDERS),
  ];
  const ended: number[] = [];
  const results = await Promise.all(
    programs.map(async (program, index) => {
      const result = await host.explore({ program, options: DPOR }).ended;
      ended.push(index);
      return result;
    }),
  );
  assert.deepEqual(ended, [0, 1, 2]);
  assert.equal(host.pid, pid);
  assert.deepEqual(
    results.map(({ verdict, complete, executions, outcomes }) => [
      ...[verdict, complete, executions],
      outcomes.map(({ output }) => output).sort(),
    ]),
    [
      ["ok", true, 2, ["a", "b"]],
      ["ok", true, 1, ["1"]],
      ["ok", true, 2, ["a", "b"]],
    ],
  );
});

test("clocks and random numbers are the program's own: the same in each execution", async () => {
  const { ended } = await explored.start(
    `for (let i = 0; i < 2; i++) std.spawn(() => { std.yieldNow(); });
     console.log(Date.now(), new Date().toISOString(), performance.now(), Math.random(), crypto.randomUUID());`,
    { strategy: "random", seed: 1, maxExecutions: 20, perThreadOutput: true },
  );
  const { executions, outcomes } = await ended;
  assert.equal(executions, 20);
  assert.equal(outcomes.length, 1, outcomes.map(({ output }) => output).join("\n"));
});

test("a search that is stopped ends soon, with what it has", async () => {
  const told: ExploreProgress[] = [];
  const began = performance.now();
  const exploring = await explored.start(ENDLESS, RANDOM, (progress) => told.push(progress));
  while (told.length < 3) await pause(20);
  const elapsed = performance.now() - began;
  assert.ok(told.length <= Math.ceil(elapsed / 200) + 1, `${told.length} in ${elapsed} ms`);
  exploring.stop();
  exploring.stop();
  const asked = performance.now();
  const result = await exploring.ended;
  assert.ok(performance.now() - asked < 2500);
  assert.ok(result.executions >= told.at(-1)!.executions);
  assert.deepEqual([result.verdict, result.complete], ["limit", false]);
  assert.equal(result.outcomes.length, 1);
});

test("one that is stopped before its turn ends as it begins", async () => {
  const first = await explored.start(ENDLESS, { ...RANDOM, maxSeconds: 1 });
  const second = await explored.start(ENDLESS, RANDOM);
  second.stop();
  await first.ended;
  const began = performance.now();
  assert.equal((await second.ended).complete, false);
  assert.ok(performance.now() - began < 5000);
});

test("a search that is cancelled is killed at once, and the next one has a process of its own", async () => {
  const exploring = await explored.start(ENDLESS, RANDOM);
  await host.warm();
  await pause(100);
  const pid = host.pid!;
  exploring.cancel();
  const { verdict, findings, stopped } = await exploring.ended;
  assert.deepEqual([verdict, findings, stopped], ["limit", [], "It was cancelled."]);
  const { ended } = await explored.start(TWO_ORDERS, DPOR);
  assert.equal((await ended).verdict, "ok");
  assert.notEqual(host.pid, pid);
  assert.ok(!isAlive(pid));
});

test("a process that is killed from outside is an answer, with what was counted; the next one works", async () => {
  const told: ExploreProgress[] = [];
  const exploring = await explored.start(ENDLESS, RANDOM, (progress) => told.push(progress));
  while (told.length < 2) await pause(20);
  process.kill(host.pid!, "SIGKILL");
  const { verdict, executions, complete, findings, phases } = await exploring.ended;
  const { phase } = told.at(-1)!;
  assert.deepEqual([verdict, executions, complete], ["limit", phase.executions, false]);
  assert.deepEqual(phases, [phase]);
  assert.deepEqual(
    findings.map(({ kind, code }) => [kind, code]),
    [["limit", "TL8003"]],
  );
  const { ended } = await explored.start(TWO_ORDERS, DPOR);
  assert.equal((await ended).verdict, "ok");
});

test("a program that cannot be loaded is an answer, and harms no other", async () => {
  const program = await explored.compile("console.log(1);");
  const broken = { ...program, modules: [{}] as never };
  const { verdict, findings } = await host.explore({ program: broken, options: DPOR }).ended;
  assert.deepEqual([verdict, findings.map(({ code }) => code)], ["limit", ["TL8003"]]);
  assert.match(findings[0].message, /TypeError/);
  assert.equal((await host.explore({ program, options: DPOR }).ended).verdict, "ok");
});

test("after dispose nothing is left, and who waits is answered", async () => {
  const other = new Explored();
  const running = await other.start(ENDLESS, RANDOM);
  const waiting = await other.start(ENDLESS, RANDOM);
  await other.host.warm();
  const pid = other.host.pid!;
  other.host.dispose();
  assert.equal((await running.ended).stopped, "It was cancelled.");
  assert.equal((await waiting.ended).stopped, "It was cancelled.");
  await until("the process is gone", () => !isAlive(pid));
});
