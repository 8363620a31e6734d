import assert from "node:assert/strict";
import { test } from "node:test";
import { changedSince, fingerprintOf, fingerprintsOf } from "../../src/extension/source-texts.ts";

test("texts whose lines are the same have one fingerprint, all others another", () => {
  assert.equal(fingerprintOf("\uFEFFa\r\nb\r\n"), fingerprintOf("a\nb\n"));
  assert.notEqual(fingerprintOf("a\nb\n"), fingerprintOf("a\n\nb\n"));
  assert.notEqual(fingerprintOf("a"), fingerprintOf("a "));
});

test("a file that was edited or is gone has changed, and no other", async () => {
  const then = fingerprintsOf([
    ["/same.ts", "a\n"],
    ["/edited.ts", "b\n"],
    ["/gone.ts", "c\n"],
  ]);
  const now: Record<string, string> = { "/same.ts": "a\r\n", "/edited.ts": "b\n\n" };
  const read = (file: string) =>
    now[file] === undefined ? Promise.reject(new Error("gone")) : Promise.resolve(now[file]);
  assert.deepEqual(await changedSince(then, read), ["/edited.ts", "/gone.ts"]);
});
