/**
 * What exploring says of small programs: the verdict, all findings, all outcomes, and that each failure is had again by the
 * schedule that comes with it.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DataRaces } from "../../src/analysis/data-races.ts";
import { HappensBefore } from "../../src/analysis/happens-before.ts";
import { SCHEDULE_MESSAGES } from "../../src/base/catalogue/schedule.ts";
import type { SiteId } from "../../src/base/brand.ts";
import { siteAsPlace } from "../../src/engine/program/names.ts";
import { ExplorerHost } from "../../src/engine/native/explored/host.ts";
import type { ExploredFinding, StrategyName } from "../../src/protocol/explore.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import type { EventKind } from "../../src/trace/event.ts";
import type { Trace } from "../../src/trace/trace.ts";
import { Programs, RUNNER } from "../engine/native/fixture.ts";
import { COLLECTIONS } from "./programs/collections.ts";
import { LOCKS } from "./programs/locks.ts";
import { MEMORY } from "./programs/memory.ts";
import { MESSAGES } from "./programs/messages.ts";
import { MODELS } from "./programs/models.ts";
import { REFERENCES } from "./programs/references.ts";
import { SPINS } from "./programs/spins.ts";
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
  ...TASKS,
};

const programs = new Programs("model");
const host = new ExplorerHost({ runnerPath: RUNNER, cwd: programs.folder });
after(() => host.dispose());

/** `auto` ends with what `dpor` does, but has looked for short failures before. */
const STRATEGIES: readonly StrategyName[] = ["dpor", "auto"];

for (const [name, expected] of Object.entries(PROGRAMS)) {
  const { text, verdict, findings: kinds, outputs, executions, options } = expected;
  for (const strategy of STRATEGIES) {
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
  const again = failure.kind === "race" ? racesIn(ran.trace, program) : ran.findings.map(failureOf);
  assert.ok(again.includes(failureOf(failure)), again.join("\n"));
}

function failureOf({ kind, sites }: Pick<ExploredFinding, "kind" | "sites">): string {
  const places = sites.map(({ line, column }) => `${line}:${column}`);
  return [kind, ...places.toSorted()].join(" ");
}

/** Recorded runs are searched for races by what the recording alone says. */
function racesIn({ events }: Trace, program: CompiledProgram): string[] {
  const order = new HappensBefore();
  const races = new DataRaces(order);
  const found: string[] = [];
  for (let row = 0; row < events.count; row++) {
    const happened = {
      thread: events.thread[row],
      kind: events.kind[row] as EventKind,
      object: events.object[row],
      argument: events.argument[row],
      partner: 0,
    };
    order.take(happened);
    const race = races.take(happened, events.site[row]);
    if (race === undefined) continue;
    const sites = [race.first, race.second].map(({ site }) =>
      siteAsPlace(program, site as SiteId)!,
    );
    found.push(failureOf({ kind: "race", sites }));
  }
  return found;
}
