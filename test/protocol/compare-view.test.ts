/** What the page that compares models may say: read as it was sent, or not at all. */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  COMPARE_PROTOCOL,
  readFromComparison,
  type FromComparison,
} from "../../src/protocol/compare-view.ts";

const VALID: readonly FromComparison[] = [
  { type: "ready", protocol: COMPARE_PROTOCOL },
  { type: "took", run: "r", offset: 12 },
  { type: "open", run: "r" },
  { type: "again" },
  { type: "cancel" },
  { type: "problem", text: "no canvas" },
];

test("every message is read as it was sent, without what no message has", () => {
  for (const message of VALID) {
    assert.deepEqual(readFromComparison({ ...message, more: 1 }), message);
  }
});

test("a message with a field of another kind, or without it, is refused", () => {
  for (const message of VALID) {
    for (const field of Object.keys(message)) {
      for (const value of [undefined, null, -1, 0.5, {}, []]) {
        assert.equal(readFromComparison({ ...message, [field]: value }), undefined);
      }
    }
  }
});

test("no value makes the reader throw", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => assert.equal(readFromComparison(value), undefined)),
  );
});
