import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { FromView } from "../../src/protocol/webview.ts";
import { readFromView } from "../../src/extension/view-messages.ts";

const VALID: readonly FromView[] = [
  { type: "ready", protocol: 1 },
  { type: "took", run: "r", offset: 0 },
  { type: "painted", run: "r", events: 12 },
  { type: "reveal", file: "/a b/ü.ts", line: 1, column: 1, preserveFocus: true },
  { type: "command", command: "trace" },
  { type: "command", command: "compare" },
  { type: "runAs", runAs: { kind: "parallel", cores: 2, quantum: 25 } },
  { type: "problem", text: "no canvas" },
];

test("every message of the protocol is read as it was sent", () => {
  for (const message of VALID) assert.deepEqual(readFromView(message), message);
});

test("a message with one field of another kind, or without it, is refused", () => {
  const wrong = [undefined, null, -1, 0.5, NaN, "", {}, [], true, "x".repeat(10_001)];
  for (const message of VALID) {
    for (const field of Object.keys(message)) {
      for (const value of wrong) {
        const changed = { ...message, [field]: value };
        const read = readFromView(changed);
        // What is read is a message of ours all the same: "" is a text, and true a flag.
        if (read) assert.deepEqual(read, changed);
        if (typeof value === "object" || value === undefined) assert.equal(read, undefined);
      }
    }
  }
});

test("no value makes the reader throw, and what it does not know is dropped", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      assert.equal(readFromView(value), undefined);
    }),
  );
});

test("fields that no message has are not passed on", () => {
  const read = readFromView({ type: "command", command: "cancel", constructor: "x", more: 1 });
  assert.deepEqual(read, { type: "command", command: "cancel" });
});

test("what a program is to be run as is read within its limits only", () => {
  const runAs = (value: unknown) => readFromView({ type: "runAs", runAs: value });
  for (const kind of ["program", "native", "timesliced", "cooperative", "green"] as const) {
    assert.deepEqual(runAs({ kind }), { type: "runAs", runAs: { kind } });
  }
  const wrong = [
    { kind: "fair" },
    { kind: "parallel", cores: 0 },
    { kind: "parallel", cores: 257 },
    { kind: "parallel", quantum: 1.5 },
    { kind: "parallel", quantum: "10" },
    {},
    "parallel",
  ];
  for (const value of wrong) assert.equal(runAs(value), undefined, JSON.stringify(value));
  assert.deepEqual(runAs({ kind: "green", more: 1 }), { type: "runAs", runAs: { kind: "green" } });
});
