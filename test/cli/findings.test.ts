import assert from "node:assert/strict";
import { test } from "node:test";
import { renderFindings } from "../../src/cli/render/findings.ts";
import { paintFor } from "../../src/cli/render/paint.ts";
import type { Finding } from "../../src/trace/finding.ts";

const LOOK = { width: 60, colour: false, unicode: false };
const at = (line: number) => ({ file: "bank.ts", line, column: 3 });

const DEADLOCK: Finding = {
  kind: "deadlock",
  code: "TL3001",
  severity: "error",
  message: "alice and bob wait for each other, and nobody can go on any more.",
  sites: [at(14), at(20)],
  chain: [
    { text: "alice waits for savings, held by bob", site: at(14), thread: 1 },
    { text: "bob waits for checking, held by alice" },
  ],
  remedy: "Take locks in one order everywhere.",
};
const POISONED: Finding = {
  kind: "poisoned-lock",
  code: "TL3002",
  severity: "warning",
  message: "stock is poisoned.",
  sites: [],
};

test("a finding tells what, where, why link by link, and what to do; the gravest first", () => {
  assert.deepEqual(renderFindings([POISONED, DEADLOCK], LOOK, paintFor(LOOK)), [
    "  error[TL3001] deadlock: alice and bob wait for each other,",
    "    and nobody can go on any more.",
    "    -> bank.ts:14:3",
    "    -> bank.ts:20:3",
    "    1. alice waits for savings, held by bob (bank.ts:14:3)",
    "    2. bob waits for checking, held by alice",
    "    help: Take locks in one order everywhere.",
    "",
    "  warning[TL3002] poisoned-lock: stock is poisoned.",
  ]);
});

test("nothing found, nothing said", () => {
  assert.deepEqual(renderFindings([], LOOK, paintFor(LOOK)), []);
});
