import assert from "node:assert/strict";
import test from "node:test";
import { placeNodes, waitsAt, type WaitEdge } from "../../webview/model/waits.ts";
import { litBy, sameFile } from "../../webview/model/lit.ts";
import { pictureOf, wordsOf } from "./told.ts";
import { transferTrace } from "./traces.ts";

const picture = pictureOf(transferTrace());
const words = wordsOf(picture);

const said = (time: number): string[] =>
  waitsAt(picture, time).map(
    ({ from, to, object }) =>
      `${words.thread(from)} → ${words.thread(to)}: ${words.object(object)}`,
  );

test("who waits for whom follows the lock from hand to hand", () => {
  assert.deepEqual(said(100_000), []);
  assert.deepEqual(said(180_000), ["worker-1 → main: log", "worker-2 → worker-1: db"]);
  assert.deepEqual(said(200_000), ["main → worker-1: worker-1", "worker-2 → worker-1: db"]);
});

const edge = (from: number, to: number, cycle = false): WaitEdge => ({
  from,
  to,
  object: 9,
  cycle,
});

test("who waits stands left of whom it waits for", () => {
  const column = new Map(
    placeNodes([edge(2, 1), edge(1, 0), edge(3, 0)]).map((n) => [n.id, n.column]),
  );
  assert.deepEqual(
    [...column],
    [
      [2, 0],
      [1, 1],
      [0, 2],
      [3, 1],
    ],
  );
});

test("threads of a cycle stand in a row, each in a column of its own", () => {
  const nodes = placeNodes([edge(0, 1, true), edge(1, 2, true), edge(2, 0, true)]);
  assert.deepEqual(
    nodes.map(({ column, row }) => [column, row]),
    [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
  );
});

test("what leads into a cycle stands left of it", () => {
  const places = new Map(
    placeNodes([edge(0, 1), edge(1, 2, true), edge(2, 1, true)]).map((n) => [n.id, n]),
  );
  assert.ok(places.get(0)!.column < places.get(1)!.column);
  assert.ok(places.get(1)!.column < places.get(2)!.column);
});

test("no two nodes lie in one place", () => {
  const nodes = placeNodes([
    edge(0, 1),
    edge(2, 1),
    edge(3, -1),
    edge(4, 5, true),
    edge(5, 4, true),
  ]);
  assert.equal(new Set(nodes.map(({ column, row }) => `${column} ${row}`)).size, nodes.length);
});

test("the editor's cursor lights up the events of its lines", () => {
  const count = (file: string, line: number, endLine = line): number =>
    litBy(picture, { file, line, endLine }).count;
  assert.equal(count("examples/transfer.ts", 14), 5);
  assert.equal(count("/home/me/project/examples/transfer.ts", 14), 5);
  assert.equal(count("examples/transfer.ts", 14, 16), 10);
  assert.equal(count("examples/transfer.ts", 1), 0);
  assert.equal(count("other.ts", 14), 0);
});

test("a file is the same by a longer path, and not by a longer name", () => {
  assert.ok(sameFile("a/b.ts", "/x/a/b.ts"));
  assert.ok(!sameFile("b.ts", "ab.ts"));
});
