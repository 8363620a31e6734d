/** Processes on the timeline: a group each, with its heading, its end, its threads, and messages that cross from group to group. */
import assert from "node:assert/strict";
import test from "node:test";
import { headlineOf, storyOf } from "../../src/analysis/story.ts";
import { plainText } from "../../src/analysis/sentence.ts";
import { printDisplayList } from "../../webview/model/display.ts";
import { foundHit, keptHit } from "../../webview/model/hit.ts";
import { isGroup, layoutOf, processKey, type GroupName } from "../../webview/model/layout.ts";
import { parseKept } from "../../webview/model/state.ts";
import { neighbourLane } from "../../webview/model/walk.ts";
import { processTrace, THROUGH_A_PIPE } from "./process-trace.ts";
import { drawn, pictureOf, sceneOf, wordsOf } from "./told.ts";

const picture = pictureOf(processTrace());
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

test("bytes of a pipe cross as messages do, from process to process only, and are told of", () => {
  const piped = pictureOf(processTrace(THROUGH_A_PIPE));
  assert.equal(printDisplayList(drawn(sceneOf(piped))).match(/^crossing /gm)?.length, 3);
  const story = storyOf(piped.timeline, []).map(plainText);
  assert.ok(story.some((one) => one.endsWith("2 messages and 8 bytes went between them.")));
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
