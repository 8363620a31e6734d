import assert from "node:assert/strict";
import { test } from "node:test";
import type { Run, RunnerHost } from "../../../src/engine/native/host.ts";
import { Runners } from "../../../src/engine/native/runners.ts";
import type { RunResult } from "../../../src/protocol/run.ts";
import { deferred } from "../../../src/base/deferred.ts";

/** Runners whose programs end when the test says so. */
function runners() {
  const log: string[] = [];
  const ends: (() => void)[] = [];
  let made = 0;
  const pool = new Runners(() => {
    const name = `runner ${++made}`;
    log.push(`${name} made`);
    const host = {
      warm: async () => void log.push(`${name} warm`),
      dispose: () => void log.push(`${name} disposed`),
      run: () => {
        log.push(`${name} runs`);
        const { promise, resolve } = deferred<RunResult>();
        ends.push(() => resolve({} as RunResult));
        return { ended: promise } as Run;
      },
    };
    return host as unknown as RunnerHost;
  });
  const run = () => pool.run({} as never, {} as never);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { pool, log, ends, run, turn };
}

test("the warm runner takes the first program, and the next one when it is free again", async () => {
  const { pool, log, ends, run, turn } = runners();
  await pool.warm();
  run();
  ends[0]();
  await turn();
  run();
  assert.deepEqual(log, ["runner 1 made", "runner 1 warm", "runner 1 runs", "runner 1 runs"]);
});

test("programs at the same time have runners of their own; one is kept afterwards", async () => {
  const { log, ends, run, turn } = runners();
  run();
  run();
  ends[1]();
  await turn();
  ends[0]();
  await turn();
  assert.deepEqual(log, [
    "runner 1 made",
    "runner 1 runs",
    "runner 2 made",
    "runner 2 runs",
    "runner 1 disposed",
  ]);
});

test("disposing ends idle and busy runners alike, and none comes back", async () => {
  const { pool, log, ends, run, turn } = runners();
  run();
  run();
  ends[0]();
  await turn();
  pool.dispose();
  ends[1]();
  await turn();
  assert.deepEqual(
    log.filter((entry) => entry.endsWith("disposed")),
    ["runner 1 disposed", "runner 2 disposed"],
  );
});
