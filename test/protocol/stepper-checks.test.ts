import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkToStepper, readFromStepper } from "../../src/protocol/stepper-checks.ts";
import type { FromStepper, PageRequest, ToStepper } from "../../src/protocol/stepper-view.ts";
import type { StepState } from "../../src/protocol/step.ts";

const ask = (request: unknown): FromStepper => ({
  type: "ask",
  session: "s",
  id: 1,
  request: request as PageRequest,
});

const OUT: readonly FromStepper[] = [
  { type: "ready", protocol: 1 },
  ask({ kind: "go", how: { kind: "operation", thread: 2, timesOut: false, choices: [0, 1] } }),
  ask({ kind: "go", how: { kind: "until", what: "race" } }),
  ask({ kind: "go", how: { kind: "lockstep" } }),
  ask({ kind: "go", how: { kind: "continue", only: 3 } }),
  ask({ kind: "pause" }),
  ask({ kind: "undo" }),
  ask({ kind: "goTo", moment: 0 }),
  ask({ kind: "freeze", threads: [1, 2] }),
  ask({ kind: "frames", thread: 1 }),
  ask({ kind: "compare", one: 3, other: 9 }),
  ask({ kind: "watch", trace: true }),
  { type: "reveal", file: "/a b/ü.ts", line: 1, column: 1, preserveFocus: true },
  { type: "command", command: "restart" },
  { type: "painted", session: "s", revision: 7 },
  { type: "problem", text: "no canvas" },
];

const PLACE = { file: "/a.ts", line: 1, column: 1 };
const OUTCOME = {
  ending: "finished",
  findings: [],
  shared: [{ name: "counter", text: "1" }],
  output: ["x"],
} as const;
const STATE = {
  revision: 1,
  moment: 1,
  depth: 1,
  canUndo: true,
  canRedo: false,
  timeNs: 0,
  threads: [
    {
      id: 0,
      name: "main",
      state: "ready",
      place: PLACE,
      function: "top level",
      frozen: false,
      next: { text: "write", place: PLACE, canStep: true, canTimeOut: false, choices: ["a"] },
      why: undefined,
      waitsFor: [],
      holds: ["db"],
      last: undefined,
    },
  ],
  last: { thread: 0, text: "reads", place: PLACE },
  treeFrom: 0,
  tree: [{ id: 0, before: undefined, depth: 0, outcome: OUTCOME }],
  over: undefined,
  waits: [{ from: 0, to: 1, object: "db" }],
  objects: [{ name: "db", kind: "Mutex", text: "free", place: PLACE, queue: [1], changed: true }],
  running: false,
} as unknown as StepState;

const IN: readonly ToStepper[] = [
  {
    type: "begin",
    protocol: 1,
    session: "s",
    program: "file:///a.ts",
    title: "a.ts",
    options: { model: "green", cores: 2 },
    notes: [],
    strings: { a: "b" },
    laneStrings: {},
  },
  { type: "event", session: "s", event: { kind: "moment", state: STATE } },
  { type: "event", session: "s", event: { kind: "trace", offset: 0, bytes: new Uint8Array(3) } },
  { type: "event", session: "s", event: { kind: "failed", code: "TL1", message: "broke" } },
  { type: "answer", session: "s", reply: { id: 1, ok: true, answer: undefined } },
  { type: "answer", session: "s", reply: { id: 1, ok: false, code: "TL1", message: "no" } },
  { type: "edited", session: "s", edited: true },
  { type: "over", session: "s", text: "gone" },
];

test("every message of the protocol is taken as it was sent, both ways", () => {
  for (const message of OUT) assert.deepEqual(readFromStepper(message), message);
  for (const message of IN) assert.deepEqual(checkToStepper(message), { ok: true, message });
});

test("a message with one field of another kind is refused, however deep the field lies", () => {
  const wrong = [null, -1, 0.5, NaN, {}, Symbol("x"), () => 1];
  const damaged = (value: unknown): unknown[] => {
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return wrong;
    const fields = Object.entries(value);
    return fields.flatMap(([name, field]) =>
      damaged(field).map((bad) =>
        Array.isArray(value)
          ? value.map((item: unknown, index) => (String(index) === name ? bad : item))
          : { ...value, [name]: bad },
      ),
    );
  };
  let looked = 0;
  for (const message of OUT) {
    for (const bad of damaged(message)) {
      looked++;
      assert.equal(readFromStepper(bad), undefined, JSON.stringify(bad));
    }
  }
  for (const message of IN) {
    for (const bad of damaged(message)) {
      // Times may be any number, and what is not there needs no shape.
      if (JSON.stringify(bad)?.includes('"timeNs":0.5')) continue;
      if (JSON.stringify(bad)?.includes('"timeNs":-1')) continue;
      if ("answer" in ((bad as { reply?: object }).reply ?? {})) continue;
      looked++;
      assert.equal(checkToStepper(bad).ok, false, JSON.stringify(bad));
    }
  }
  assert.ok(looked > 300);
});

test("a page may not begin or end a session, nor look at values in it or set one", () => {
  for (const kind of ["begin", "end", "set", "evaluate", "children", "breakpoints"]) {
    const request = { kind, protocol: 1, expression: "1", of: 1, name: "x", thread: 0 };
    assert.equal(readFromStepper(ask(request)), undefined);
  }
});

test("fields that no message has are not passed on, in a request neither", () => {
  const how = { kind: "operation", thread: 1, timesOut: false, more: 1, __proto__: { x: 1 } };
  const read = readFromStepper({ ...ask({ kind: "go", how, more: 1 }), more: 1 });
  const plain = { kind: "operation", thread: 1, timesOut: false };
  assert.deepEqual(read, ask({ kind: "go", how: plain }));
});

test("no value makes either reader throw, and what it does not know is dropped", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      assert.equal(readFromStepper(value), undefined);
      assert.equal(checkToStepper(value).ok, false);
    }),
  );
});
