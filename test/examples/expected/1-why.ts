import assert from "node:assert/strict";
import type { Expectations } from "./expected.ts";

export const WHY: Expectations = {
  deadlock: {
    verdict: "deadlock",
    threads: ["main", "alice", "bob"],
    findings: ["deadlock"],
    objects: { mutex: ["checking", "savings"] },
    output: (lines) => assert.deepEqual(lines, ["alice holds checking"]),
    run: ({ findings }) => {
      const [deadlock] = findings.filter(({ kind }) => kind === "deadlock");
      assert.match(deadlock.message, /alice waits for `savings`.*held by bob/);
      assert.match(deadlock.message, /bob waits for `checking`.*held by alice/);
      assert.ok(deadlock.sites.length > 0 && deadlock.remedy);
    },
  },
  "lost-update": {
    verdict: ["assertion", "race"],
    threads: ["main", "alice", "bob"],
    findings: ["race"],
    objects: { cell: ["counter"] },
    run: ({ objects, verdict, findings }) => {
      const [counter] = objects.filter(({ name }) => name === "counter");
      assert.ok(counter.operations >= 40_000, "two reads and two writes, ten thousand times");
      if (verdict === "assertion") {
        const [failed] = findings.filter(({ kind }) => kind === "assertion");
        assert.match(failed.message, /counter === 20000/);
      }
    },
  },

  "overlapped-io": {
    verdict: "ok",
    threads: ["main", "disk", "printer", "server"],
    objects: {},
    output: (lines) =>
      assert.deepEqual(lines, [
        "669 primes found while waiting",
        "disk answered, printer answered, server answered",
      ]),
    explored: { verdict: "ok", executions: 1 },
  },
  "keep-reading": {
    verdict: "ok",
    threads: ["main", "printer", "screen"],
    objects: { channel: ["keys", "jobs"] },
    output: (lines) => assert.deepEqual(lines, ["read pages 2, 3, 4, 3; 4 pages printed"]),
    explored: { verdict: "ok", executions: 1 },
  },
  "write-later": {
    verdict: "ok",
    threads: ["main", "writer", "ada", "ben"],
    objects: { channel: ["log"] },
    output: (lines) => assert.deepEqual(lines, ["10 lines, at most 4 in a write"]),
    explored: { verdict: "ok", executions: 7 },
    run: ({ messages }) =>
      assert.equal(
        messages.reduce((sum, { count }) => sum + count, 0),
        10,
      ),
  },
  "many-clients": {
    verdict: "ok",
    threads: ["main", "runtime-1", "runtime-2"],
    objects: { channel: ["connect", "server"], semaphore: ["database"] },
    output: (lines) =>
      assert.deepEqual(lines, ['40 clients served; the last one heard "hello, client 39"']),
    run: ({ threads }) => assert.equal(threads.length, 3, "however many clients there are"),
  },
  oversold: {
    verdict: ["race", "assertion"],
    threads: ["main", "north", "south"],
    findings: ["race"],
    objects: { cell: ["seats"] },
    explored: { verdict: "assertion" },
  },
  philosophers: {
    verdict: ["ok", "deadlock"],
    threads: ["main", "Aristotle", "Hypatia", "Confucius"],
    findings: ["lock-order"],
    objects: { mutex: ["forks", "forks #2", "forks #3"] },
    explored: { verdict: "deadlock" },
  },
  heisenbug: {
    verdict: "ok",
    threads: ["main", "early", "late"],
    objects: { mutex: ["kept", "lookUps"] },
    explored: { verdict: "assertion" },
  },
};
