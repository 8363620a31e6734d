/**
 * What exploring says of small programs: the verdict, all findings, all outcomes, and that each failure is had again by the
 * schedule that comes with it.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findingsOf } from "../../src/analysis/findings.ts";
import { SCHEDULE_MESSAGES } from "../../src/base/catalogue/schedule.ts";
import { ExplorerHost } from "../../src/engine/native/explored/host.ts";
import type { ExploredFinding, StrategyName } from "../../src/protocol/explore.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import type { Trace } from "../../src/trace/trace.ts";
import { Programs, RUNNER } from "../engine/native/fixture.ts";
import { COLLECTIONS } from "./programs/collections.ts";
import { IO } from "./programs/io.ts";
import { LOCKS } from "./programs/locks.ts";
import { MEMORY } from "./programs/memory.ts";
import { MESSAGES } from "./programs/messages.ts";
import { MODELS } from "./programs/models.ts";
import { PROCESSES } from "./programs/processes.ts";
import { REFERENCES } from "./programs/references.ts";
import { SPINS } from "./programs/spins.ts";
import { STALE_WRITES } from "./programs/stale-writes.ts";
import { TASKS } from "./programs/tasks.ts";
import { WAITS } from "./programs/waits.ts";

const PROGRAMS = {
  ...MEMORY,
  ...LOCKS,
  ...WAITS,
  ...MESSAGES,
  ...SPINS,
  ...MODELS,
  ...REFERENCES,
  ...COLLECTIONS,
  ...IO,
  ...TASKS,
  ...PROCESSES,
  ...STALE_WRITES,
};

const programs = new Programs("model");
const host = new ExplorerHost({ runnerPath: RUNNER, cwd: programs.folder });
after(() => host.dispose());

/** `auto` ends with what `dpor` does, but has looked for short failures before. */
const STRATEGIES: readonly StrategyName[] = ["dpor", "auto"];

for (const [name, expected] of Object.entries(PROGRAMS)) {
  const { text, verdict, findings: kinds, outputs, executions, options } = expected;
  for (const strategy of expected.strategies ?? STRATEGIES) {
    test(`${name}: ${verdict}, by ${strategy}`, async () => {
      const program = await programs.compile(text);
      const asked = { strategy, seed: 0, ...options };
      const result = await host.explore({ program, options: asked }).ended;
      const told = result.findings.map(({ message }) => message).join("\n");
      assert.equal(result.verdict, verdict, told);
      assert.deepEqual(
        kindsOf(result.findings, verdict === "ok"),
        (kinds ?? (verdict === "ok" ? [] : [verdict])).toSorted(),
        told,
      );
      if (verdict === "ok" || verdict === "race") assert.ok(result.complete);
      if (executions !== undefined && strategy === "dpor") {
        assert.equal(result.executions, executions);
      }
      if (outputs !== undefined) {
        const found = result.outcomes.map(({ output }) => output);
        assert.deepEqual(found.toSorted(), outputs.toSorted());
      }
      const failures = result.findings.filter(({ severity }) => severity === "error");
      for (const failure of failures) await failsAgain(program, failure);
    });
  }
}

function kindsOf(findings: readonly ExploredFinding[], passed: boolean): string[] {
  const kinds = new Set<string>(findings.map(({ kind }) => kind));
  if (!passed) kinds.delete("nothing-concurrent");
  return [...kinds].toSorted();
}

/** Replaying its schedule fails in the same way, at the same places. */
async function failsAgain(program: CompiledProgram, failure: ExploredFinding): Promise<void> {
  assert.ok(failure.schedule !== undefined, "a failure comes with its schedule");
  const control = { kind: "schedule", text: failure.schedule } as const;
  const endless = failure.kind === "livelock";
  const ran = await programs.start(program, { control, timeLimitMs: endless ? 500 : 60_000 }).ran;
  const problems = (ran.scheduleProblems ?? []).map(({ code }) => code);
  if (endless) {
    // The schedule leads to where nothing changes any more; from there on threads go round for as long as they may.
    assert.deepEqual(
      problems.filter((code) => code !== SCHEDULE_MESSAGES.endsEarly.code),
      [],
    );
    assert.equal(ran.ending.kind, "time-limit");
    return;
  }
  assert.deepEqual(problems, []);
  const found = failure.kind === "race" ? findingsOf(wholeTimeline(ran.trace)) : ran.findings;
  const again = found.map(failureOf);
  assert.ok(again.includes(failureOf(failure)), again.join("\n"));
}

function failureOf({ kind, sites }: Pick<ExploredFinding, "kind" | "sites">): string {
  // Races of two lines are one, whichever of their accesses are told.
  const places = sites.map(({ line, column }) => (kind === "race" ? line : `${line}:${column}`));
  return [kind, ...places.toSorted()].join(" ");
}

function wholeTimeline(trace: Trace): Timeline {
  const timeline = new Timeline(trace);
  timeline.advance();
  return timeline;
}
