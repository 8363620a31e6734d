import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { ToView } from "../../src/protocol/webview.ts";
import { checkMessage } from "../../webview/messages.ts";

const GOOD: readonly ToView[] = [
  { type: "begin", protocol: 1, run: "r", title: "a.ts", again: false, strings: { a: "b" } },
  { type: "bytes", run: "r", offset: 0, bytes: new Uint8Array(3) },
  { type: "status", run: "r", phase: "running", text: "" },
  {
    type: "findings",
    run: "r",
    findings: [
      {
        kind: "deadlock",
        code: "TL3001",
        severity: "error",
        message: "stuck",
        sites: [{ file: "a.ts", line: 1, column: 2 }],
        chain: [{ text: "x", thread: 1 }],
        time: 5,
      },
    ],
  },
  { type: "cursor", file: "a.ts", line: 1, endLine: 2 },
  {
    type: "problems",
    run: "r",
    problems: [{ text: "t", file: "a.ts", line: 1, column: 1, code: "TL1001" }],
  },
];

test("every message of the protocol is taken as it is", () => {
  for (const message of GOOD) assert.deepEqual(checkMessage(message), { ok: true, message });
});

test("a message with any one of its fields missing or of another type is refused", () => {
  for (const message of GOOD) {
    for (const name of Object.keys(message)) {
      const without = { ...message, [name]: undefined };
      assert.equal(checkMessage(without).ok, false, `${message.type} without ${name}`);
      const odd = { ...message, [name]: Symbol("odd") };
      assert.equal(checkMessage(odd).ok, false, `${message.type} with an odd ${name}`);
    }
  }
});

test("another version of the protocol, unknown phases and lists of the wrong things are refused", () => {
  for (const odd of [
    { ...GOOD[0], protocol: 2 },
    { ...GOOD[2], phase: "exploding" },
    { ...GOOD[1], bytes: [1, 2, 3] },
    { ...GOOD[1], offset: -1 },
    { ...GOOD[4], line: 1.5 },
    { type: "findings", run: "r", findings: [{ kind: "x" }] },
    { type: "problems", run: "r", problems: "all" },
    { type: "constructor" },
    { type: "__proto__" },
  ]) {
    assert.equal(checkMessage(odd).ok, false);
  }
});

test("nothing that can be sent makes the check fail", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const checked = checkMessage(value);
      assert.ok(checked.ok || checked.why !== "");
    }),
  );
});
