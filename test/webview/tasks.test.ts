/** Tasks on the timeline: rows beneath their thread, drawn, pointed at and told in words. */
import assert from "node:assert/strict";
import test from "node:test";
import { extentOf } from "../../webview/draw/boxes.ts";
import { pick } from "../../webview/draw/pick.ts";
import { printDisplayList } from "../../webview/model/display.ts";
import { foundHit, keptHit, type Hit } from "../../webview/model/hit.ts";
import type { Picture } from "../../webview/model/picture.ts";
import { taskRows } from "../../webview/model/table-rows.ts";
import { MOST_TASK_ROWS } from "../../webview/model/task-rows.ts";
import { neighbourMark } from "../../webview/model/walk.ts";
import { joined } from "../trace/records.ts";
import { fileOf } from "../trace/told.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";

const picture = pictureOf(
  joined(
    fileOf(`
  0   main threadStart
  10  main taskBegin 1 a.ts:1
  20  main taskAwait 1 a.ts:2
  20  main taskBegin 2 a.ts:3
  30  main taskAwait 2 a.ts:4
  50  main taskWake 1 a.ts:9
  60  main taskResume 1 a.ts:2
  80  main taskEnd 1
  85  main taskBegin 3
  90  main taskAwait 3
  100 ends finished
`),
  ),
);

const told = (of: Picture): string[] =>
  taskRows(of, -1)
    .rows(0, 100, wordsOf(of))
    .map(({ time, what, place }) => `${time} ${what}${place ? ` :${place.line}` : ""}`)
    .map((row) => row.replaceAll("\u00a0", " "));

test("the table has what each task did: when it ran, awaited and could have gone on", () => {
  assert.deepEqual(told(picture), [
    "10 µs main runs task 1 :1",
    "20 µs task 1 awaits :2",
    "20 µs main runs task 2 :3",
    "30 µs task 2 awaits :4",
    "50 µs task 1 can go on, and waits for its turn :2",
    "60 µs main runs task 1 :2",
  ]);
});

test("tasks that are there at once lie beneath each other, and what is drawn is found there", () => {
  const scene = sceneOf(picture);
  const { layout, scale } = scene;
  const [lane] = picture.threads;
  assert.equal(lane.taskRows.length, 2);
  for (const [row, { spans }] of lane.taskRows.entries()) {
    for (let index = 0; index < spans.count; index++) {
      const hit: Hit = { kind: "task", lane, row, index };
      const middle = (spans.start[index] + spans.end[index]) / 2;
      const { y, height } = extentOf(layout, hit)!;
      assert.deepEqual(pick(layout, scale, scale.timeToPx(middle), y + height / 2), hit);
      assert.deepEqual(foundHit(picture, keptHit(hit)), hit);
    }
  }
  assert.equal(neighbourMark({ kind: "task", lane, row: 1, index: 1 }, 1), null);
  const list = printDisplayList(drawn(scene));
  assert.match(list, /band waiting .*\n(?:.*\n)*plate waiting .*"task 2"/);
});

test("where more tasks are there at once than there are rows, the lane says so and the table has them", () => {
  const many = MOST_TASK_ROWS + 3;
  const begins = Array.from({ length: many }, (_, at) => `1 main taskBegin ${at + 1} a.ts:1`);
  const crowded = pictureOf(
    joined(fileOf(`0 main threadStart\n${begins.join("\n")}\n9 ends finished`)),
  );
  const [lane] = crowded.threads;
  assert.equal(lane.taskRows.length, MOST_TASK_ROWS);
  assert.match(wordsOf(crowded).note(lane), /15 tasks · 3 more at once than are shown/);
  assert.equal(told(crowded).length, many);
});

test("a thread of a pool shows the jobs that it did, called as they were submitted", () => {
  const pool = pictureOf(
    joined(
      fileOf(`
        0  main threadStart
        0  w1   threadStart main
        1  main create pool pool a.ts:4
        1  main create job first a.ts:5
        10 w1   jobStart first
        30 w1   jobEnd first
        40 ends finished
      `),
    ),
  );
  const lane = pool.threads[1];
  assert.deepEqual(told(pool), ["10 µs w1 runs Job"]);
  assert.match(wordsOf(pool).note(lane), /1 job/);
  assert.equal(lane.taskRows.length, 1);
  const job = pool.timeline.objectsOf("job")[0];
  assert.equal(pool.timeline.nameOf(job.id), "job of first");
});
