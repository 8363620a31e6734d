import assert from "node:assert/strict";
import type { Expectations } from "./expected.ts";

export const THREADS: Expectations = {
  "parallel-sum": {
    verdict: "ok",
    threads: ["main", "part-1"],
    objects: {},
    output: ([line]) => assert.match(line, /^\d+ workers say 5000050000$/),
  },
  "thread-pool": {
    verdict: "ok",
    threads: ["main", "crew-1", "crew-2", "crew-3", "map-1", "map-2"],
    objects: {},
    output: (lines) => {
      assert.deepEqual(lines, ["1438 primes below 12000", "true false true false"]);
    },
    run: ({ objects }) => {
      const pools = objects.filter(({ kind }) => kind === "pool").map(({ name }) => name);
      assert.ok(pools.includes("pool"));
    },
  },

  "speed-up": {
    verdict: "ok",
    threads: ["main", "map-1", "map-1", "map-2"],
    objects: {},
    output: (lines) => assert.deepEqual(lines, ["2735 primes, on however many threads"]),
  },
  park: {
    verdict: "ok",
    threads: ["main", "sleeper"],
    objects: { atomic: ["ready"] },
    output: ([line]) => assert.match(line, /^sleeper saw the flag after/),
    explored: { verdict: "ok", executions: 2 },
  },
  ownership: {
    verdict: "ok",
    threads: ["main", "visitor"],
    objects: { mutex: ["shared"], channel: ["ends", "tx"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        "the thread's copy says 1, ours 0",
        "moved: it belongs to another thread now",
        "refused, because of message.steps",
      ]),
    explored: { verdict: "ok", executions: 1 },
  },
};
