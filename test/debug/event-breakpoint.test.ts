import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EVENT_CLASSES, eventText, parseEvent } from "../../src/debug/event-breakpoint.ts";

for (const [text, meant] of [
  ["lock", { on: "lock" }],
  ["lock db", { on: "lock", object: "db" }],
  ["receive rx by worker-1", { on: "receive", object: "rx", thread: "worker-1" }],
  ["any by bob", { on: "any", thread: "bob" }],
  ["thread worker-2", { on: "any", thread: "worker-2" }],
  ["thread the second worker", { on: "any", thread: "the second worker" }],
  ["  Lock   db  ", { on: "lock", object: "db" }],
  ["write totals[2]", { on: "write", object: "totals[2]" }],
  ["lock bypass", { on: "lock", object: "bypass" }],
  ["print", { on: "print" }],
] as const) {
  test(`"${text}" is an event`, () => assert.deepEqual(parseEvent(text), meant));
}

for (const text of ["", " ", "thread", "unlocked db", "transfer", "by bob"]) {
  test(`"${text}" is none`, () => assert.equal(parseEvent(text), undefined));
}

test("an event is read as it is written", () => {
  const name = fc.stringMatching(/^[\w$.[\]-]{1,12}$/).filter((one) => one !== "by");
  const event = fc.record(
    { on: fc.constantFrom(...EVENT_CLASSES), object: name, thread: name },
    { requiredKeys: ["on"], noNullPrototype: true },
  );
  fc.assert(fc.property(event, (one) => assert.deepEqual(parseEvent(eventText(one)), one)));
});

test("whatever is written, reading it ends", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const event = parseEvent(text);
      if (event) assert.deepEqual(parseEvent(eventText(event)), event);
    }),
  );
});
