import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { parseFilter } from "../../webview/model/filter.ts";
import { findIn, isWanted, nextFound } from "../../webview/model/found.ts";
import { pictureOf, wordsOf } from "./told.ts";
import { transferTrace } from "./traces.ts";

const picture = pictureOf(transferTrace());
const words = wordsOf(picture);

/** What a filter finds on the lanes of threads, in words. */
function found(text: string): string[] {
  const { filter } = parseFilter(text, "nanoseconds");
  assert.ok(filter, text);
  const { spans } = findIn(filter, words);
  return picture.threads.flatMap(({ name, track: { states } }) => {
    const matches = spans.get(states)?.spans;
    return Array.from({ length: matches?.count ?? 0 }, (_, at) => {
      return `${name} ${words.state(matches!, at)}`;
    });
  });
}

test("a filter finds what it says", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["lock=db", ["worker-2 blocked on db"]],
    ["lock=db,log wait>50µs", ["worker-1 blocked on log", "worker-2 blocked on db"]],
    ["wait>100us lock=log", []],
    ["wait>100", ["main waits for worker-1 to end", "worker-2 blocked on db"]],
    ["state=blocked thread=worker-1", ["worker-1 blocked on log"]],
    ["LOCK=DB", ["worker-2 blocked on db"]],
    ["line=16", ["worker-1 blocked on log"]],
    ["using blocked", ["worker-1 blocked on log", "worker-2 blocked on db"]],
    ["time>130µs state=running", ["main running", "worker-1 running"]],
  ];
  for (const [text, expected] of cases) assert.deepEqual(found(text), expected, text);
});

test("a filter that names threads, locks or channels leaves the lanes of the others out", () => {
  const wanted = (text: string): string[] => {
    const { filter } = parseFilter(text, "nanoseconds");
    return [...picture.threads, ...picture.locks, ...picture.channels, ...picture.cells]
      .filter((lane) => isWanted(filter, lane))
      .map((lane) => lane.name);
  };
  assert.deepEqual(wanted(""), ["main", "worker-1", "worker-2", "db", "log", "results", "done"]);
  assert.deepEqual(wanted("lock=db"), ["main", "worker-1", "worker-2", "db", "results", "done"]);
  assert.deepEqual(wanted("thread=main channel=none"), ["main", "db", "log", "done"]);
});

test("what is not understood is said, and the rest holds", () => {
  const { filter, problems } = parseFilter(
    'wiat>5 lock=db wait>soon colour=red print "two words',
    "nanoseconds",
  );
  assert.deepEqual(problems, [
    { kind: "unknown", token: "wiat>5" },
    { kind: "duration", token: "wait>soon" },
    { kind: "unknown", token: "colour=red" },
  ]);
  assert.deepEqual(filter?.lock, ["db"]);
  assert.deepEqual(filter?.words, ["print", "two words"]);
});

test("half a filter is none: nothing vanishes while one types", () => {
  for (const text of ["", "  ", "lock=", "thread=,"]) {
    assert.deepEqual(parseFilter(text, "nanoseconds"), { filter: null, problems: [] }, text);
  }
});

test("no text makes the filter fail", () => {
  const token = fc.constantFrom("lock=", "wait>", "thread=", "=", ">", '"', "db", "5µs", ",", " ");
  fc.assert(
    fc.property(fc.array(fc.oneof(token, fc.string()), { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      const { filter } = parseFilter(text, "nanoseconds");
      if (filter) findIn(filter, words);
    }),
  );
});

test("the next match is the first one after the cursor, then the first of all", () => {
  const { filter } = parseFilter("state=blocked", "nanoseconds");
  const all = findIn(filter!, words);
  const starts = [-1, 122_000, 151_000].map((time) => {
    const hit = nextFound(all, picture.threads, time);
    return hit?.kind === "state" && hit.lane.track.states.start[hit.index];
  });
  assert.deepEqual(starts, [122_000, 151_000, 122_000]);
});
