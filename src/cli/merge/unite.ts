/**
 * Results of the parts of one search → the result of the whole. Executions are united by the hashes of their traces: what two
 * parts have explored both counts once. Pure, and the same in whatever order the parts come.
 */
import { GRAVITY } from "../../analysis/verdict.ts";
import { defined } from "../../base/defined.ts";
import { hasNothing } from "../../explore/checked.ts";
import type {
  ConflictPair,
  ExploredFinding,
  ExploreResult,
  LinearizabilityExtent,
  Phase,
  ProgramOutcome,
} from "../../protocol/explore.ts";

export interface United {
  readonly result: ExploreResult;
  /** Executions that more than one part has made. */
  readonly repeated: number;
}

/** At least one part. `missing`: why parts are not there, if any are not; then the whole is not complete. */
export function unite(parts: readonly ExploreResult[], missing?: ExploredFinding): United {
  const [first] = parts;
  const traces = new Set(parts.flatMap((part) => part.traces ?? []));
  const repeated = sum(parts, (part) => part.traces?.length ?? 0) - traces.size;
  const findings = uniteFindings(parts);
  if (missing !== undefined) findings.push(missing);
  const complete = missing === undefined && parts.every((part) => part.complete);
  const stopped = parts.find((part) => part.stopped !== undefined)?.stopped ?? missing?.message;
  return {
    repeated,
    result: {
      verdict: verdictOf(findings, parts),
      executions: sum(parts, (part) => part.executions) - repeated,
      complete,
      strategy: first.strategy,
      phases: unitePhases(parts, repeated),
      seed: first.seed,
      steps: sum(parts, (part) => part.steps),
      outcomes: uniteOutcomes(parts),
      findings,
      pairs: unitePairs(parts),
      unmodelled: [...new Set(parts.flatMap((part) => part.unmodelled))].sort(),
      pruned: sum(parts, (part) => part.pruned),
      ...defined({ linearizability: uniteExtents(parts) }),
      ...(traces.size === 0 ? {} : { traces: [...traces].sort() }),
      ...(stopped === undefined || complete ? {} : { stopped }),
      durationMs: Math.max(...parts.map((part) => part.durationMs)),
    },
  };
}

/** Scenarios are dealt out whole, so that no two parts have one in common. */
function uniteExtents(parts: readonly ExploreResult[]): LinearizabilityExtent | undefined {
  const extents = parts.flatMap(({ linearizability }) => linearizability ?? []);
  if (extents.length === 0) return undefined;
  return {
    scenarios: sum(extents, (extent) => extent.scenarios),
    whole: sum(extents, (extent) => extent.whole),
    histories: sum(extents, (extent) => extent.histories),
  };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

/**
 * The gravest of what was found; a part that was cut short keeps the whole from being `ok`, and so does a whole in which nothing
 * was explored. A part to which nothing fell says nothing.
 */
function verdictOf(
  findings: readonly ExploredFinding[],
  parts: readonly ExploreResult[],
): ExploreResult["verdict"] {
  const grave = new Set<string>([
    ...findings.filter(({ severity }) => severity === "error").map(({ kind }) => kind),
    ...parts.filter((part) => !hasNothing(part)).map(({ verdict }) => verdict),
    ...(parts.every(hasNothing) ? ["limit"] : []),
  ]);
  const gravest = GRAVITY.slice(0, GRAVITY.indexOf("limit") + 1).find((kind) => grave.has(kind));
  return (gravest as ExploreResult["verdict"] | undefined) ?? "ok";
}

const phaseKey = ({ strategy, bound, spurious = 0 }: Phase) => `${strategy} ${bound} ${spurious}`;

/** A phase of the whole is complete where it is in every part. What was repeated was so in the last. */
function unitePhases(parts: readonly ExploreResult[], repeated: number): Phase[] {
  const phases = new Map<string, Phase[]>();
  for (const phase of parts.flatMap((part) => part.phases)) {
    const key = phaseKey(phase);
    phases.set(key, [...(phases.get(key) ?? []), phase]);
  }
  return [...phases.values()].map((same, index) => ({
    ...same[0],
    executions: sum(same, (phase) => phase.executions) - (index === phases.size - 1 ? repeated : 0),
    complete: same.length === parts.length && same.every((phase) => phase.complete),
  }));
}

function uniteOutcomes(parts: readonly ExploreResult[]): ProgramOutcome[] {
  const united = new Map<string, ProgramOutcome>();
  for (const outcome of parts.flatMap((part) => part.outcomes)) {
    const names = Object.keys(outcome.shared).sort();
    const key = JSON.stringify([outcome.output, names.map((name) => [name, outcome.shared[name]])]);
    const known = united.get(key);
    if (known === undefined) united.set(key, outcome);
    else {
      const schedule = shorter(known.schedule, outcome.schedule);
      united.set(key, { ...known, count: known.count + outcome.count, schedule });
    }
  }
  return [...united].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, outcome]) => outcome);
}

/** What is about all runs holds for the whole only where every part says it. */
const ABOUT_ALL_RUNS: ReadonlySet<string> = new Set(["nothing-concurrent"]);

function uniteFindings(parts: readonly ExploreResult[]): ExploredFinding[] {
  const united = new Map<string, ExploredFinding[]>();
  for (const finding of parts.flatMap((part) => part.findings)) {
    const { kind, code, sites } = finding;
    const key = JSON.stringify([
      kind,
      code,
      sites.map(({ file, line, column }) => [file, line, column]),
    ]);
    united.set(key, [...(united.get(key) ?? []), finding]);
  }
  return [...united.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, same]) => same)
    .filter((same) => !ABOUT_ALL_RUNS.has(same[0].kind) || same.length === parts.length)
    .map((same) =>
      same.reduce((best, one) =>
        best.schedule === undefined || one.schedule === undefined
          ? best
          : shorter(best.schedule, one.schedule) === best.schedule
            ? best
            : one,
      ),
    );
}

/** The one with fewer turns; of equals always the same one. */
function shorter(one: string, other: string): string {
  const [turns, others] = [one, other].map((schedule) => schedule.split("\n").length);
  if (turns !== others) return turns < others ? one : other;
  return one <= other ? one : other;
}

function unitePairs(parts: readonly ExploreResult[]): ConflictPair[] {
  const united = new Map<string, ConflictPair>();
  for (const pair of parts.flatMap((part) => part.pairs)) {
    const key = JSON.stringify([pair.object, pair.first, pair.second]);
    const known = united.get(key);
    united.set(key, { ...pair, bothOrders: pair.bothOrders || known?.bothOrders === true });
  }
  return [...united].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, pair]) => pair);
}
