/** What threads share beside locks and channels: each drawn as what it is, and told in words. */
import assert from "node:assert/strict";
import test from "node:test";
import { pick } from "../../webview/draw/pick.ts";
import { printDisplayList } from "../../webview/model/display.ts";
import type { Hit } from "../../webview/model/hit.ts";
import type { CellLane } from "../../webview/model/cell-lane.ts";
import { eventRows } from "../../webview/model/table-rows.ts";
import { joined } from "../trace/records.ts";
import { fileOf } from "../trace/told.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";

const picture = pictureOf(
  joined(
    fileOf(`
  0   main threadStart
  0   w1   threadStart main
  0   w2   threadStart main
  1   main create latch gate a.ts:1
  1   main create waitgroup crew a.ts:2
  1   main create barrier meeting a.ts:3
  1   main create once settings a.ts:4
  1   main create queue jobs a.ts:5
  1   main create cell name a.ts:6
  1   main create cell total a.ts:7
  1   main create condvar bell a.ts:8
  2   main countUp crew 2
  10  w1   barrierArrive meeting 1
  20  main countDown gate 0
  20  w1   onceBegin settings
  30  w2   barrierArrive meeting 2
  31  w2   barrierPass meeting 0
  32  w1   barrierArrive meeting 1
  33  w1   barrierPass meeting 0
  35  w2   conditionWait bell
  40  w1   onceEnd settings 1
  41  w2   onceSeen settings
  42  w1   insert jobs 1
  44  w1   insert jobs 2
  46  w2   remove jobs 1
  50  w1   write name 0
  50  w1   write total 7
  55  w2   conditionWoken bell 1
  60  w1   countDown crew 1
  80  w2   countDown crew 0
  100 ends finished
`),
  ),
);
const words = wordsOf(picture);
const scene = sceneOf(picture);
const lane = (name: string): CellLane => picture.cells.find((one) => one.name === name)!;

const steps = (name: string): string[] => {
  const { time, value, count } = lane(name).level!;
  return Array.from({ length: count }, (_, at) => `${time[at] / 1000}: ${value[at]}`);
};

test("a latch falls from what it began with, a wait group rises and falls, a queue fills and empties", () => {
  assert.deepEqual(steps("gate"), ["1: 1", "20: 0"]);
  assert.deepEqual(steps("crew"), ["2: 2", "60: 1", "80: 0"]);
  assert.deepEqual(steps("jobs"), ["42: 1", "44: 2", "46: 1"]);
  assert.deepEqual(steps("bell"), ["35: 1", "55: 0"]);
});

test("a barrier counts who has arrived, and begins again when its generation passes, not when its last one does", () => {
  assert.deepEqual(steps("meeting"), ["10: 1", "30: 2", "31: 0", "32: 1"]);
});

test("each says in words where it stands", () => {
  const list = printDisplayList(drawn(scene));
  for (const said of [
    "open",
    "2 not done",
    "1 not done",
    "all done",
    "1 arrived",
    "1 waits",
    "1 inside",
  ]) {
    assert.ok(list.includes(`"${said}"`), said);
  }
  assert.match(list, /band thread2 .*\n.*"w1 does it"/);
  assert.match(list, /band region .*\n.*"done"/);
  assert.match(words.note(lane("jobs")), /3 events · at most 2 inside/);
});

test("pointing at a step means whoever made it", () => {
  const row = scene.layout.rows.find((one) => one.kind === "lane" && one.lane === lane("crew"))!;
  const at = (us: number): Hit | null =>
    pick(scene.layout, scene.scale, scene.scale.timeToPx(us * 1000), row.y + 10);
  assert.equal(at(1), null);
  assert.equal(words.describe(at(40)!).title, "main counted up crew: 2 not done");
  assert.equal(words.describe(at(70)!).title, "w1 counted down crew: 1 not done");
});

test("the table says what each step came to, and no number where the trace has none", () => {
  const said = eventRows(picture, 1)
    .rows(0, 100, words)
    .map(({ what }) => what);
  assert.ok(said.includes("arrived at meeting: 1 arrived"));
  assert.ok(said.includes("counted down crew: 1 not done"));
  assert.ok(said.includes("wrote total → 7"));
  assert.ok(said.includes("wrote name"));
});

test("where threads meet, what they put things into and plain values stand apart", () => {
  const groups = scene.layout.rows.flatMap((row) =>
    row.kind === "lane" && row.lane.kind === "cell" ? [`${row.group}: ${row.lane.name}`] : [],
  );
  assert.deepEqual(groups, [
    "meeting: bell",
    "meeting: meeting",
    "meeting: gate",
    "meeting: crew",
    "meeting: settings",
    "collections: jobs",
    "cells: name",
    "cells: total",
  ]);
});
