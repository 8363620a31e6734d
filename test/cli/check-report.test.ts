/** The report on a terminal, as text: what a person reads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Checked } from "../../src/explore/checked.ts";
import { progressText } from "../../src/explore/tell/progress.ts";
import { renderChecked, renderTally } from "../../src/cli/render/checked.ts";
import { paintFor } from "../../src/cli/render/paint.ts";
import { broken, checked, failure, SCHEDULE } from "./checks.ts";

const LOOK = { width: 90, colour: false, unicode: true };

function report(program: Checked, { isList = false, saved = "" } = {}, look = LOOK): string {
  const about = { isList, folder: "/work", ...(saved === "" ? {} : { saved }) };
  const lines = renderChecked(program, about, look, paintFor(look));
  return lines.join("\n").replaceAll("\u00a0", " ");
}

test("a pass: what was proved, phase by phase, and every way in which it can end", () => {
  const phases = [
    { strategy: "bounded", bound: 0, executions: 2, complete: true },
    { strategy: "dpor", executions: 1204, complete: true },
  ] as const;
  const outcomes = [
    { output: "", shared: { counter: 1 }, count: 4, schedule: SCHEDULE },
    { output: "a\nb\u001b[31m", shared: {}, count: 1200, schedule: SCHEDULE },
  ];
  const place = (line: number) => ({ file: "/work/lost.ts", line, column: 1 });
  const pairs = [
    { first: place(3), second: place(4), object: "counter", bothOrders: false },
    { first: place(5), second: place(6), object: "other", bothOrders: true },
  ];
  const program = checked({ phases, outcomes, pairs, executions: 1204, unmodelled: ["A clock."] });
  assert.equal(
    report(program),
    `lost.ts  ok · 1,204 executions · complete · 2 outcomes · 12 ms
  Proved: every interleaving was explored, none of them fails, and they end in 2 ways.
  at most 0 preemptions   2 executions       all of them
  every interleaving      1,204 executions   all of them
  20 steps, 1 branch pruned

  Outcomes
  1,200 ×  │ a
           │ b\ufffd[31m
      4 ×  counter = 1

  Met in one order only
  lost.ts:3 before lost.ts:4, on \`counter\`

  Not modelled
  A clock.`,
  );
});

test("a failure: what, where, the story, and the schedule to have it again", () => {
  const program = checked({ verdict: "assertion", complete: false, findings: [failure()] });
  assert.equal(
    report(program),
    `lost.ts  assertion, where ok was expected · 2 executions · 1 outcome · 12 ms
  The search stopped at what it found; --keep-going looks for more.
  20 steps, 1 branch pruned

  error[TL2154] assertion: \`@final counter === 2\` does not hold.
    → lost.ts:5:11
    help: Look.
    What happened
     1. alice reads counter = 0 (lost.ts:3)
     2. bob writes counter = 1 (lost.ts:4)
    To have it again, save these lines as lost.schedule (--save does), then: threadloom replay lost.schedule lost.ts
      threadloom schedule 1
      main: 3 steps, then waits
      alice: 2 steps, then ends

  Outcomes
  2 ×  counter = 2
       │ a
       │ b`,
  );
});

test("what decides is told where the nearest pass is known, and a saved schedule by its line", () => {
  const sites = [{ file: "/work/lost.ts", line: 4, column: 1 }];
  const nearest = {
    schedule: SCHEDULE,
    swap: "If bob reads after alice has written, it holds.",
    sites,
  };
  const program = checked(
    { verdict: "assertion", findings: [failure({ nearest })] },
    { file: "my lost.ts" },
  );
  const text = report(program, { saved: "my lost.schedule" });
  assert.match(
    text,
    /What decides\n {4}If bob reads after alice has written, it holds\.\n {4}→ lost\.ts:4:1\n/,
  );
  assert.match(text, /To have it again: threadloom replay "my lost\.schedule" "my lost\.ts"\n/);
});

for (const [what, program, sentence] of [
  [
    "a bound",
    checked({
      complete: false,
      phases: [{ strategy: "bounded", bound: 2, executions: 9, complete: true }],
    }),
    /No interleaving with at most 2 preemptions fails\. That is no proof of more\./,
  ],
  [
    "chance",
    checked({
      complete: false,
      phases: [{ strategy: "random", executions: 9, complete: false }],
      seed: 7,
    }),
    /None of those explored fails\. That is no proof of the others\.\n.*seed 7/,
  ],
  ["nothing", checked({ phases: [], executions: 0 }), /Nothing was explored\./],
] as const) {
  test(`what is not proved is not called so: ${what}`, () => {
    assert.match(report(program), sentence);
    assert.doesNotMatch(report(program), /Proved/);
  });
}

test("of a list, what is as expected takes one line; the last one counts", () => {
  const fine = checked();
  assert.equal(report(fine, { isList: true }).split("\n").length, 1);
  assert.equal(report(broken()), "broken.ts  does not compile · 5 ms");
  const wrong = checked({ verdict: "deadlock", complete: false });
  assert.doesNotMatch(report(wrong, { isList: true }), /Outcomes/);
  assert.deepEqual(renderTally([fine, wrong, broken()], 5, LOOK, paintFor(LOOK)), [
    "5 programs: 1 as expected, 1 not as expected, 1 does not compile, 2 not begun",
  ]);
});

test("a shard says which it is, and that what is expected was not its to find", () => {
  const program = checked({}, { expected: "race", shard: { index: 2, of: 3 } });
  assert.match(report(program), /^lost\.ts {2}ok in this shard · shard 2 of 3 · /);
});

test("a terminal without Unicode gets ASCII", () => {
  const program = checked({ verdict: "assertion", complete: false, findings: [failure()] });
  const text = report(program, {}, { ...LOOK, unicode: false });
  // eslint-disable-next-line no-control-regex
  assert.match(text, /^[\u0000-\u007f]*$/);
});

test("progress says the phase, how far it is, and how fast", () => {
  const at = {
    phase: { strategy: "dpor", executions: 1200, complete: false },
    ...{ executions: 1500, outcomes: 3, findings: 1, elapsedMs: 3000 },
  } as const;
  assert.equal(
    progressText({ ...at, estimate: 5000.4 }),
    "every interleaving: 1,200 of about 5,000 executions, 3 outcomes, 1 finding, 500/s",
  );
  assert.match(progressText(at), /^every interleaving: 1,200 executions,/);
  const bounded = {
    ...at,
    phase: { ...at.phase, strategy: "bounded", bound: 1, spurious: 1 },
  } as const;
  assert.match(progressText(bounded), /^at most 1 preemption, 1 spurious wake-up: /);
});
