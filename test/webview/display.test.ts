/** The small trace as a list of rows: what stands where, in which style. Recorded in golden/. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { printDisplayList } from "../../webview/model/display.ts";
import { findIn } from "../../webview/model/found.ts";
import { parseFilter } from "../../webview/model/filter.ts";
import type { Hit } from "../../webview/model/hit.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";
import { largeTrace, transferTrace } from "./traces.ts";

const picture = pictureOf(transferTrace());

/** Compares with golden/NAME.txt; with UPDATE_GOLDEN=1 in the environment writes it instead. */
function golden(name: string, text: string): void {
  const file = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, `${text}\n`);
  assert.equal(text, readFileSync(file, "utf8").trimEnd());
}

test("the whole of a small run is drawn as recorded", () => {
  golden("transfer", printDisplayList(drawn(sceneOf(picture))));
});

test("a selected wait, a measured range and a filter are drawn as recorded", () => {
  const lane = picture.threads[2];
  const selected: Hit = { kind: "state", lane, index: 1 };
  const { filter } = parseFilter("lock=db", "nanoseconds");
  const found = findIn(filter!, wordsOf(picture)).spans;
  const emphasis = { selected, cursor: 180_000, measured: { from: 300_000, to: 350_000 }, found };
  golden("transfer-selected", printDisplayList(drawn(sceneOf(picture, { emphasis }))));
});

test("the same scene gives the same list, and drawing it again makes no array grow", () => {
  const scene = sceneOf(picture);
  const list = drawn(scene);
  assert.equal(printDisplayList(list), printDisplayList(drawn(scene)));
});

test("only lanes that are seen are drawn", () => {
  const scene = sceneOf(picture, { height: 80 });
  const whole = drawn(sceneOf(picture)).count;
  assert.ok(drawn(scene).count < whole / 2);
});

test("a hundred thousand events of forty threads become a few thousand rows at any zoom", () => {
  const large = pictureOf(largeTrace({ events: 100_000, threads: 40, locks: 60 }));
  for (const share of [1, 0.3, 0.05, 0.005]) {
    const window = { start: 0, end: large.extent.end * share } as never;
    const { count } = drawn(sceneOf(large, { window, height: 600 }));
    assert.ok(count < 15_000, `${count} rows for ${share}`);
  }
});
