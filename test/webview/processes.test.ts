/** Processes on the timeline: a group each, with its heading, its end, its threads, and messages that cross from group to group. */
import assert from "node:assert/strict";
import test from "node:test";
import { headlineOf, storyOf } from "../../src/analysis/story.ts";
import { plainText } from "../../src/analysis/sentence.ts";
import type { ThreadId } from "../../src/base/brand.ts";
import { EventKind, OBJECT_KINDS } from "../../src/trace/event.ts";
import type { ProcessRow } from "../../src/trace/tables.ts";
import { printDisplayList } from "../../webview/model/display.ts";
import { foundHit, keptHit } from "../../webview/model/hit.ts";
import { isGroup, layoutOf, processKey, type GroupName } from "../../webview/model/layout.ts";
import { parseKept } from "../../webview/model/state.ts";
import { neighbourLane } from "../../webview/model/walk.ts";
import { joined, piecesOf, type Record } from "../trace/records.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";

const [MAIN, CHILD, HELPER, INNER] = [0, 1, 2, 3];
const [DOWN, UP, PROCESS, INNER_DOWN, INNER_UP, INNER_PROCESS] = [11, 12, 13, 21, 22, 23];
const CHANNEL = OBJECT_KINDS.indexOf("channel");

const process = (id: number, name: string, thread: number, object: number): ProcessRow => ({
  ...{ id, name, pid: 4000 + id, thread: thread as ThreadId, object },
  ...{ down: object - 2, up: object - 1 },
});

const at = (us: number, thread: number, kind: number, object = 0, argument = 0): Record => ({
  ...{ time: us * 1000, thread, kind, object, argument },
  version: kind === EventKind.create ? 0 : 1,
});

const records = [
  at(0, MAIN, EventKind.threadStart, 1, -1),
  ...[DOWN, UP, INNER_DOWN, INNER_UP].map((one) => at(1, MAIN, EventKind.create, one, CHANNEL)),
  at(10, CHILD, EventKind.threadStart, 2, MAIN),
  at(15, HELPER, EventKind.threadStart, 3, CHILD),
  at(18, INNER, EventKind.threadStart, 4, CHILD),
  at(20, MAIN, EventKind.send, DOWN, 1),
  at(40, CHILD, EventKind.receive, DOWN, 1),
  at(45, HELPER, EventKind.threadEnd, 3),
  at(50, CHILD, EventKind.send, UP, 1),
  at(60, INNER, EventKind.threadEnd, 4, 2),
  at(60, CHILD, EventKind.processKill, INNER_PROCESS, -9),
  at(70, MAIN, EventKind.receive, UP, 1),
  at(80, CHILD, EventKind.processEnd, PROCESS, 3),
  at(81, CHILD, EventKind.threadEnd, 2),
  at(90, MAIN, EventKind.processWait, PROCESS, 3),
  at(100, MAIN, EventKind.threadEnd, 1),
];

const picture = pictureOf(
  joined(
    piecesOf({
      records,
      threads: [
        { name: "main", object: 1 },
        { name: "adder", object: 2, process: 1 },
        { name: "worker-1", object: 3, process: 1 },
        { name: "inner", object: 4, process: 2 },
      ],
      processes: [
        process(1, "adder", CHILD, PROCESS),
        { ...process(2, "inner", INNER, INNER_PROCESS), parent: 1 },
      ],
      end: { ending: { kind: "finished" }, durationNs: 100_000 },
    }),
  ),
);
const words = wordsOf(picture);

const layoutWith = (...folded: GroupName[]) =>
  layoutOf(picture, { folded: new Set(folded), unlimited: new Set(), wanted: () => true });

const rowNames = (...folded: GroupName[]): string[] =>
  layoutWith(...folded).rows.flatMap((row) =>
    row.kind === "group"
      ? [row.process ? words.process(row.process) : row.group]
      : row.kind === "lane"
        ? [`  ${words.laneName(row.lane)}`]
        : [],
  );

test("each process is a group with name, number and end; its threads stand beneath it, its main thread first", () => {
  assert.deepEqual(rowNames(), [
    "threads",
    "  main",
    "Process adder (4001) · exit code 3 · 2 threads",
    "  adder",
    "  worker-1",
    "  to adder",
    "  from adder",
    "Process inner (4002) · ended by SIGKILL · 1 thread",
    "  inner",
    "parallelism",
  ]);
  assert.deepEqual(
    picture.processes.map(({ depth }) => depth),
    [0, 1],
  );
});

test("a process that is folded keeps its heading, and a page that was hidden knows it by that", () => {
  const folded = processKey(1);
  assert.equal(rowNames(folded).filter((name) => name.startsWith("  ")).length, 2);
  assert.ok(isGroup(folded) && !isGroup("process") && !isGroup("process x"));
  const kept = parseKept({ version: 1, folded: [folded, "process x"], follow: true });
  assert.deepEqual(kept?.folded, [folded]);
});

test("messages cross from the sender's lane to the receiver's, and to the heading where that is folded", () => {
  const crossings = (...folded: GroupName[]): string[] => {
    const scene = { ...sceneOf(picture), layout: layoutWith(...folded) };
    return printDisplayList(drawn(scene)).match(/^crossing .*$/gm) ?? [];
  };
  const open = crossings();
  assert.equal(open.length, 2);
  assert.match(open[0], /^crossing thread1 .* \d+(\.\d)?×\d+/);
  assert.match(open[1], /^crossing thread2 .* \d+(\.\d)?×-\d+/);
  const [to] = crossings(processKey(1));
  assert.notEqual(to, open[0]);
  assert.equal(crossings("threads", processKey(1)).length, 2);
});

test("how a process ended stands beside its life", () => {
  const list = printDisplayList(drawn(sceneOf(picture)));
  assert.match(list, /fill failure .*\n.*"exit code 3"/);
  assert.match(list, /fill failure .*\n.*"ended by SIGKILL"/);
});

test("what is said of a message between processes names the process and its way", () => {
  const lane = picture.processes[0].lines[0];
  const hit = { kind: "message", lane, index: 0 } as const;
  assert.equal(words.describe(hit).title, "Message 1 in to adder, main to adder");
  assert.deepEqual(foundHit(picture, keptHit(hit)), hit);
  const below = neighbourLane(layoutWith(), hit, picture.extent, 1);
  assert.equal(below?.lane, picture.processes[0].lines[1]);
});

test("a run with processes says in words how they ended, and how much they have said to each other", () => {
  const story = storyOf(picture.timeline, []).map(plainText);
  assert.ok(
    story.includes(
      "2 processes: adder ended with exit code 3, inner was ended by SIGKILL. 2 messages went between them.",
    ),
    story.join("\n"),
  );
  assert.ok(headlineOf(picture.timeline, []));
});
