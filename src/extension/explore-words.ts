/** What is known of an exploration in a few words: for the lens, the status bar, notifications and the Test Explorer. */
import * as vscode from "vscode";
import type { ExploreProgress, ExploreResult, Phase } from "../protocol/explore.ts";
import { executionsOf, isAsExpected, isStale, type ExplorationState } from "./exploration.ts";
import { count, kindText } from "./status-text.ts";

/** `64 executions, all fine`; while it goes on, how far it is. */
export function explorationText(state: ExplorationState): string {
  const { l10n } = vscode;
  switch (state.phase) {
    case "compiling":
      return l10n.t("Compiling…");
    case "exploring":
      return state.progress ? progressText(state.progress) : l10n.t("Exploring…");
    case "cancelled":
      return l10n.t("Cancelled");
    case "failed":
      return state.failure === undefined ? l10n.t("Does not compile") : l10n.t("Not explored");
    case "done": {
      const text = resultText(state.result!, state);
      return isStale(state) ? l10n.t("before the last edit: {0}", text) : text;
    }
  }
}

/** A product icon for it. */
export function explorationIcon(state: ExplorationState): string {
  if (state.phase === "compiling" || state.phase === "exploring") return "$(sync~spin)";
  if (state.phase === "cancelled") return "$(circle-slash)";
  if (isAsExpected(state)) return "$(pass)";
  return state.result?.verdict === "limit" ? "$(warning)" : "$(error)";
}

/** `1,204 of about 5,000 executions · 3 outcomes · 812/s · at most 2 preemptions`. */
export function progressText(progress: ExploreProgress): string {
  const { l10n } = vscode;
  const { phase, executions, outcomes, findings, elapsedMs, estimate } = progress;
  const isTelling = estimate !== undefined && estimate > phase.executions;
  return [
    isTelling
      ? l10n.t("{0} of about {1} executions", count(phase.executions), count(Math.round(estimate)))
      : executionsText(executions),
    outcomes === 1 ? l10n.t("1 outcome") : l10n.t("{0} outcomes", count(outcomes)),
    ...(findings === 0
      ? []
      : [findings === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", count(findings))]),
    ...(elapsedMs > 0 ? [l10n.t("{0}/s", count(Math.round((executions / elapsedMs) * 1000)))] : []),
    phaseText(phase),
  ].join(" · ");
}

/** What came of it, in a sentence without an end. */
export function resultText(
  result: ExploreResult,
  state: Pick<ExplorationState, "expected" | "result">,
): string {
  const { l10n } = vscode;
  const { verdict, complete } = result;
  const made = executionsText(executionsOf(result));
  const { expected } = state;
  if (verdict === "ok") {
    if (expected !== "ok") return l10n.t("{0}, and not what is expected ({1})", made, expected);
    return complete ? l10n.t("{0}, all fine", made) : l10n.t("{0}, none of them fails", made);
  }
  const met = isAsExpected({ ...state, result } as ExplorationState);
  if (verdict === "limit") {
    return met ? l10n.t("{0} found, as expected", expected) : l10n.t("Stopped after {0}", made);
  }
  const what = kindText(verdict);
  if (met) return l10n.t("{0}, as expected: found in {1}", what, made);
  if (expected !== "ok")
    return l10n.t("{0}, where {2} is expected: found in {1}", what, made, expected);
  return l10n.t("{0}: found in {1}", what, made);
}

export function executionsText(executions: number): string {
  const { l10n } = vscode;
  return executions === 1 ? l10n.t("1 execution") : l10n.t("{0} executions", count(executions));
}

function phaseText({ strategy, bound, spurious = 0 }: Phase): string {
  const { l10n } = vscode;
  const names: Readonly<Record<Phase["strategy"], string>> = {
    dpor: l10n.t("every interleaving"),
    bounded: bound === 0 ? l10n.t("no preemption") : l10n.t("at most {0} preemptions", bound ?? ""),
    random: l10n.t("at random"),
    pos: l10n.t("partial orders at random"),
    pct: l10n.t("priorities at random"),
  };
  if (spurious === 0) return names[strategy];
  return l10n.t("{0}, spurious wake-ups: {1}", names[strategy], spurious);
}
