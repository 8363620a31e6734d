/** One program under several models: the figures, and what is said of them. */
import assert from "node:assert/strict";
import test from "node:test";
import {
  comparisonOf,
  figuresOf,
  modelSentence,
  type ModelFigures,
} from "../../src/analysis/model-comparison.ts";
import { plainText } from "../../src/analysis/sentence.ts";
import { timelineOfRun } from "../trace/records.ts";
import { switchesRun } from "../trace/switches.ts";

const plain = (sentence: Parameters<typeof plainText>[0]): string =>
  plainText(sentence).replaceAll("\u00a0", " ");

const SLICED = timelineOfRun(
  switchesRun(
    [
      { core: 0, thread: 0, from: 0, until: 20, waited: 0, why: "quantum" },
      { core: 0, thread: 1, from: 20, until: 40, waited: 15, why: "quantum" },
      { core: 0, thread: 0, from: 40, until: 50, waited: 20, why: "waits" },
      { core: 0, thread: 1, from: 60, until: 80, waited: 0, why: "ended" },
    ],
    1,
  ),
);

test("a run's figures: ticks, switches, who was interrupted, who waited longest", () => {
  const { output: _output, ...figures } = figuresOf(SLICED)!;
  assert.deepEqual(figures, {
    model: "timesliced",
    cores: 1,
    quantum: undefined,
    ticks: 80,
    switches: 3,
    interrupted: 2,
    atOnce: 1,
    busy: 0.875,
    longestWait: { thread: 0, time: 20 },
    finished: true,
  });
});

test("a run on real threads has no such figures", () => {
  assert.equal(figuresOf(timelineOfRun({ records: [] })), undefined);
});

test("each model has its sentence", () => {
  assert.equal(
    plain(modelSentence(SLICED, figuresOf(SLICED)!)),
    "One thread ran at a time; a thread was interrupted 2 times; main waited longest for a core, 20 ticks.",
  );
});

const figures = (changed: Partial<ModelFigures>): ModelFigures => ({
  ...{ model: "parallel", cores: 2, quantum: undefined, ticks: 60, switches: 10, interrupted: 4 },
  ...{ atOnce: 2, busy: 0.8, longestWait: undefined, finished: true, output: ["a"] },
  ...changed,
});

test("what differs is said in numbers, of those that ran to their end", () => {
  const wait = (time: number) => ({ longestWait: { thread: 1, time } });
  const all = [
    figures(wait(12)),
    figures({ model: "timesliced", cores: 1, ticks: 100, switches: 41, ...wait(30) }),
    figures({ model: "cooperative", cores: 1, ticks: 95, switches: 3, ...wait(90) }),
    figures({ model: "green", finished: false, output: ["b"] }),
  ];
  assert.deepEqual(comparisonOf(all).map(plain), [
    "Parallel on 2 cores took 60 % of the ticks of time-slicing on one core.",
    "Cooperative switched 3 times, time-slicing 41 times.",
    "A thread that could go on waited up to 90 ticks for a core under cooperative, and up to 12 ticks under parallel.",
    "All printed the same.",
  ]);
  const other = [...all.slice(0, 2), figures({ model: "green", output: ["b"] })];
  assert.match(plain(comparisonOf(other).at(-1)!), /did not all print the same/);
  assert.deepEqual(comparisonOf([figures({ finished: false })]), []);
});
