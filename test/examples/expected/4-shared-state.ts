import assert from "node:assert/strict";
import { workers, type Expectations } from "./expected.ts";

export const SHARED_STATE: Expectations = {
  barrier: {
    verdict: "ok",
    threads: ["main", "part-0", "part-1", "part-2"],
    objects: { mutex: ["row"], barrier: ["meeting"] },
    output: (lines) => {
      assert.deepEqual(lines, [
        "step 1: 0 30 30 30 0 0",
        "step 2: 10 20 30 20 10 0",
        "step 3: 10 20 23.333333333333332 20 10 3.3333333333333335",
      ]);
    },
  },
  condvar: {
    verdict: "ok",
    threads: ["main", "packer-1", "packer-2", "courier"],
    objects: { mutex: ["shelf"], condvar: ["notFull", "notEmpty"] },
    output: ([line]) => assert.match(line, /^12 parcels, the last one: parcel 6 of packer-[12]$/),
  },
  contention: {
    verdict: "ok",
    threads: ["main", "ada", "ben", "cleo"],
    objects: { mutex: ["cache", "journal", "arrived"], condvar: ["everybody"] },
    output: (lines) => assert.deepEqual(lines, ["36 requests served"]),
    run: ({ objects }) => {
      // Three threads compute under one lock: however the cores are shared out, somebody waits.
      const cache = objects.find(({ name }) => name === "cache");
      assert.ok(cache !== undefined && cache.contended > 0 && cache.waitedNs > 0);
    },
  },
  mutex: {
    verdict: "ok",
    threads: ["main"],
    findings: ["nothing-concurrent"],
    objects: { mutex: ["db"] },
    output: (lines) => assert.deepEqual(lines, ["[ 1 ]"]),
  },
  poisoning: {
    verdict: "ok",
    threads: ["main", "carol"],
    findings: ["poisoned-lock"],
    objects: { mutex: ["stock"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        "carol panicked: no room for another pear",
        "found half-made: { apples: 2, pears: 0 }",
        "repaired: { apples: 3, pears: 0 }",
      ]),
  },
  rwlock: {
    verdict: "ok",
    threads: ["main", "ada", "ben", "cleo", "grocer"],
    objects: { rwlock: ["prices"] },
    output: (lines) => {
      assert.equal(lines.at(-1), "in the end 5");
      assert.equal(lines.length, 13);
      assert.ok(lines.slice(0, -1).every((line) => /an apple is [345]$/.test(line)));
    },
  },
  semaphore: {
    verdict: "ok",
    threads: ["main", "red", "green", "blue", "white", "black"],
    objects: { semaphore: ["pumps"] },
    output: (lines) => {
      assert.equal(lines.length, 6);
      assert.equal(lines.at(-1), "never more than 2 at the pumps: true; free now: 2");
    },
  },
  "shared-database": {
    verdict: "ok",
    threads: ["main", ...workers(10)],
    objects: { mutex: ["db"] },
    run: ({ objects, output }) => {
      const ids =
        output
          .map(({ text }) => text)
          .join(" ")
          .match(/\d+/g) ?? [];
      assert.deepEqual(
        ids.map(Number).toSorted((a, b) => a - b),
        [...Array(10).keys()],
      );
      const [db] = objects.filter(({ name }) => name === "db");
      assert.equal(db.operations, 22, "ten threads and main, each a lock and an unlock");
    },
  },

  atomics: {
    verdict: "ok",
    threads: ["main", "north", "south"],
    objects: { atomic: ["stop", "rounds", "distance"] },
    output: (lines) => assert.deepEqual(lines, ["each round counted once: true"]),
  },
  "start-up": {
    verdict: "ok",
    threads: ["main", "ada", "ben", "cleo"],
    objects: {
      latch: ["open"],
      once: ["greeting", "settings"],
      waitgroup: ["done"],
      atomic: ["reads", "ports"],
    },
    output: (lines) => assert.deepEqual(lines, ["open", "read 1 time, by 3 workers"]),
    explored: { verdict: "ok", executions: 54 },
  },
  invariant: {
    verdict: "ok",
    threads: ["main", "ada", "ben"],
    objects: { mutex: ["door"], cell: ["account", "account.spent", "account.left"] },
    output: (lines) => assert.equal(lines.length, 1),
    explored: { verdict: "ok", executions: 2 },
  },
};
