import assert from "node:assert/strict";
import { test } from "node:test";
import { assignmentTarget } from "../../../src/engine/stepping/look/assignment.ts";

for (const [text, meant] of [
  ["total", { kind: "name", name: "total" }],
  ["account.balance", { kind: "member", of: "account", member: "balance" }],
  ["rows[2].cells", { kind: "member", of: "rows[2]", member: "cells" }],
  ["rows[2]", { kind: "member", of: "rows", member: "2" }],
  ['map["a b"]', { kind: "member", of: "map", member: "a b" }],
  ["rows[i + 1]", { kind: "computed", of: "rows", expression: "i + 1" }],
  [" total ", { kind: "name", name: "total" }],
] as const) {
  test(`${text} can be given a value`, () => assert.deepEqual(assignmentTarget(text), meant));
}

for (const text of ["", "1", "a + b", "f()", "a.b()", "a?.b", "x = 1", "a b", "(", "this"]) {
  test(`"${text}" cannot`, () => assert.equal(assignmentTarget(text), undefined));
}
