/** Lanes of cores: what is drawn, found, walked and said. */
import assert from "node:assert/strict";
import test from "node:test";
import { Op, printDisplayList } from "../../webview/model/display.ts";
import { parseFilter } from "../../webview/model/filter.ts";
import { findIn, isWanted } from "../../webview/model/found.ts";
import { foundHit, keptHit, type Hit } from "../../webview/model/hit.ts";
import { coreRows, spanRows } from "../../webview/model/table-rows.ts";
import { neighbourLane, neighbourMark } from "../../webview/model/walk.ts";
import { pick } from "../../webview/draw/pick.ts";
import { joined } from "../trace/records.ts";
import { fileOf } from "../trace/told.ts";
import { manySwitches, switchesTrace } from "../trace/switches.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";

const picture = pictureOf(
  switchesTrace(
    [
      { core: 0, thread: 0, from: 0, until: 20, waited: 0, why: "quantum" },
      { core: 1, thread: 2, from: 2, until: 90, waited: 0, why: "ended" },
      { core: 0, thread: 1, from: 20, until: 45, waited: 12, why: "yielded" },
      { core: 0, thread: 0, from: 50, until: 100, waited: 5, why: "ended" },
    ],
    2,
  ),
);
const [core0, core1] = picture.cores;
const words = wordsOf(picture);
const said = (hit: Hit): string => words.describe(hit).note.replaceAll("\u00a0", " ");

test("a stay says how long its thread had waited, why it left, and who came then", () => {
  const hit = (index: number): Hit => ({ kind: "core", lane: core0, index });
  assert.equal(words.describe(hit(0)).title, "main on core 0");
  assert.equal(said(hit(0)), "had to leave: its quantum was used up; then solver came");
  assert.equal(
    said(hit(1)),
    "had waited 12 ticks for a core; yielded; then idle for 5 ticks; then main came",
  );
  assert.equal(said(hit(2)), "had waited 5 ticks for a core; ended; then nobody came");
});

test("each stay stands in its thread's colour; a pin marks who had to leave", () => {
  const scene = sceneOf(picture, { height: 110 });
  const text = printDisplayList(drawn(scene));
  for (const style of ["thread1", "thread2", "thread3"]) assert.match(text, new RegExp(style));
  assert.match(text, /"main"/);
  const list = drawn(scene);
  const pins = [...list.op.subarray(0, list.count)].filter((op) => op === Op.pin);
  assert.equal(pins.length, 1);
});

test("what is pointed at is the stay under the pointer, and it is found again after a reload", () => {
  const scene = sceneOf(picture);
  const row = scene.layout.rows.find((one) => one.kind === "lane" && one.lane === core0)!;
  const hit = pick(scene.layout, scene.scale, scene.scale.timeToPx(30), row.y + 5)!;
  assert.deepEqual(hit, { kind: "core", lane: core0, index: 1 });
  assert.deepEqual(foundHit(picture, keptHit(hit)), hit);
});

test("keys go along a core, from core to core, and on to the threads", () => {
  const { layout } = sceneOf(picture);
  const first: Hit = { kind: "core", lane: core0, index: 0 };
  assert.deepEqual(neighbourMark(first, 1), { kind: "core", lane: core0, index: 1 });
  assert.equal(neighbourMark(first, -1), null);
  const below = neighbourLane(layout, first, picture.extent, 1);
  assert.deepEqual(below, { kind: "core", lane: core1, index: 0 });
  assert.equal(neighbourLane(layout, below, picture.extent, 1)?.lane.kind, "thread");
});

test("a filter finds stays by thread and by core", () => {
  const { filter } = parseFilter("core=0 thread=main", "ticks");
  assert.equal(isWanted(filter, core0), true);
  assert.equal(isWanted(filter, core1), false);
  const found = findIn(filter!, words);
  assert.equal(found.spans.get(core0.track.spans)?.spans.count, 2);
  const rows = coreRows(picture, -1, found);
  assert.equal(rows.count, 2);
  assert.deepEqual(
    rows.rows(0, 2, words).map(({ threadName, duration }) => `${threadName} ${duration}`),
    ["main 20", "main 50"],
  );
});

test("the table has every stay, in order of time", () => {
  const rows = coreRows(picture, -1, null).rows(0, 9, words);
  assert.deepEqual(
    rows.map(({ threadName, time }) => `${threadName} ${time.replace("\u00a0", " ")}`),
    ["main 0 ticks", "encoder 2 ticks", "solver 20 ticks", "main 50 ticks"],
  );
});

test("green threads on real workers are carried by threads of the system, and interrupted rather than out of quantum", () => {
  const green = pictureOf(
    joined(
      fileOf(`
        0  main threadStart
        0  main onCore 0
        10 main offCore 0
        12 w1   onCore 0
        20 w1   threadEnd
        22 main onCore 0
        30 main threadEnd
        30 ends finished
      `),
    ),
  );
  const said = wordsOf(green);
  const [lane] = green.cores;
  assert.equal(said.laneName(lane), "system thread 0");
  const note = said.describe({ kind: "core", lane, index: 0 }).note.replaceAll("\u00a0", " ");
  assert.equal(note, "was interrupted, for others to get on; then idle for 2 µs; then w1 came");
  const waits = spanRows(green, 0, null).rows(0, 9, said);
  assert.deepEqual(
    waits.map(({ what }) => what),
    ["running", "waits for a system thread", "running"],
  );
});

test("a hundred thousand switches become a few thousand rows at any zoom", () => {
  const many = pictureOf(switchesTrace(manySwitches(25_000, 6, 4), 4));
  for (const share of [1, 0.1, 0.01, 0.001]) {
    const window = { start: 0, end: many.extent.end * share } as never;
    const { count } = drawn(sceneOf(many, { window, height: 160 }));
    assert.ok(count < 3000, `${count} rows for ${share}`);
  }
});

test("where stays are too fine to tell apart, neighbours in a lane unite and leave no stripes", () => {
  const many = pictureOf(switchesTrace(manySwitches(20_000, 20, 1), 1));
  const list = drawn(sceneOf(many, { width: 660, height: 46 }));
  const columns = [...list.op.subarray(0, list.count)].filter((op) => op === Op.column);
  assert.ok(columns.length < 150, `${columns.length} columns for 220 cells`);
});
