/** Checks of linearizability, in the process that explores: right structures pass, wrong ones fail with the smallest history. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExploredFinding } from "../../../src/protocol/explore.ts";
import { Explored } from "../node/programs.ts";
import { RIGHT, WRONG } from "./structures.ts";

const explored = new Explored();
const AUTO = { strategy: "auto", seed: 0 } as const;

for (const [name, { text }] of Object.entries(RIGHT)) {
  test(`${name}: some order explains each history`, async () => {
    const result = await (await explored.start(text, AUTO)).ended;
    assert.equal(result.verdict, "ok", result.findings.map(({ message }) => message).join("\n"));
    assert.deepEqual(result.findings, []);
    const { scenarios, histories } = result.linearizability!;
    assert.ok(scenarios > 1 && histories > scenarios, `${histories} of ${scenarios}`);
  });
}

for (const [name, { text, verdict, history }] of Object.entries(WRONG)) {
  test(`${name}: ${verdict}, and every call of its history is needed`, async () => {
    const program = await explored.compile(text);
    const result = await explored.host.explore({ program, options: AUTO }).ended;
    assert.equal(result.verdict, verdict, result.findings.map(({ message }) => message).join("\n"));
    const [failure] = result.findings;
    if (history !== undefined) assert.deepEqual(callsOf(failure).toSorted(), history.toSorted());
    const options = { ...AUTO, schedules: [failure.schedule!], maxExecutions: 1 };
    const again = await explored.host.explore({ program, options }).ended;
    assert.equal(again.findings[0].message, failure.message, "its schedule fails in the same way");
  });
}

function callsOf({ history }: ExploredFinding): string[] {
  return history!.calls.map(({ call, outcome }) => `${call} = ${outcome}`);
}
