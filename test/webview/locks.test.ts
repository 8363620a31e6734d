/** Locks and semaphores on the timeline: who was in beside whom. */
import assert from "node:assert/strict";
import test from "node:test";
import { pick } from "../../webview/draw/pick.ts";
import { extentOf } from "../../webview/draw/boxes.ts";
import { printDisplayList } from "../../webview/model/display.ts";
import { foundHit, keptHit, timesOf, type Hit } from "../../webview/model/hit.ts";
import { neighbourLane } from "../../webview/model/walk.ts";
import { joined } from "../trace/records.ts";
import { fileOf } from "../trace/told.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";

const picture = pictureOf(
  joined(
    fileOf(`
  0   main create rwlock prices a.ts:1
  0   main create semaphore pumps a.ts:2
  0   main threadStart
  0   w1   threadStart main
  0   w2   threadStart main
  0   w1   acquire pumps 1
  10  w1   readLock prices
  15  w2   acquire pumps 0
  20  w2   readLock prices
  30  w1   readUnlock prices
  35  w2   release pumps 1
  40  w2   readUnlock prices
  50  main writeLock prices
  80  main writeUnlock prices
  90  main release pumps 2
  100 ends finished
`),
  ),
);
const scene = sceneOf(picture);
const words = wordsOf(picture);
const { layout, scale } = scene;

const rowOf = (name: string) =>
  layout.rows.filter((row) => row.kind === "lane").find((row) => row.lane.name === name)!;

/** What lies at a moment, so many pixels beneath the top of a lane. */
const at = (name: string, us: number, down: number): Hit | null =>
  pick(layout, scale, scale.timeToPx(us * 1000), rowOf(name).y + down);

const told = (hit: Hit | null): string | null => hit && words.describe(hit).title;

test("readers have bars beneath each other, a writer the whole band to itself", () => {
  assert.equal(told(at("prices", 25, 3)), "w1 read prices, others may too");
  assert.equal(told(at("prices", 25, 18)), "w2 read prices, others may too");
  assert.equal(told(at("prices", 60, 3)), "main wrote prices, alone");
  assert.equal(told(at("prices", 60, 18)), "main wrote prices, alone");
  const heights = [at("prices", 25, 3), at("prices", 25, 18), at("prices", 60, 18)].map(
    (hit) => extentOf(layout, hit!)!.height,
  );
  assert.deepEqual(heights, [12, 12, 25]);
  const list = printDisplayList(drawn(scene));
  assert.match(list, /"w1 reads"/);
  assert.match(list, /"w2 reads"/);
  assert.match(list, /"main writes"/);
});

test("each permit of a semaphore is a bar, until it is given back by whomever", () => {
  const first = at("pumps", 20, 3)!;
  const second = at("pumps", 20, 18)!;
  assert.equal(told(first), "w1 had a permit of pumps");
  assert.equal(told(second), "w2 had a permit of pumps");
  assert.deepEqual(timesOf(first), { start: 0, end: 90_000 });
  assert.deepEqual(timesOf(second), { start: 15_000, end: 35_000 });
});

test("a bar is found again after a reload, and by keys", () => {
  const second = at("prices", 25, 18)!;
  assert.deepEqual(foundHit(picture, keptHit(second)), second);
  const state: Hit = { kind: "state", lane: picture.threads[2], index: 0 };
  const below = neighbourLane(layout, state, { ...picture.extent, start: 12_000 as never }, 1);
  assert.equal(told(below), "w1 read prices, others may too");
});
