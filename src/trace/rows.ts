/**
 * Checks the rows of a trace's tables where they come in: parsed at the edge, trusted within. Each function makes a new
 * object of the fields that it knows, or throws `RowError` with what is wrong; fields that it does not know are dropped.
 */
import type { SiteId, ThreadId } from "../base/brand.ts";
import { MAX_THREAD } from "./event.ts";
import type { Finding, FindingKind, Place } from "./finding.ts";
import type {
  Ending,
  Facts,
  OutputLine,
  ProcessRow,
  Site,
  SourceText,
  ThreadRow,
  TraceHead,
} from "./tables.ts";

/** Never leaves `src/trace`: the reader makes a problem of it. */
export class RowError extends Error {}

type Fields = { readonly [name: string]: unknown };

function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RowError("a row is no object");
  }
  return value as Fields;
}

function text(row: Fields, name: string): string {
  const value = row[name];
  if (typeof value !== "string") throw new RowError(`"${name}" is no text`);
  return value;
}

function whole(row: Fields, name: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = row[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > most) {
    throw new RowError(`"${name}" is no number from 0 to ${most}`);
  }
  return value;
}

/** A duration or a time: finite, not negative, with a fraction if it likes. */
function amount(row: Fields, name: string): number {
  const value = row[name];
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    throw new RowError(`"${name}" is no amount`);
  }
  return value;
}

function oneOf<const T extends string>(row: Fields, name: string, known: readonly T[]): T {
  const value = row[name];
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new RowError(`"${name}" is none of ${known.join(", ")}`);
  return found;
}

