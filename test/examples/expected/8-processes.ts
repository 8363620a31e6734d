import assert from "node:assert/strict";
import type { Expectations } from "./expected.ts";

export const PROCESSES: Expectations = {
  "two-processes": {
    verdict: "ok",
    threads: ["main"],
    objects: { process: ["high", "low"] },
    output: (lines) => assert.deepEqual(lines, ["303 primes below 2000", "ended with 0 and 0"]),
    run: ({ threads }) => {
      assert.deepEqual(threads.map(({ name }) => name).toSorted(), ["high", "low", "main"]);
    },
  },
  "not-shared": {
    verdict: "ok",
    threads: ["main"],
    objects: { process: ["process-1"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        "after a thread has added ten: 10",
        "the process has 20, and ended with 0",
        "after a process has added ten: 10",
      ]),
  },
  "ipc-by-pipe": {
    verdict: "ok",
    threads: ["main"],
    objects: { process: ["filter", "producer"], pipe: ["filtered", "produced"] },
    output: (lines) => assert.deepEqual(lines, ["WARP", "WEFT", "ended with 0 and 0"]),
    run: ({ threads }) => {
      assert.deepEqual(threads.map(({ name }) => name).toSorted(), ["filter", "main", "producer"]);
    },
  },
  restart: {
    verdict: "ok",
    threads: ["main"],
    findings: ["failed-process"],
    objects: {},
    output: (lines) =>
      assert.deepEqual(lines, ["20, 60, 15, failed with 1, 12", "ended by SIGKILL"]),
  },
};
