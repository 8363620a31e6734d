/** A run's state in a few words: for the status bar, notifications and, without the figures, the timeline's head. */
import * as vscode from "vscode";
import { formatDuration } from "../base/duration.ts";
import type { FindingKind } from "../trace/finding.ts";
import type { RunState } from "./run-state.ts";

/** With how much there is of it. */
export function statusText(state: RunState): string {
  const phase = phaseText(state);
  if (state.phase === "compiling" || state.phase === "starting" || state.events === 0) return phase;
  return `${phase} · ${amount(state)}`;
}

/** What it does, or how it ended. */
export function phaseText(state: RunState): string {
  const { l10n } = vscode;
  switch (state.phase) {
    case "compiling":
      return l10n.t("Compiling…");
    case "starting":
      return l10n.t("Starting…");
    case "running":
      return l10n.t("Running");
    case "ended":
      return endingText(state);
    case "cancelled":
      return l10n.t("Cancelled");
    case "failed":
      return state.failure?.stage === "running" ? l10n.t("Broken off") : l10n.t("Not run");
  }
}

/** The gravest that was found; else how it ended. */
function endingText(state: RunState): string {
  const { l10n } = vscode;
  const gravest = state.report?.findings.find((finding) => finding.severity === "error");
  if (gravest && gravest.kind !== "limit") return kindText(gravest.kind);
  const ending = state.result?.ending;
  switch (ending?.kind) {
    case "stuck":
      return l10n.t("Stuck");
    case "time-limit":
      return l10n.t("Ended at the time limit");
    case "memory-limit":
      return l10n.t("Ended at the memory limit");
    case "step-limit":
      return l10n.t("Ended at the limit of steps");
    case "unmodelled":
      return l10n.t("The model cannot follow it");
    case "exited":
      return l10n.t("Exited with {0}", ending.code);
    default:
      return l10n.t("Ended");
  }
}

/** Kinds that are verdicts have a name of their own; the rest is only ever a warning. */
export function kindText(kind: FindingKind): string {
  const { l10n } = vscode;
  switch (kind) {
    case "assertion":
      return l10n.t("Assertion failed");
    case "panic":
      return l10n.t("Panic");
    case "deadlock":
      return l10n.t("Deadlock");
    case "leak":
      return l10n.t("Threads left waiting");
    case "livelock":
      return l10n.t("Livelock");
    case "race":
      return l10n.t("Data race");
    default:
      return l10n.t("Ended with findings");
  }
}

function amount(state: RunState): string {
  const { l10n } = vscode;
  const parts = [
    state.threads === 1 ? l10n.t("1 thread") : l10n.t("{0} threads", count(state.threads)),
    state.events === 1 ? l10n.t("1 event") : l10n.t("{0} events", count(state.events)),
  ];
  if (state.result) parts.push(formatDuration(state.result.durationNs, state.clock));
  return parts.join(" · ");
}

export function count(value: number): string {
  return new Intl.NumberFormat(vscode.env.language).format(value);
}
