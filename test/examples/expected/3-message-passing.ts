import assert from "node:assert/strict";
import { workers, type Expectations } from "./expected.ts";

export const MESSAGE_PASSING: Expectations = {
  broadcast: {
    verdict: "ok",
    threads: ["main", "archivist", "guard", "passer-by"],
    objects: { broadcast: ["readings"], watch: ["display"] },
    output: (lines) => assert.deepEqual(lines, ["8 readings kept, 3 of them frosty"]),
    run: ({ messages, objects }) => {
      const readings = objects.find(({ name }) => name === "readings")!;
      const received = messages.filter(({ channel }) => channel === readings.id);
      assert.equal(received.length, 2, "each subscriber");
      assert.ok(received.every(({ from, count }) => from === 0 && count === 8));
    },
  },
  mpsc: {
    verdict: "ok",
    threads: ["main", ...workers(3)],
    objects: { channel: ["tx"] },
    output: (lines) =>
      assert.deepEqual(lines.toSorted(), [
        "Got: Can you read this?",
        "Got: Hello there!",
        "Got: Ten threads say something.",
      ]),
    run: ({ messages }) => assert.equal(messages.length, 3),
  },
  pipeline: {
    verdict: "ok",
    threads: ["main", "read", "measure", "report"],
    objects: { channel: ["toMeasure", "toReport"] },
    output: ([line]) => assert.match(line, /^10 lines; the richest: ".+" with \d+ pairs$/),
    run: ({ messages }) =>
      assert.deepEqual(
        messages.map(({ count }) => count),
        [10, 10],
      ),
  },
  rendezvous: {
    verdict: "ok",
    threads: ["main", "alice", "bob"],
    objects: { channel: ["hand"] },
    output: (lines) =>
      assert.deepEqual(
        lines,
        [1, 2, 3, 4].map((lap) => `bob has the baton of lap ${lap}`),
      ),
  },
  select: {
    verdict: "ok",
    threads: ["main", "customer", "courier", "clerk"],
    objects: { channel: ["orders", "handing", "bell"] },
    output: (lines) => assert.deepEqual(lines, ["6 parcels, the last one parcel 6"]),
    run: ({ messages, objects }) => {
      const handing = objects.find(({ name }) => name === "handing")!;
      const handed = messages.filter(({ channel }) => channel === handing.id);
      assert.equal(
        handed.reduce((sum, { count }) => sum + count, 0),
        6,
      );
    },
  },

  oneshot: {
    verdict: "ok",
    threads: ["main", "librarian", "reader of Emma", "reader of Dracula", "reader of Ulysses"],
    objects: { channel: ["desk", "_bell"], oneshot: ["reply", "reply #2", "reply #3"] },
    output: (lines) => assert.deepEqual(lines, ["shelves 4, 7, 7; heard nothing yet"]),
    explored: { verdict: "ok", executions: 48 },
  },
  lagging: {
    verdict: "ok",
    threads: ["main", "slow"],
    findings: ["send-to-nobody"],
    objects: { broadcast: ["ticker"], latch: ["closing"], channel: ["tx"] },
    output: (lines) =>
      assert.deepEqual(lines, ["missed 6, then saw 7, 8, 9, 10", "nobody hears: closed"]),
    explored: { verdict: "ok", executions: 1 },
  },
};