function list<T>(value: unknown, item: (value: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new RowError("a list is missing");
  return value.map((entry) => item(entry));
}

/** A field that may be absent: then the row made has none either. */
function maybe<Name extends string, T>(
  row: Fields,
  name: Name,
  take: (row: Fields, name: Name) => T,
): { readonly [name in Name]?: T } {
  return row[name] === undefined ? {} : ({ [name]: take(row, name) } as { [name in Name]?: T });
}

export function headRow(value: unknown): TraceHead {
  const row = fields(value);
  return {
    program: text(row, "program"),
    engine: oneOf(row, "engine", ["native", "model"]),
    tool: text(row, "tool"),
    ...maybe(row, "began", text),
    ...maybe(row, "clock", (of, name) => oneOf(of, name, ["ticks"])),
    ...maybe(row, "model", (of, name) =>
      oneOf(of, name, ["parallel", "timesliced", "cooperative", "green"]),
    ),
    ...maybe(row, "cores", whole),
    ...maybe(row, "quantum", whole),
  };
}

export function factsRow(value: unknown): Facts {
  const row = fields(value);
  return {
    seed: whole(row, "seed", 0xffff_ffff),
    parallelism: whole(row, "parallelism"),
    argv: list(row["argv"], (entry) => text({ entry }, "entry")),
    beganMs: whole(row, "beganMs"),
    ...(row["exploring"] === true ? { exploring: true } : {}),
  };
}

const SITE_KINDS: readonly Site["kind"][] = [
  "call",
  "new",
  "read",
  "write",
  "using",
  "release",
  "iterate",
  "await",
  "label",
  "spawn",
  "assert",
  "thread",
];

export function siteRow(value: unknown): Site | null {
  if (value === null) return null;
  const row = fields(value);
  return {
    file: text(row, "file"),
    line: whole(row, "line"),
    column: whole(row, "column"),
    endLine: whole(row, "endLine"),
    endColumn: whole(row, "endColumn"),
    // A newer minor version may know more kinds of place; all of them are calls of some sort.
    kind: SITE_KINDS.find((kind) => kind === row["kind"]) ?? "call",
    ...maybe(row, "name", text),
    ...maybe(row, "text", text),
    ...maybe(row, "guardedBy", whole),
  };
}

export function sourceRow(value: unknown): SourceText {
  const row = fields(value);
  return { file: text(row, "file"), text: text(row, "text") };
}

export function threadRow(value: unknown): ThreadRow {
  const row = fields(value);
  return {
    id: whole(row, "id", MAX_THREAD) as ThreadId,
    name: text(row, "name"),
    object: whole(row, "object"),
    ...maybe(row, "process", whole),
  };
}

export function processRow(value: unknown): ProcessRow {
  const row = fields(value);
  return {
    id: whole(row, "id"),
    name: text(row, "name"),
    pid: whole(row, "pid"),
    thread: whole(row, "thread", MAX_THREAD) as ThreadId,
    ...maybe(row, "parent", whole),
    object: whole(row, "object"),
    down: whole(row, "down"),
    up: whole(row, "up"),
  };
}

export function stringRow(value: unknown): readonly [index: number, text: string] {
  if (!Array.isArray(value)) throw new RowError("a row is no pair");
  const row = { index: value[0] as unknown, text: value[1] as unknown };
  return [whole(row, "index"), text(row, "text")];
}

export function outputRow(value: unknown): OutputLine {
  const row = fields(value);
  return {
    sequence: whole(row, "sequence"),
    thread: whole(row, "thread", MAX_THREAD) as ThreadId,
    stream: oneOf(row, "stream", ["log", "info", "warn", "error", "debug"]),
    text: text(row, "text"),
    site: whole(row, "site") as SiteId,
    time: amount(row, "time"),
  };
}

export function findingRow(value: unknown): Finding {
  const row = fields(value);
  const numbers = (of: Fields, name: string): number[] =>
    list(of[name], (entry) => whole({ entry }, "entry"));
  return {
    // A newer minor version may know more kinds: what cannot be named is still worth showing.
    kind: text(row, "kind") as FindingKind,
    code: text(row, "code"),
    severity: oneOf(row, "severity", ["error", "warning"]),
    message: text(row, "message"),
    sites: list(row["sites"], placeOf),
    ...maybe(row, "remedy", text),
    ...maybe(row, "chain", (of, name) => list(of[name], linkOf)),
    ...maybe(row, "time", amount),
    ...maybe(row, "threads", numbers),
    ...maybe(row, "objects", numbers),
  };
}

function placeOf(value: unknown): Place {
  const row = fields(value);
  return { file: text(row, "file"), line: whole(row, "line"), column: whole(row, "column") };
}

function linkOf(value: unknown): NonNullable<Finding["chain"]>[number] {
  const row = fields(value);
  return {
    text: text(row, "text"),
    ...maybe(row, "site", (of, name) => placeOf(of[name])),
    ...maybe(row, "thread", (of, name) => whole(of, name, MAX_THREAD)),
  };
}

export function endRow(value: unknown): {
  readonly ending: Ending;
  readonly durationNs: number;
  readonly events: number;
} {
  const row = fields(value);
  return {
    ending: endingOf(row["ending"]),
    durationNs: amount(row, "durationNs"),
    events: whole(row, "events"),
  };
}

function endingOf(value: unknown): Ending {
  const row = fields(value);
  const kinds: readonly Ending["kind"][] = [
    "finished",
    "exited",
    "stuck",
    "time-limit",
    "memory-limit",
    "step-limit",
    "unmodelled",
    "crashed",
    "cancelled",
  ];
  const kind = oneOf(row, "kind", kinds);
  switch (kind) {
    case "finished":
    case "stuck":
    case "unmodelled":
    case "cancelled":
      return { kind };
    case "exited":
      return { kind, code: whole(row, "code", 0xffff_ffff) };
    case "time-limit":
      return { kind, limitMs: amount(row, "limitMs") };
    case "memory-limit":
      return { kind, limitBytes: amount(row, "limitBytes") };
    case "step-limit":
      return { kind, limit: amount(row, "limit") };
    case "crashed":
      return { kind, reason: text(row, "reason") };
  }
}
