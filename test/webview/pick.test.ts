import assert from "node:assert/strict";
import test from "node:test";
import { extentOf } from "../../webview/draw/boxes.ts";
import { pick } from "../../webview/draw/pick.ts";
import { foundHit, keptHit, sameHit, timesOf, type Hit } from "../../webview/model/hit.ts";
import { parseKept } from "../../webview/model/state.ts";
import { actionOf } from "../../webview/view/keys.ts";
import { firstInView, neighbourLane, neighbourMark } from "../../webview/model/walk.ts";
import { pictureOf, sceneOf, wordsOf } from "./told.ts";
import { transferTrace } from "./traces.ts";

const picture = pictureOf(transferTrace());
const { layout, scale } = sceneOf(picture);

function everything(): Hit[] {
  const hits: Hit[] = [];
  for (const lane of picture.threads) {
    const { states } = lane.track;
    for (let index = 0; index < states.count; index++) hits.push({ kind: "state", lane, index });
    lane.holds.forEach(({ spans }, row) => {
      for (let index = 0; index < spans.count; index++)
        hits.push({ kind: "hold", lane, row, index });
    });
    lane.regions.forEach(({ spans }, row) => {
      for (let index = 0; index < spans.count; index++) {
        hits.push({ kind: "region", lane, row, index });
      }
    });
  }
  for (const lane of picture.locks) {
    for (let index = 0; index < lane.rows[0].density.spans.count; index++)
      hits.push({ kind: "held", lane, row: 0, index });
  }
  for (const lane of picture.cells) {
    for (let index = 0; index < lane.marks.count; index++) hits.push({ kind: "mark", lane, index });
  }
  return hits;
}

test("what is drawn is found where it is drawn", () => {
  for (const hit of everything()) {
    const { start, end } = timesOf(hit);
    const extent = extentOf(layout, hit)!;
    const x = scale.timeToPx((start + end) / 2);
    const there = pick(layout, scale, x, extent.y + extent.height / 3);
    assert.ok(sameHit(there, hit), `${wordsOf(picture).describe(hit).title} is found`);
  }
});

test("nothing is found where nothing is drawn", () => {
  assert.equal(pick(layout, scale, scale.timeToPx(5_000), 24 + 2 * 60), null);
  assert.equal(pick(layout, scale, 10, layout.height + 50), null);
  assert.equal(pick(layout, scale, 10, 3), null);
});

test("a message is found by its dot and along its arrow", () => {
  const lane = picture.channels[0];
  const extent = extentOf(layout, { kind: "message", lane, index: 0 })!;
  const at = (time: number): Hit | null => pick(layout, scale, scale.timeToPx(time), extent.y + 8);
  assert.equal(at(240_000)?.index, 0);
  assert.equal(at(270_000)?.index, 0);
  assert.equal(at(380_000)?.index, 2);
  assert.equal(at(100_000), null);
});

test("a selection is found again after a reload, by time and not by index", () => {
  const again = pictureOf(transferTrace());
  for (const hit of everything()) {
    const kept = JSON.parse(JSON.stringify(keptHit(hit))) as ReturnType<typeof keptHit>;
    assert.ok(sameHit(foundHit(again, kept), hit));
  }
  assert.equal(foundHit(again, { kind: "state", lane: "thread:99", row: 0, time: 0 }), null);
  assert.equal(foundHit(again, { kind: "hold", lane: "thread:0", row: 7, time: 0 }), null);
});

test("what another version kept counts as nothing, and what is odd in it as absent", () => {
  for (const odd of [undefined, null, 7, "x", [], {}, { version: 2, folded: [] }]) {
    assert.equal(parseKept(odd), null);
  }
  const kept = parseKept({
    version: 1,
    run: 5,
    window: { start: "0", end: 1 },
    folded: ["locks", "__proto__", 3],
    filter: {},
    selected: { lane: 1 },
    cursor: NaN,
    tab: "steal",
  });
  assert.deepEqual(kept, {
    version: 1,
    run: null,
    window: null,
    folded: ["locks"],
    filter: "",
    selected: null,
    cursor: null,
    follow: true,
    tab: "details",
  });
});

test("keys go along a lane and from lane to lane at the same time", () => {
  const title = (hit: Hit | null): string | null => hit && wordsOf(picture).describe(hit).title;
  const window = { start: 0, end: picture.extent.end } as never;
  const first = firstInView(layout, window);
  assert.equal(title(first), "main running");
  const second = neighbourMark(first!, 1);
  assert.equal(title(second), "main waits for worker-1 to end");
  assert.equal(neighbourMark(first!, -1), null);
  assert.equal(title(neighbourLane(layout, second, window, 1)), "worker-1 running");
  assert.equal(neighbourLane(layout, first, window, -1), null);
});

test("Tab belongs to the lanes only while something is selected: focus is never trapped", () => {
  const key = { key: "Tab", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  assert.equal(actionOf(key, false), null);
  assert.deepEqual(actionOf(key, true), { kind: "mark", by: 1 });
  assert.deepEqual(actionOf({ ...key, shiftKey: true }, true), { kind: "mark", by: -1 });
  assert.equal(actionOf({ ...key, key: "ArrowLeft", altKey: true }, true), null);
  assert.equal(actionOf({ ...key, key: "c", ctrlKey: true }, true), null);
});
