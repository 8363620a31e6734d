/** Pipes, connections and pollers on the timeline: drawn, pointed at, found by keys and told in words. */
import assert from "node:assert/strict";
import test from "node:test";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import { printDisplayList } from "../../webview/model/display.ts";
import { pick } from "../../webview/draw/pick.ts";
import { foundHit, keptHit, type Hit } from "../../webview/model/hit.ts";
import { neighbourLane, neighbourMark } from "../../webview/model/walk.ts";
import { wireRows } from "../../webview/model/wire-rows.ts";
import { joined } from "../trace/records.ts";
import { fileOf } from "../trace/told.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";

const TOLD = `
  0   main create listener server a.ts:1
  0   main create connection stream a.ts:2
  10  w1   threadStart main
  20  w1   connect server 1
  25  main block server in-poll a.ts:5
  30  main ready server 1
  31  main accept server 1
  40  w1   bytesWritten stream 2048
  60  main ready stream 1
  70  main bytesRead stream 2048
  80  w1   writerClosed stream 0
  90  main bytesRead stream 2048
  100 ends finished
`;

const picture = pictureOf(joined(fileOf(TOLD)));
const scene = sceneOf(picture);
const words = wordsOf(picture);

test("bytes have an arrow with their number, the curve has how many are under way, a poll has a dot", () => {
  const list = printDisplayList(drawn(scene)).replaceAll("\u00a0", " ");
  assert.match(list, /arrow thread1 .*\n(?:.*\n)*plate channel .*"2 KiB"/);
  assert.match(list, /plate faint .*"2 KiB · median .* under way · at most 2 KiB at a time"/);
  assert.match(list, /plate faint .*"1 connection · median .* until accepted · at most 1 waiting"/);
  assert.match(list, /plate text .*"bytes to read"/);
});

test("whatever is drawn of a wire can be pointed at, kept and found again", () => {
  const { layout, scale } = scene;
  const rows = layout.rows.filter((row) => row.kind === "lane");
  const at = (group: string, name: string): number => {
    const row = rows.find((one) => one.group === group && one.lane.name === name)!;
    return row.y + 12;
  };
  const hits: [string, Hit | null][] = [
    ["2\u00a0KiB in stream, w1 to main", hitAt("wires", "stream", 50)],
    ["the end in stream, w1 to main", hitAt("wires", "stream", 85)],
    ["Connection 1 at server, w1 to main", hitAt("wires", "server", 25)],
    ["stream: bytes to read", hitAt("sources", "stream", 50)],
    ["server: somebody to accept", hitAt("sources", "server", 25)],
  ];
  function hitAt(group: string, name: string, us: number): Hit | null {
    return pick(layout, scale, scale.timeToPx(us * 1000), at(group, name));
  }
  for (const [title, hit] of hits) {
    assert.ok(hit, title);
    assert.equal(words.describe(hit).title, title);
    assert.deepEqual(foundHit(picture, keptHit(hit)), hit);
  }
});

test("keys go from parcel to parcel and from lane to lane", () => {
  const lane = picture.wires.find(({ name }) => name === "stream")!;
  const first: Hit = { kind: "message", lane, index: 0 };
  const second = neighbourMark(first, 1)!;
  assert.equal(words.describe(second).title, "the end in stream, w1 to main");
  assert.equal(neighbourMark(second, 1), null);
  const below = neighbourLane(scene.layout, first, picture.extent, 1)!;
  assert.equal(below.lane.kind, "source");
});

test("a wait in a poll says so, on its band and in the sentence", () => {
  const main = picture.threads[0].track.states;
  const row = main.value.indexOf(ThreadState.waiting);
  assert.equal(words.state(main, row), "polls server");
  assert.equal(words.stateForms(main, row).at(-1), "polls");
});

test("the table tells what went through wires, in order of time", () => {
  const rows = wireRows(picture, -1);
  assert.deepEqual(
    rows.rows(0, rows.count, words).map(({ threadName, what }) => `${threadName}: ${what}`),
    [
      "w1: Connection 1 at server, w1 to main",
      "w1: 2\u00a0KiB in stream, w1 to main",
      "w1: the end in stream, w1 to main",
    ],
  );
});

test("many wires are drawn low, and still all of them", () => {
  const many = Array.from({ length: 20 }, (_, at) => [
    `${at} main create pipe p${at} a.ts:1`,
    `${at} main bytesWritten p${at} 5`,
    `${at + 1} w1 ready p${at} 1`,
    `${at + 1} w1 bytesRead p${at} 5`,
  ]).flat();
  const dense = pictureOf(joined(fileOf(many.join("\n"))));
  const { layout } = sceneOf(dense);
  const rows = layout.rows.filter((row) => row.kind === "lane" && row.group === "wires");
  assert.equal(rows.length, 20);
  assert.ok(rows.every(({ height }) => height < 25));
});
