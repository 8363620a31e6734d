/** What is kept of a run beside its recording, and how it is read again: our own file, but on a disk that others write. */
import type { Finding } from "../trace/finding.ts";
import { BEFORE_ALL, type Phase, type RunState } from "./run-state.ts";

export interface StoredRun {
  readonly version: 1;
  readonly id: string;
  /** The program's document, as VS Code names it. */
  readonly program: string;
  readonly title: string;
  readonly state: RunState;
}

const OVER: readonly Phase[] = ["ended", "failed", "cancelled"];

/** Undefined for what was not written by `TraceStore.keep` of this version for this run. */
export function readStored(value: unknown, id: string): StoredRun | undefined {
  if (!isRecord(value) || value.version !== 1 || value.id !== id) return undefined;
  const { program, title, state } = value;
  if (typeof program !== "string" || typeof title !== "string" || !isRecord(state))
    return undefined;
  const phase = OVER.find((one) => one === state.phase);
  const { bytes, events, threads, files } = state;
  if (!phase || !isCount(bytes) || !isCount(events) || !isCount(threads)) return undefined;
  if (!Array.isArray(files) || !files.every((file) => typeof file === "string")) return undefined;
  const report = isRecord(state.report) ? state.report : undefined;
  const findings = Array.isArray(report?.findings) ? report.findings.filter(isFinding) : [];
  const sentence = typeof report?.sentence === "string" ? report.sentence : "";
  return {
    version: 1,
    id,
    program,
    title,
    state: {
      ...BEFORE_ALL,
      phase,
      bytes,
      events,
      threads,
      files,
      report: { findings, sentence, waits: [] },
    },
  };
}

function isFinding(value: unknown): value is Finding {
  return (
    isRecord(value) &&
    ["kind", "code", "severity", "message"].every((name) => typeof value[name] === "string") &&
    Array.isArray(value.sites)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
