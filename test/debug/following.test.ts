// A session that follows what somebody kept: a schedule, with the real session in a real runner process.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { LOST_UPDATE } from "./programs.ts";
import { Debuggers } from "./runner.ts";

const debuggers = new Debuggers();
after(() => debuggers[Symbol.asyncDispose]());

/** The schedule in which alice's write overtakes bob's read. */
async function losingSchedule(): Promise<string> {
  const { client, host } = await debuggers.launch(LOST_UPDATE, {}, (one) =>
    one.request("setFunctionBreakpoints", { breakpoints: [{ name: "write counter by alice" }] }),
  );
  await client.stopped();
  await client.move("continue");
  const { reason } = await client.move("continue", { threadId: 3, singleThread: true });
  assert.equal(reason, "step", "bob has ended, and goes no further alone");
  await client.request("setFunctionBreakpoints", { breakpoints: [] });
  const end = await client.move("continue");
  assert.equal(end.description, "At the end of the run: assertion");
  return String(await host.sessions[0].ask({ kind: "schedule" }));
}

test("a schedule that was kept leads to the same end, and one can step back from there", async () => {
  const schedule = await losingSchedule();
  const { client } = await debuggers.launch(LOST_UPDATE, { schedule });
  const { reason, description } = await client.stopped();
  assert.deepEqual([reason, description], ["end", "At the end of the run: assertion"]);
  await client.move("stepBack");
  const [told] = client.events<{ output: string; line: number }>("output");
  assert.match(told.output, /^TL2154: /);
  assert.equal(told.line, 14);
});

test("a schedule of another text of the program is followed as far as it fits, and says where it does not", async () => {
  const schedule = await losingSchedule();
  const edited = LOST_UPDATE.replaceAll("bob", "robert");
  const { client } = await debuggers.launch(edited, { schedule });
  await client.stopped();
  const told = client.events<{ output: string }>("output").map(({ output }) => output);
  assert.match(told.join(""), /TL7009: The schedule that the session follows does not fit.*bob/);
});
