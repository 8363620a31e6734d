/** What is kept of a run beside its recording, and how it is read again: our own file, but on a disk that others write. */
import type { Diagnostic } from "../protocol/program.ts";
import type { RunResult } from "../protocol/run.ts";
import type { Finding } from "../trace/finding.ts";
import type { Ending } from "../trace/tables.ts";
import {
  BEFORE_ALL,
  type LineThreads,
  type LineWait,
  type Phase,
  type Report,
  type RunState,
} from "./run-state.ts";

export interface StoredRun {
  readonly version: 1;
  readonly id: string;
  /** The program's document, as VS Code names it. */
  readonly program: string;
  readonly title: string;
  readonly state: RunState;
  /** It was made for a comparison of models: no run of the program's that a timeline would show by itself. */
  readonly compared?: true;
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
  const result = resultOf(state.result);
  return {
    version: 1,
    id,
    program,
    title,
    ...(value.compared === true ? { compared: true } : {}),
    state: {
      ...BEFORE_ALL,
      phase,
      bytes,
      events,
      threads,
      clock: state.clock === "ticks" ? "ticks" : "nanoseconds",
      files,
      texts: isRecord(state.texts) && hasOnlyTexts(state.texts) ? state.texts : {},
      diagnostics: listOf(state.diagnostics, isDiagnostic),
      ...(result ? { result } : {}),
      ...(phase === "failed" ? {} : { report: reportOf(state.report) }),
    },
  };
}

function reportOf(value: unknown): Report {
  const report = isRecord(value) ? value : {};
  return {
    findings: listOf(report.findings, isFinding),
    sentence: typeof report.sentence === "string" ? report.sentence : "",
    waits: listOf(report.waits, isLineWait),
    threads: listOf(report.threads, isLineThreads),
  };
}

/** What the status bar says of how it ended. */
function resultOf(value: unknown): RunResult | undefined {
  const ending = isRecord(value) ? value.ending : undefined;
  if (!has(ending, { kind: "string" })) return undefined;
  if (!has(value, { durationNs: "number", events: "number", threads: "number" })) return undefined;
  // An ending of a kind that is not known says no more than that it has ended.
  const { durationNs, events, threads } = value;
  return { ending: ending as Ending, findings: [], durationNs, events, threads };
}

function isDiagnostic(value: unknown): value is Diagnostic {
  const place = { file: "string", line: "number", column: "number" } as const;
  const end = { endLine: "number", endColumn: "number" } as const;
  return (
    has(value, { ...place, ...end, code: "string", message: "string", severity: "string" }) &&
    ["error", "warning", "information"].includes(value.severity) &&
    value.line > 0 &&
    value.column > 0
  );
}

function isFinding(value: unknown): value is Finding {
  return (
    has(value, { kind: "string", code: "string", severity: "string", message: "string" }) &&
    Array.isArray((value as { sites?: unknown }).sites)
  );
}

function isLineWait(value: unknown): value is LineWait {
  const amounts = { waited: "number", longest: "number", times: "number" } as const;
  if (!has(value, { ...amounts, file: "string", line: "number", object: "string" })) return false;
  const { holders } = value as { holders?: unknown };
  const holder = { thread: "number", name: "string", waited: "number" } as const;
  return value.line > 0 && Array.isArray(holders) && holders.every((one) => has(one, holder));
}

function isLineThreads(value: unknown): value is LineThreads {
  if (!has(value, { file: "string", line: "number" }) || value.line < 1) return false;
  const { threads } = value as { threads?: unknown };
  const lived = { lived: "number", waited: "number" } as const;
  const thread = { thread: "number", order: "number", name: "string", ...lived } as const;
  return Array.isArray(threads) && threads.length > 0 && threads.every((one) => has(one, thread));
}

interface Types {
  readonly string: string;
  readonly number: number;
}

/** Whether a value is an object with members of these types. */
function has<Shape extends Readonly<Record<string, keyof Types>>>(
  value: unknown,
  shape: Shape,
): value is { [name in keyof Shape]: Types[Shape[name]] } {
  return (
    isRecord(value) && Object.entries(shape).every(([name, type]) => typeof value[name] === type)
  );
}

function listOf<T>(value: unknown, isOne: (one: unknown) => one is T): T[] {
  return Array.isArray(value) ? value.filter(isOne) : [];
}

function hasOnlyTexts(value: Record<string, unknown>): value is Record<string, string> {
  return Object.values(value).every((one) => typeof one === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
