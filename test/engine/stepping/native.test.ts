/** Stepping on real threads: by operations, back by running again, and told in the same words as on the model engine. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Stepped } from "./stepped.ts";

const COUNTER = `/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2`;

test("on real threads a lost update is made by hand, told, and undone", async () => {
  const stepped = await Stepped.of(COUNTER, { form: "native" });
  assert.equal(stepped.state.engine, "native");
  assert.equal(stepped.state.depth, 0);
  assert.equal(stepped.thread("main").next?.text, "begin");
  await stepped.go({ kind: "until", what: "switch" });
  for (const name of ["alice", "bob"]) await stepped.step(name);
  assert.equal(stepped.thread("alice").next?.text, "read `counter` → 0");
  for (const name of ["alice", "bob", "bob"]) await stepped.step(name);
  const { next, place } = stepped.thread("alice");
  assert.equal(next?.text, "write `counter` ← 1");
  assert.equal(next?.effect, "overwrites what bob wrote since it was read");
  assert.equal(place?.line, 3);
  const before = stepped.state.moment;
  await stepped.step("alice");
  assert.deepEqual(stepped.object, { counter: "1" });
  assert.equal((await stepped.continue()).why, "over");
  assert.deepEqual(
    stepped.state.over?.findings.map(({ kind }) => kind),
    ["assertion"],
  );
  assert.deepEqual(stepped.state.over?.shared, [{ name: "counter", text: "1" }]);
  await stepped.ask({ kind: "goTo", moment: before });
  assert.equal(stepped.state.over, undefined);
  assert.equal(stepped.thread("alice").next?.text, "write `counter` ← 1");
});
