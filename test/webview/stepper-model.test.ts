/** What the stepper makes of a session's states, before anything is drawn. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plainText } from "../../src/analysis/sentence.ts";
import type { MomentId, StepState, TreeRow } from "../../src/protocol/step.ts";
import { cardGroups } from "../../webview/stepper/model/cards.ts";
import { historyOf } from "../../webview/stepper/model/history.ts";
import { Moments } from "../../webview/stepper/model/moments.ts";
import { reasonOf } from "../../webview/stepper/model/reason.ts";
import { storyOf } from "../../webview/stepper/model/story.ts";
import { treeLayout, type TreeLayout } from "../../webview/stepper/model/tree-layout.ts";
import { waitsNow } from "../../webview/stepper/model/waits.ts";
import { STEPPER_ENGLISH } from "../../webview/stepper/strings.ts";
import { textOf } from "../../webview/strings.ts";
import {
  CONTENDED,
  ENDED_LOST,
  FILE,
  LOCKED_UP,
  TREE,
  crowd,
  happened,
  moment,
  row,
  stateOf,
  thread,
} from "./stepper-states.ts";

const text = textOf(STEPPER_ENGLISH, {});

function momentsAt(here: number, rows: readonly TreeRow[] = TREE): Moments {
  const moments = new Moments();
  moments.take(0, rows);
  moments.arrive(moment(here));
  return moments;
}

const layoutOf = (
  moments: Moments,
  more: Partial<Parameters<typeof treeLayout>[1]> = {},
): TreeLayout =>
  treeLayout(moments, {
    marked: [],
    expanded: new Set(),
    nameOf: (id) => `t${id}`,
    ...more,
  });

/** Trees as a person makes them: each new moment comes after any that there is. */
const anyTree = fc.array(fc.nat(), { maxLength: 80 }).map((picks) =>
  picks.reduce<TreeRow[]>(
    (rows, pick) => {
      const before = rows[pick % rows.length];
      const by = happened(pick % 3, `does ${rows.length}`, 1);
      return [...rows, row(rows.length, before.id, before.depth + 1, by)];
    },
    [row(0, undefined, 0)],
  ),
);

const storyText = (state: StepState, moments: Moments): string =>
  storyOf(state, moments, text)
    .sentences.map((sentence) => plainText(sentence))
    .join(" ");

test("the history is the way here, then what redo would do, and says which is which", () => {
  const rows = historyOf(momentsAt(7));
  assert.deepEqual(
    rows.map(({ step, by, when }) => `${step} ${by?.text ?? "-"} ${when}`),
    [
      "0 - past",
      "1 starts `alice` and `bob` past",
      "2 reads `counter` → 0 past",
      "3 reads `counter` → 0 past",
      "4 writes `counter` ← 1 here",
      "5 writes `counter` ← 1 undone",
    ],
  );
});

test("redo leads along the path that was gone last, as the session's own does", () => {
  const moments = momentsAt(5);
  moments.arrive(moment(2));
  assert.deepEqual(
    moments.onward(moment(2)).map(({ id }) => id),
    [3, 4, 5],
  );
  moments.arrive(moment(7));
  moments.arrive(moment(1));
  assert.deepEqual(
    moments.onward(moment(1)).map(({ id }) => id),
    [2, 6, 7, 8],
  );
});

test("rows that begin after a gap are not taken: the whole tree is to be asked for", () => {
  const moments = new Moments();
  assert.equal(moments.take(3, TREE.slice(3)), false);
  assert.equal(moments.arrive(moment(3)), false);
  assert.equal(moments.take(0, TREE), true);
  assert.equal(moments.arrive(moment(3)), true);
  assert.equal(moments.take(7, TREE.slice(7)), true, "rows that come again change nothing");
  assert.equal(moments.size, TREE.length);
});

test("every moment of any tree is drawn once, or within one stretch, and stretches do not branch", () => {
  fc.assert(
    fc.property(anyTree, fc.nat(), (rows, pick) => {
      const moments = momentsAt(pick % rows.length, rows);
      const { nodes, hidden } = layoutOf(moments);
      const drawn = nodes.reduce((sum, { count }) => sum + count, 0);
      if (hidden === 0) assert.equal(drawn, rows.length);
      else assert.ok(drawn < rows.length);
      assert.equal(nodes.filter(({ isHere }) => isHere).length, 1);
      for (const [index, node] of nodes.entries()) {
        if (node.parent !== undefined)
          assert.ok(node.parent < index && nodes[node.parent].x < node.x);
        const children = nodes.filter(({ parent }) => parent === index);
        if (node.kind === "chain") assert.equal(children.length, 1);
      }
      const places = new Set(nodes.map(({ x, y }) => `${x} ${y}`));
      assert.equal(places.size, nodes.length, "no two lie upon each other");
    }),
  );
});

test("a stretch is unfolded on request, and a run of a hundred thousand steps is a few nodes", () => {
  const rows = Array.from({ length: 100_000 }, (_, id) =>
    row(id, id === 0 ? undefined : id - 1, id, id === 0 ? undefined : happened(0, "counts", 1)),
  );
  const moments = momentsAt(50_000, rows);
  const folded = layoutOf(moments);
  assert.deepEqual(
    folded.nodes.map(({ kind, count }) => `${kind} ${count}`),
    ["moment 1", "chain 49999", "moment 1", "chain 49998", "moment 1"],
  );
  const { nodes } = layoutOf(moments, { expanded: new Set([moment(1)]) });
  assert.ok(nodes.length > 50 && nodes.length < 100);
  assert.equal(
    nodes.reduce((sum, { count }) => sum + count, 0),
    rows.length,
  );
});

