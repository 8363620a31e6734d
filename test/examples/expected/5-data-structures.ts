import assert from "node:assert/strict";
import type { Expectations } from "./expected.ts";

export const DATA_STRUCTURES: Expectations = {
  linearizability: {
    verdict: "ok",
    threads: ["main", "caller-1", "caller-2"],
    objects: { mutex: ["#waiting"], atomic: ["#count"] },
  },
  "treiber-stack": {
    verdict: "ok",
    threads: ["main", "washer", "dryer"],
    objects: { atomicref: ["head"] },
    output: (lines) => assert.deepEqual(lines, ["on the stack were 1, 2, 3, 4"]),
  },
  "word-count": {
    verdict: "ok",
    threads: ["main", "ann", "ben"],
    objects: { queue: ["queued"], map: ["counts"], threadlocal: ["longest"] },
    output: (lines) => {
      assert.deepEqual(lines, ["it: 3, prove: 1, see: 1, step: 1", "the longest word is prove"]);
    },
  },

  "free-list": {
    verdict: "ok",
    threads: ["main", "reader", "writer"],
    objects: { stack: ["free"], atomic: ["made"] },
    output: (lines) =>
      assert.deepEqual(lines, ["all came back: true, and nobody made a third: true"]),
    explored: { verdict: "ok", executions: 70 },
  },
};
