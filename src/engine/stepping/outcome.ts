/** How a run that is stepped through ended, as the tree keeps it: what is compared between two futures. */
import type { Outcome } from "../../protocol/step.ts";
import type { RunResult } from "../../protocol/run.ts";
import type { OutputLine } from "../../trace/tables.ts";
import type { ObjectView } from "./look/objects.ts";

/** Objects that are variables. */
const VARIABLES: ReadonlySet<string> = new Set(["cell", "atomic", "atomicref", "counter"]);

export function outcomeOf(
  { ending, findings }: RunResult,
  named: readonly ObjectView[],
  lines: readonly OutputLine[],
): Outcome {
  return {
    ending: ending.kind,
    findings,
    shared: named
      .filter(({ kind }) => VARIABLES.has(kind.name))
      .map(({ name, text }) => ({ name, text })),
    output: lines.map(({ text }) => text),
  };
}
