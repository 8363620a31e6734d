import assert from "node:assert/strict";
import { workers, type Expectations } from "./expected.ts";

export const MODELS: Expectations = {
  actors: {
    verdict: "ok",
    threads: ["main", "account", "clerk", ...["worker-3", "worker-4", "worker-5"]],
    objects: {},
    output: (lines) => assert.deepEqual(lines, ["handled 1", "handled 1", "balance 150"]),
  },
  coroutines: {
    verdict: "ok",
    threads: ["main"],
    objects: {},
    output: (lines) =>
      assert.equal(lines.at(-1), "white e4, black e5, white Nf3, black Nc6, white Bb5"),
  },
  "event-loop": {
    verdict: "ok",
    threads: ["main", "computing"],
    objects: { channel: ["tx"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        ...["key a", "drawn a", "key b", "drawn b", "autosave", "key q", "drawn q", "bye"],
        "computed 42",
      ]),
  },
  models: {
    verdict: "ok",
    threads: ["main", "solver", "encoder", "screen", "typist"],
    objects: { channel: ["keys"] },
    output: (lines) => assert.deepEqual(lines.map(([key]) => key).join(""), "hello"),
    run: ({ messages }) => assert.equal(messages[0].count, 5),
  },

  pipe: {
    verdict: "ok",
    threads: ["main", "producer"],
    objects: {},
    output: (lines) => assert.deepEqual(lines, ["98304 bytes written, 98304 read"]),
  },
  "poll-server": {
    verdict: "ok",
    threads: ["main", "clients"],
    objects: {},
    output: (lines) => assert.deepEqual(lines, ["served 1000 clients, who got 999000"]),
    explored: { verdict: "ok", executions: 6 },
  },
  "split-message": {
    verdict: ["ok", "assertion"],
    threads: ["main", "sender"],
    objects: {},
    explored: { verdict: "assertion" },
  },
  choices: {
    verdict: "ok",
    threads: ["main", "coin"],
    objects: { mutex: ["won"] },
    output: (lines) => assert.deepEqual(lines, ["what fell was counted: true"]),
    explored: { verdict: "ok", executions: 2 },
  },
  "threads-and-tasks": {
    verdict: "ok",
    threads: ["main", ...workers(12)],
    objects: { channel: ["there", "back"] },
    output: (lines) => {
      const shape = /^[^:]+: threads (-?\d+\.\d [µm]s), tasks (-?\d+\.\d [µm]s)$/;
      const figures = lines.map((line) => shape.exec(line)?.slice(1) ?? [line]);
      assert.deepEqual(
        figures.map(({ length }) => length),
        [2, 2, 2, 2, 2, 2],
      );
    },
    run: ({ engine, output }) => {
      if (engine === "native") return; // there the figures are the machine's
      const waits = output.map(({ text }) => text).filter((text) => /wait|block/.test(text));
      assert.deepEqual(waits, [
        "4 that wait for 20 ms: threads 20.0 ms, tasks 20.0 ms",
        "the same by calls that block: threads 20.0 ms, tasks 80.0 ms",
      ]);
    },
  },
};
