import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { findingsOf } from "../../src/analysis/findings.ts";
import { summaryOf } from "../../src/analysis/summary.ts";
import { verdictOf } from "../../src/analysis/verdict.ts";
import { paintFor } from "../../src/cli/render/paint.ts";
import { renderRun } from "../../src/cli/render/run.ts";
import { timelineOf } from "../trace/told.ts";
import type { Telling } from "../trace/told.ts";

const LOOK = { width: 72, colour: false, unicode: true };

interface Options {
  readonly look?: typeof LOOK;
  readonly expected?: string;
  readonly telling?: Telling;
}

function rendered(told: string, { look = LOOK, expected, telling }: Options = {}): string[] {
  const timeline = timelineOf(told, telling);
  const findings = findingsOf(timeline);
  const ending = timeline.trace.end?.ending;
  const verdict = verdictOf(findings, ending);
  const summary = summaryOf(timeline, findings);
  return renderRun({ timeline, summary, verdict, expected, ending }, look, paintFor(look)).map(
    (line) => line.replaceAll("\u00a0", " "),
  );
}

const BANK = `
  0   main  threadStart
  1   main  create mutex db         bank.ts:3
  2   main  create channel results  bank.ts:4
  3   main  spawn w1                bank.ts:6
  4   main  spawn w2                bank.ts:6
  5   w1    threadStart
  6   w2    threadStart
  9   w1    lock db                 bank.ts:14
  10  main  block results           bank.ts:9
  11  w2    block db w1             bank.ts:14
  60  w1    unlock db               bank.ts:16
  61  w2    lock db                 bank.ts:14
  62  w1    send results 1          bank.ts:17
  63  main  receive results 1       bank.ts:9
  64  w1    threadEnd
  64  main  block results           bank.ts:9
  90  w2    unlock db               bank.ts:16
  91  w2    send results 2          bank.ts:17
  92  main  receive results 2       bank.ts:9
  93  w2    threadEnd
  94  main  closed results          bank.ts:9
  99  main  threadEnd
  100 ends  finished
`;

test("a run: the story, the facts, lanes, waits, messages", () => {
  assert.deepEqual(rendered(BANK), [
    "w2 was blocked 57 % of its life, all at bank.ts:14 waiting for db. Two",
    "threads or more ran at once for 10 % of the time, at most 3.",
    "ok · 3 threads · 22 events · 100 µs · real threads",
    "",
    "Threads",
    "  main  ██████··································█··················█████",
    "  w1       ██████████████████████████████████████",
    "  w2       ████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒█████████████████████",
    "        0                            50 µs                        100 µs",
    "        █ running   ▒ blocked by another thread   · waiting",
    "",
    "Waits",
    "  db        mutex     50 µs in 1 of 4 operations",
    "    bank.ts:14   50 µs   1 ×",
    "  results   channel   81 µs in 2 of 5 operations",
    "    bank.ts:9   81 µs   2 ×",
    "",
    "Messages",
    "  results   2: w1 → main 1, w2 → main 1",
  ]);
});

test("the same order of records or another gives the same lines", () => {
  assert.deepEqual(rendered(BANK, { telling: { order: "threads" } }), rendered(BANK));
});

test("colour changes nothing but colour", () => {
  const coloured = rendered(BANK, { look: { ...LOOK, colour: true } });
  assert.deepEqual(coloured.map(stripVTControlCharacters), rendered(BANK));
});

test("plain characters where the terminal has no others", () => {
  const plain = rendered(BANK, { look: { ...LOOK, unicode: false } }).join("\n");
  assert.match(plain, /^[\x20-\x7e\n]+$/);
});

for (const [ending, expected, facts] of [
  ["finished", undefined, /^ok · /],
  ["finished", "ok", /^ok, as expected · /],
  ["finished", "deadlock", /^ok, where deadlock was expected · /],
  ["exited 3", undefined, /^ok · process\.exit\(3\) · /],
  ["stuck", undefined, /^limit · 1 thread · /],
] as const) {
  test(`the facts of a run that ended by ${ending} where ${expected ?? "nothing"} is expected`, () => {
    const told = `0 main threadStart\n1 main threadEnd\n2 ends ${ending}`;
    const lines = rendered(told, expected === undefined ? {} : { expected });
    assert.ok(
      lines.some((line) => facts.test(line)),
      lines.join("\n"),
    );
  });
}

test("a run without a single event still says so", () => {
  assert.match(
    rendered("0 ends finished").join("\n"),
    /^Nothing has happened yet\.\nok · 0 threads/,
  );
});
