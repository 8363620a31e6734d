/**
 * Result files of several jobs → one result a program. Refused is what cannot be one whole: other texts, other versions, other
 * ways of exploring. Missing and doubled shards are told, and the whole is never called complete without all of them.
 */
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { type Message, tell } from "../../base/catalogue/message.ts";
import type { ExploredFinding } from "../../protocol/explore.ts";
import type { KeptOptions, ProgramResult, ResultFile } from "../../protocol/result-file.ts";
import { thisTool } from "../check/result-file.ts";
import type { Complaint } from "../complaint.ts";
import { unite } from "./unite.ts";
import { grouped } from "../../base/grouped.ts";

export interface NamedResult {
  readonly name: string;
  readonly result: ResultFile;
}

export type Merged =
  | { readonly programs: readonly ProgramResult[]; readonly warnings: readonly Complaint[] }
  | { readonly complaint: Complaint };

/** A program's result, and the file that has it. */
interface Part extends ProgramResult {
  readonly from: string;
}

/** Says why the whole cannot be had. */
class Refused {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    this.complaint = complaint;
  }
}

export function mergeFiles(files: readonly NamedResult[]): Merged {
  const other = files.find(({ result }) => result.tool !== thisTool());
  if (other !== undefined) {
    const values = { file: other.name, tool: other.result.tool, own: thisTool() };
    return { complaint: tell(CHECKING_MESSAGES.otherTool, values) };
  }
  const parts = files.flatMap(({ name, result }) =>
    result.programs.map((program): Part => ({ ...program, from: name })),
  );
  const [first] = files;
  if (parts.length === 0) {
    return { complaint: tell(CHECKING_MESSAGES.emptyResults, { file: first.name }) };
  }
  const warnings: Complaint[] = [];
  const programs: ProgramResult[] = [];
  for (const same of grouped(parts, ({ file }) => file).values()) {
    const merged = mergeProgram(same, warnings);
    if (merged instanceof Refused) return { complaint: merged.complaint };
    programs.push(merged);
  }
  return { programs, warnings };
}

function mergeProgram(parts: readonly Part[], warnings: Complaint[]): ProgramResult | Refused {
  const [first] = parts;
  const broken = parts.find(({ result }) => result === undefined);
  const stranger = parts.find(({ hash }) => hash !== first.hash);
  if (stranger !== undefined) {
    const values = { program: first.file, one: first.from, other: stranger.from };
    return new Refused(tell(CHECKING_MESSAGES.otherProgram, values));
  }
  if (broken !== undefined) return programOf(broken);
  const otherwise = parts.find(({ options }) => asked(options!) !== asked(first.options!));
  if (otherwise !== undefined) {
    const values = { program: first.file, one: first.from, other: otherwise.from };
    return new Refused(tell(CHECKING_MESSAGES.otherSearch, values));
  }
  const of = first.shard?.of ?? 1;
  const split = parts.find(({ shard }) => (shard?.of ?? 1) !== of);
  if (split !== undefined) {
    const values = { program: first.file, one: of, other: split.shard?.of ?? 1 };
    return new Refused(tell(CHECKING_MESSAGES.otherSplit, values));
  }
  return putTogether(parts, of, warnings);
}

function putTogether(parts: readonly Part[], of: number, warnings: Complaint[]): ProgramResult {
  const [first] = parts;
  const byIndex = new Map<number, Part>();
  const about = { program: first.file, of };
  for (const part of parts) {
    const index = part.shard?.index ?? 1;
    const known = byIndex.get(index);
    if (known === undefined) byIndex.set(index, part);
    else {
      const values = { ...about, index, one: known.from, other: part.from };
      warnings.push(tell(CHECKING_MESSAGES.doubledShard, values));
    }
  }
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter(
    (index) => !byIndex.has(index),
  );
  const lack = missing.length === 0 ? undefined : { ...about, missing: ranges(missing) };
  const { result, repeated } = unite(
    [...byIndex].sort(([one], [other]) => one - other).map(([, part]) => part.result!),
    lack && limit(CHECKING_MESSAGES.missingShards, lack),
  );
  if (repeated > 0) {
    const values = { program: first.file, repeated, distinct: result.traces!.length };
    warnings.push(tell(CHECKING_MESSAGES.repeatedWork, values));
  }
  const { shard: _shard, interrupted: _interrupted, options, ...program } = programOf(first);
  const { shard: _part, ...whole } = options!;
  const isInterrupted = parts.some(({ interrupted }) => interrupted === true);
  return {
    ...program,
    options: whole,
    result,
    ...(isInterrupted ? { interrupted: true } : {}),
    durationMs: Math.max(...parts.map(({ durationMs }) => durationMs)),
  };
}

function programOf({ from: _from, ...program }: Part): ProgramResult {
  return program;
}

function limit<const Values extends readonly string[]>(
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
): ExploredFinding {
  return { kind: "limit", severity: "error", sites: [], ...tell(entry, values) };
}

/** What must be the same for parts to be parts of one whole. */
function asked({ shard: _shard, maxSeconds: _seconds, ...options }: KeptOptions): string {
  return JSON.stringify(Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** `2, 5 to 9`: numbers that ascend. */
function ranges(numbers: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(", ");
}
