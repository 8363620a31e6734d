/** What `check --json` prints of a program: a contract (`README.md`), so every key is always there. */
import { defined } from "../base/defined.ts";
import type {
  CallHistory,
  ExploredFinding,
  ExploreResult,
  LinearizabilityExtent,
  Phase,
} from "../protocol/explore.ts";
import type { Diagnostic } from "../protocol/program.ts";
import type { Place } from "../trace/finding.ts";
import { type Checked, type CheckVerdict, findingsOf, verdictOf } from "./checked.ts";
import { storyText } from "./story-text.ts";

export interface CheckJson {
  readonly file: string;
  readonly verdict: CheckVerdict;
  readonly expected: string;
  readonly executions: number;
  readonly complete: boolean;
  readonly strategy: string;
  readonly phases: readonly Phase[];
  readonly seed: number;
  readonly steps: number;
  readonly outcomes: ExploreResult["outcomes"];
  readonly findings: readonly FindingJson[];
  /** Of a program that asks for checks of linearizability. */
  readonly linearizability?: LinearizabilityExtent;
  readonly durationMs: number;
  /** Of a program that does not compile. */
  readonly diagnostics?: readonly Diagnostic[];
}

export interface FindingJson {
  readonly kind: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly sites: readonly Place[];
  /** Null where it is about all runs. */
  readonly schedule: string | null;
  readonly story: string | null;
  /** Of a check of linearizability. */
  readonly history?: CallHistory;
}

/** `asked`: what stands for a program that was not explored. */
export function checkJson(
  checked: Checked,
  asked: { readonly strategy: string; readonly seed: number },
): CheckJson {
  const { file, expected, result, durationMs, diagnostics } = checked;
  return {
    file,
    verdict: verdictOf(checked),
    expected,
    executions: result?.executions ?? 0,
    complete: result?.complete ?? false,
    strategy: result?.strategy ?? asked.strategy,
    phases: result?.phases ?? [],
    seed: result?.seed ?? asked.seed,
    steps: result?.steps ?? 0,
    outcomes: result?.outcomes ?? [],
    findings: findingsOf(checked).map(findingJson),
    durationMs,
    ...defined({ linearizability: result?.linearizability }),
    ...(result === undefined ? { diagnostics } : {}),
  };
}

export function findingJson(finding: ExploredFinding): FindingJson {
  const { kind, code, severity, message, sites, schedule, story, history } = finding;
  return {
    ...{ kind, code, severity, message, sites },
    schedule: schedule ?? null,
    story: story === undefined ? null : storyText(story),
    ...defined({ history }),
  };
}