test("ends say what they came to, branches how they began, and the way here is told from the others", () => {
  const { nodes } = layoutOf(momentsAt(7));
  const told = nodes.map(({ id, way, end, label, outcome }) =>
    [id, way, end, label, outcome].filter((one) => one !== undefined).join(" "),
  );
  assert.deepEqual(told, [
    "0 past",
    "1 past",
    "2 past",
    "3 other t1 writes counter ← 1",
    "4 other",
    "5 other good ✓ counter 2",
    "6 past t2 reads counter → 0",
    "7 past",
    "8 onward bad ✗ counter 1",
  ]);
});

test("the sentence says what happened last, then what would hurt", () => {
  const story = storyOf(CONTENDED, momentsAt(7), text);
  assert.equal(story.tone, "warning");
  assert.equal(
    storyText(CONTENDED, momentsAt(7)),
    "bob writes `counter` ← 1. If alice goes now: overwrites bob's write: one increment is lost.",
  );
});

test("a failed end tells its finding and offers the run that passed and went the same way for longest", () => {
  const moments = momentsAt(8);
  const story = storyOf(ENDED_LOST, moments, text);
  assert.equal(story.tone, "bad");
  assert.deepEqual(story.compare, { one: 8, other: 5 });
  assert.match(storyText(ENDED_LOST, moments), /does not hold.*\(counter\.ts:9\).*after step 2/);
});

test("a ring of waits is said with everybody in it, and with nobody who only waits for it", () => {
  const moments = momentsAt(4, LOCKED_UP.tree);
  assert.equal(storyOf(LOCKED_UP, moments, text).tone, "bad");
  assert.match(storyText(LOCKED_UP, moments), /alice and bob wait for each other in a ring/);
  const { edges, ring } = waitsNow(LOCKED_UP);
  assert.deepEqual(ring, [1, 2]);
  assert.deepEqual(
    edges.map(({ from, cycle }) => [from, cycle]),
    [
      [0, false],
      [1, true],
      [2, true],
    ],
  );
});

test("a thread that waits for several is drawn in its ring, if it is in one; any graph ends", () => {
  const edge = (from: number, to: number) => ({ from: thread(from), to: thread(to), object: "x" });
  assert.deepEqual(waitsNow({ waits: [edge(0, 2), edge(0, 1), edge(1, 0)] }).ring, [0, 1]);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(6))), (pairs) => {
      const waits = pairs.map(([from, to]) => edge(from, to));
      const { edges } = waitsNow({ waits });
      assert.equal(new Set(edges.map(({ from }) => from)).size, edges.length);
      assert.ok(edges.every(({ cycle, to }) => !cycle || edges.some(({ from }) => from === to)));
    }),
  );
});

test("a reason leads to the threads that it names and to its lines", () => {
  const [, alice] = LOCKED_UP.threads;
  const pieces = reasonOf(alice, LOCKED_UP, [FILE]);
  assert.equal(plainText(pieces), alice.why);
  assert.deepEqual(
    pieces.filter(({ kind }) => kind !== "text"),
    [
      { kind: "thread", text: "bob", thread: 2 },
      { kind: "place", text: "line 12", place: { file: FILE, line: 12, column: 1 } },
    ],
  );
  const other = { ...alice, why: "waits at /examples/counter.ts:7 and elsewhere.ts:3 (bobby)" };
  assert.deepEqual(
    reasonOf(other, LOCKED_UP, [FILE]).flatMap(({ kind, text }) => (kind === "text" ? [] : [text])),
    ["/examples/counter.ts:7"],
  );
});

test("ten thousand threads come to a few cards in groups, and every one can be found", () => {
  const { threads } = crowd(10_000);
  const groups = cardGroups(threads, "", {});
  assert.deepEqual(
    groups.map(({ state, threads: shown, hidden }) => [state, shown.length, hidden]),
    [
      ["ready", 12, 4988],
      ["blocked", 12, 4988],
    ],
  );
  const [found] = cardGroups(threads, "worker-9999", {});
  assert.deepEqual(
    found.threads.map(({ name }) => name),
    ["worker-9999"],
  );
  assert.equal(cardGroups(threads, "", { ready: 100 })[0].threads.length, 100);
});

test("a few threads keep their places, whatever their states are", () => {
  const [group] = cardGroups(LOCKED_UP.threads, "", {});
  assert.deepEqual(
    group.threads.map(({ name }) => name),
    ["main", "alice", "bob", "carol"],
  );
});

test("before anything has happened it is said who can go", () => {
  const state = stateOf({ threads: CONTENDED.threads.slice(1, 2) });
  assert.match(storyText(state, momentsAt(0)), /^Nothing has happened yet\. If alice goes now/);
  assert.match(storyText(crowd(30), momentsAt(0)), /15 threads can go on/);
  const id = 0 as MomentId;
  assert.equal(layoutOf(momentsAt(id, [row(0, undefined, 0)])).nodes.length, 1);
});
