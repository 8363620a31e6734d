import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../src/agents/refusal.ts";
import { IDLE_MINUTES, MOST_SESSIONS, Sessions } from "../../src/agents/sessions.ts";
import { StepSession } from "../../src/engine/stepping/step-session.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import { STEP_PROTOCOL, type StepChannel, type StepState } from "../../src/protocol/step.ts";
import { SmallWorld } from "./world.ts";

const MINUTE = 60_000;

/** A session over a channel that has nothing behind it. */
async function sessionOf(id: string, ended: string[]): Promise<StepSession> {
  const channel: StepChannel = {
    request: () => Promise.resolve({ protocol: STEP_PROTOCOL, problems: [] }),
    onEvent(listener) {
      listener({ kind: "moment", state: {} as StepState });
      return { dispose: () => {} };
    },
    dispose: () => void ended.push(id),
  };
  const program = {} as CompiledProgram;
  const plan = { id, program: "a.ts", title: "a.ts", compiled: program };
  const request = { kind: "begin", protocol: STEP_PROTOCOL, program, argv: [] } as const;
  return StepSession.begin(plan, channel, { ...request, memoryLimitBytes: 1 });
}

function several() {
  const time = new SmallWorld();
  const ended: string[] = [];
  const sessions = new Sessions(time.world);
  const open = () => sessions.open((id) => sessionOf(id, ended));
  return { time, ended, sessions, open };
}

const refusal = (code: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Refused);
  assert.equal(error.told.code, code);
  assert.match(error.message, words);
  return true;
};

test("a session that nobody uses is ended, and says so from then on; one that is used stays", async () => {
  const { time, ended, sessions, open } = several();
  const [idle, used] = [await open(), await open()];
  for (let minute = 0; minute < IDLE_MINUTES; minute++) {
    time.pass(MINUTE);
    assert.equal(sessions.get(used.plan.id), used);
  }
  assert.deepEqual(ended, [idle.plan.id]);
  assert.throws(
    () => sessions.get(idle.plan.id),
    refusal("TL5210", /nobody used it for 10 minutes/),
  );
});

test("as many as may be are open, those that are still beginning included; an end makes room", async () => {
  const { sessions, open } = several();
  const opening = Array.from({ length: MOST_SESSIONS }, open);
  await assert.rejects(open(), refusal("TL5211", /^8 step sessions are open/));
  const [first] = await Promise.all(opening);
  await assert.rejects(open(), refusal("TL5211", /`s1` \(a\.ts, last used /));
  sessions.end(first.plan.id);
  assert.throws(() => sessions.get(first.plan.id), refusal("TL5210", /it was ended/));
  await open();
});

test("one that could not begin takes no place", async () => {
  const { sessions, open } = several();
  for (let n = 0; n < MOST_SESSIONS * 2; n++) {
    await assert.rejects(
      sessions.open(() => Promise.reject(new Error("broken"))),
      /broken/,
    );
  }
  await open();
});

test("all end with what has them, and leave no alarm", async () => {
  const { time, ended, sessions, open } = several();
  await open();
  await open();
  sessions[Symbol.dispose]();
  assert.deepEqual(ended, ["s1", "s2"]);
  assert.equal(time.alarms.size, 0);
});
