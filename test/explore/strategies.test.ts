/** What each strategy promises of its own: bounds, seeds, numbers of executions, and what was kept from before. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ExplorerHost } from "../../src/engine/native/explored/host.ts";
import type { ExploreOptions, ExploreResult } from "../../src/protocol/explore.ts";
import { Programs, RUNNER } from "../engine/native/fixture.ts";

const programs = new Programs("model");
const host = new ExplorerHost({ runnerPath: RUNNER, cwd: programs.folder });
after(() => host.dispose());

/** Fails where one thread is interrupted between its load and its store: by one preemption, and not without. */
const LOST = programs.compile(`
  const n = new std.AtomicI32(0);
  const threads = [1, 2].map(() => std.spawn(() => { n.store(n.load() + 1); }));
  for (const thread of threads) thread.join();
  std.assert(n.load() === 2);
`);

const FINE = programs.compile(`
  const n = new std.AtomicI32(0);
  const threads = [1, 2, 3].map(() => std.spawn(() => { n.fetchAdd(1); n.fetchAdd(1); }));
  for (const thread of threads) thread.join();
  std.assert(n.load() === 6);
`);

async function explore(
  program: typeof LOST,
  options: Omit<ExploreOptions, "seed"> & { readonly seed?: number },
): Promise<ExploreResult> {
  return host.explore({ program: await program, options: { seed: 1, ...options } }).ended;
}

const RANDOM = ["random", "pos", "pct"] as const;

test("what takes one preemption is not found without, and that is no proof", async () => {
  const without = await explore(LOST, { strategy: "bounded", preemptions: 0 });
  assert.deepEqual([without.verdict, without.complete], ["ok", false]);
  const withOne = await explore(LOST, { strategy: "bounded", preemptions: 1 });
  assert.deepEqual([withOne.verdict, withOne.complete], ["assertion", false]);
});

test("auto finds it in the first phase that can", async () => {
  const { phases } = await explore(LOST, { strategy: "auto" });
  assert.deepEqual(
    phases.map(({ strategy, bound, complete }) => [strategy, bound, complete]),
    [
      ["bounded", 0, true],
      ["bounded", 1, false],
    ],
  );
});

for (const strategy of RANDOM) {
  test(`${strategy} finds it, by one seed always in the same execution`, async () => {
    const found = [];
    for (let i = 0; i < 2; i++) {
      const { verdict, executions, findings } = await explore(LOST, { strategy, seed: 5 });
      assert.equal(verdict, "assertion");
      found.push([executions, findings.map(({ schedule }) => schedule)]);
    }
    assert.deepEqual(found[0], found[1]);
  });

  test(`${strategy} makes as many executions as were asked for, and proves nothing`, async () => {
    const result = await explore(FINE, { strategy, maxExecutions: 40 });
    const { verdict, executions, complete } = result;
    assert.deepEqual([verdict, executions, complete], ["ok", 40, false]);
  });
}

test("exhaustive search that is cut short says so", async () => {
  const { verdict, executions, complete, stopped } = await explore(FINE, {
    strategy: "dpor",
    maxExecutions: 40,
  });
  assert.deepEqual([verdict, executions, complete], ["limit", 40, false]);
  assert.notEqual(stopped, undefined);
  // 6! / (2! · 2! · 2!) orders of the additions.
  assert.equal((await explore(FINE, { strategy: "dpor" })).executions, 90);
});

test("a schedule that failed before is tried before anything else", async () => {
  const { findings } = await explore(LOST, { strategy: "dpor" });
  const schedules = [findings[0].schedule!];
  const { verdict, executions } = await explore(LOST, { strategy: "random", schedules });
  assert.deepEqual([verdict, executions], ["assertion", 1]);
});

test("beside a failure stands a run that differs by one swap, and passes", async () => {
  const { findings } = await explore(LOST, { strategy: "auto" });
  const nearest = findings.find(({ kind }) => kind === "assertion")?.nearest;
  assert.ok(nearest !== undefined && nearest.swap !== "" && nearest.sites.length > 0);
  const control = { kind: "schedule", text: nearest.schedule } as const;
  const ran = await programs.start(await LOST, { control }).ran;
  assert.deepEqual([ran.ending.kind, ran.kinds], ["finished", []]);
});
