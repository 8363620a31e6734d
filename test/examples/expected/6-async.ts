import assert from "node:assert/strict";
import { workers, type Expectations } from "./expected.ts";

export const ASYNC: Expectations = {
  "async-tasks": {
    verdict: "ok",
    threads: ["main", ...workers(2)],
    objects: { mutex: ["stock"] },
    output: (lines) => {
      assert.equal(lines.at(-1), "20 [ [ 'apples', 12 ], [ 'pears', 8 ] ]");
      const days = [
        "north on day 1 5",
        "north on day 2 10",
        "south on day 1 5",
        "south on day 2 10",
      ];
      assert.deepEqual(lines.slice(0, -1).toSorted(), days);
    },
  },
  futures: {
    verdict: "ok",
    threads: ["main", "eggs", "tea", "quick"],
    objects: { mutex: ["state", "state #2", "state #3"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        ...["nothing has begun", "only now", "[ 'tea', 'eggs' ]"],
        ...["slow was given up", "{ index: 1, value: 'quick' }", "slow was given up", "too late"],
      ]),
  },
  runtime: {
    verdict: "ok",
    threads: ["main", "runtime-1", "runtime-2", "worker-3"],
    objects: { mutex: ["pages"] },
    output: (lines) => {
      const text = lines.join(" ").replace(/\s+/g, " ");
      assert.match(text, /squares: \[ ?1, 4, 9, 16, 25, 36, 49, 64 ?\]/);
      assert.match(text, /sorted: \[ ?1, 2, 3 ?\], arrived: 8, stored: 8/);
    },
  },
  streams: {
    verdict: "ok",
    threads: ["main"],
    objects: {},
    output: (lines) => {
      const degrees = lines.filter((line) => /^\d/.test(line));
      assert.deepEqual(degrees, ["19.5", "21.5", "23.5", "22.5"]);
      assert.equal(lines.at(-1), "[ 10, 20, 0, 1, 2 ]");
    },
  },

  cancelling: {
    verdict: "ok",
    threads: ["main"],
    objects: { notify: ["ready"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        "dinner",
        "the guest's place is cleared",
        "the guest does not come",
      ]),
    explored: { verdict: "ok", executions: 1 },
  },
  interfaces: {
    verdict: "ok",
    threads: ["main"],
    objects: {},
    output: (lines) => assert.deepEqual(lines, ["near: hello", "far: hello"]),
    explored: { verdict: "ok", executions: 1 },
  },
};
