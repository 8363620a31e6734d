import assert from "node:assert/strict";
import { test } from "node:test";
import {
  StepFailure,
  StepSession,
  type StepEnd,
  type StepPlan,
} from "../../../src/engine/stepping/step-session.ts";
import type { CompiledProgram } from "../../../src/protocol/program.ts";
import type { StepChannel, StepEvent, StepRequest, StepState } from "../../../src/protocol/step.ts";

const PROGRAM = { sources: [{ file: "/a.ts", text: "" }] } as unknown as CompiledProgram;
const PLAN: StepPlan = { id: "1", program: "file:///a.ts", title: "a.ts", compiled: PROGRAM };
const BEGIN = {
  kind: "begin",
  protocol: 1,
  program: PROGRAM,
  argv: [],
  memoryLimitBytes: 1,
} as const;

const stateAt = (revision: number): StepState =>
  ({ revision, threads: [], tree: [] }) as unknown as StepState;
const line = (text: string) => ({ text }) as never;

/** A channel whose every answer and event the test gives. */
function fakeChannel(onBegin: (tell: (event: StepEvent) => void) => unknown) {
  const listeners = new Set<(event: StepEvent) => void>();
  const asked: StepRequest[] = [];
  let disposed = 0;
  const tell = (event: StepEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const channel: StepChannel = {
    request: async (request) => {
      asked.push(request);
      return request.kind === "begin" ? onBegin(tell) : request.kind;
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose: () => void disposed++,
  };
  return { channel, tell, asked, disposed: () => disposed, listeners };
}

async function begun() {
  const fake = fakeChannel((tell) => {
    tell({ kind: "moment", state: stateAt(1) });
    tell({ kind: "output", from: 0, lines: [line("one")] });
    return { protocol: 1, problems: [] };
  });
  return { ...fake, session: await StepSession.begin(PLAN, fake.channel, BEGIN) };
}

test("a session knows from its beginning where it stands and what was printed", async () => {
  const { session } = await begun();
  assert.equal(session.state.revision, 1);
  assert.deepEqual(session.output, [{ text: "one" }]);
  assert.deepEqual(session.files, ["/a.ts"]);
});

test("all listeners are told every event in order, and find the session up to date by then", async () => {
  const { session, tell } = await begun();
  const seen: string[] = [];
  for (const name of ["a", "b"]) {
    using _forNow = session.told.add(({ kind }) =>
      seen.push(`${name} ${kind} ${session.state.revision} ${session.output.length}`),
    );
    tell({ kind: "output", from: 1, lines: [line("two")] });
    tell({ kind: "moment", state: stateAt(2) });
    tell({ kind: "output", from: 0, lines: [] });
  }
  assert.deepEqual(seen, [
    "a output 1 2",
    "a moment 2 2",
    "a output 2 0",
    "b output 2 1",
    "b moment 2 1",
    "b output 2 0",
  ]);
});

test("whoever comes later gets the trace from its beginning, and never one with a gap", async () => {
  const { session, tell } = await begun();
  const traced = (offset: number, ...bytes: number[]) =>
    tell({ kind: "trace", offset, bytes: new Uint8Array(bytes) });
  traced(0, 1, 2);
  traced(2, 3);
  assert.deepEqual([...session.trace], [1, 2, 3]);
  traced(3, 4);
  traced(7, 8);
  assert.deepEqual([...session.trace], [1, 2, 3, 4]);
  traced(0, 9);
  assert.deepEqual([...session.trace], [9]);
});

test("it ends when the last who holds it lets go, once, and asks nothing any more", async () => {
  const { session, disposed, listeners } = await begun();
  const ends: StepEnd[] = [];
  session.over.add((end) => ends.push(end));
  const [panel, adapter] = [session.hold(), session.hold()];
  panel[Symbol.dispose]();
  panel[Symbol.dispose]();
  assert.equal(await session.ask({ kind: "undo" }), "undo");
  adapter[Symbol.dispose]();
  assert.deepEqual(ends, [{ kind: "left" }]);
  assert.equal(disposed(), 1);
  assert.equal(listeners.size, 0);
  await assert.rejects(session.ask({ kind: "undo" }), StepFailure);
  session.finish({ kind: "replaced" });
  assert.equal(ends.length, 1);
});

test("a session that cannot go on says so to all, and is over", async () => {
  const { session, tell, disposed } = await begun();
  session.hold();
  const told: string[] = [];
  session.told.add(({ kind }) => told.push(kind));
  session.over.add(({ kind }) => told.push(`over: ${kind}`));
  tell({ kind: "failed", code: "TL1", message: "broke" });
  assert.deepEqual(told, ["failed", "over: failed"]);
  assert.deepEqual(session.end, { kind: "failed", code: "TL1", message: "broke" });
  assert.equal(disposed(), 1);
});

test("a session that cannot begin rejects with what the channel said, and leaves none open", async () => {
  const refuses = fakeChannel(() => Promise.reject(new Error("no such schedule")));
  await assert.rejects(StepSession.begin(PLAN, refuses.channel, BEGIN), /no such schedule/);
  const breaks = fakeChannel((tell) => {
    tell({ kind: "failed", code: "TL2", message: "out of memory", remedy: "less" });
    return new Promise(() => {});
  });
  await assert.rejects(StepSession.begin(PLAN, breaks.channel, BEGIN), (error: StepFailure) => {
    assert.equal(error.code, "TL2");
    assert.equal(error.remedy, "less");
    return true;
  });
  const silent = fakeChannel(() => ({ protocol: 1, problems: [] }));
  await assert.rejects(StepSession.begin(PLAN, silent.channel, BEGIN), /where it stands/);
  for (const one of [refuses, breaks, silent]) {
    assert.equal(one.disposed(), 1);
    assert.equal(one.listeners.size, 0);
  }
});
