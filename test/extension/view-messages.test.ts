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
