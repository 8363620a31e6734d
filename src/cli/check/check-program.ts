/** Checks one program: compiles it, looks for what is known of it already, and has it explored. */
import type { ExploreOptions, ExploreProgress, ExploreResult } from "../../protocol/explore.ts";
import type { SourceHash } from "../../protocol/certificate.ts";
import type { Compilation } from "../../protocol/program.ts";
import type { Complaint } from "../complaint.ts";
import type { Checked } from "../../explore/checked.ts";
import { exploreOptions, type SearchRequest } from "../../explore/explore-options.ts";
import { readSavedSchedule } from "../../explore/node/saved-schedule-file.ts";
import type { KeptParts } from "../../protocol/result-file.ts";
import { exploreProgram } from "./explore-program.ts";
import type { ExplorerPool } from "./explorer-pool.ts";
import { sourceHash, sourceHashes } from "./source-hash.ts";

export interface CheckParts {
  readonly file: string;
  readonly search: SearchRequest;
  readonly compiling: Promise<Compilation>;
  readonly pool: ExplorerPool;
  readonly signal: AbortSignal;
  readonly tell: (progress: ExploreProgress) => void;
  readonly warn: (complaint: Complaint) => void;
  /** What an earlier search had of it, asked as this one would be. */
  readonly known: (file: string, hash: string, options: ExploreOptions) => Checked | undefined;
  /** Parts of it that an earlier search, or this one, has done. */
  readonly partsOf: (file: string, hash: string, options: ExploreOptions) => KeptParts | undefined;
  readonly keepParts: (checked: Checked, options: ExploreOptions, parts: KeptParts) => void;
}

export interface CheckedProgram {
  readonly checked: Checked;
  readonly options?: ExploreOptions;
  /** Of all its files; absent for one that does not compile. */
  readonly sources?: readonly SourceHash[];
}

/** Undefined: it was interrupted before it was explored. */
export async function checkProgram(parts: CheckParts): Promise<CheckedProgram | undefined> {
  const { file, search, pool, signal, tell } = parts;
  const began = performance.now();
  const sinceBegan = () => Math.round(performance.now() - began);
  const compilation = await parts.compiling.catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (compilation === undefined || signal.aborted) return undefined;
  const { diagnostics } = compilation;
  if (!compilation.ok) {
    return { checked: { file, expected: "ok", diagnostics, durationMs: sinceBegan() } };
  }
  const { program } = compilation;
  const { shard } = search;
  const hash = sourceHash(program);
  const sources = sourceHashes(program);
  const saved = readSavedSchedule(file, parts.warn);
  const options = exploreOptions(search, program.options, saved === undefined ? [] : [saved]);
  const known = parts.known(file, hash, options);
  if (known !== undefined) return { checked: known, options, sources };
  const checkedBy = (result: ExploreResult): Checked => ({
    ...{ file, expected: program.options.expect ?? "ok", hash, diagnostics, result },
    ...(shard === undefined ? {} : { shard }),
    ...(signal.aborted && !result.complete ? { interrupted: true } : {}),
    durationMs: sinceBegan(),
  });
  const result = await exploreProgram({
    ...{ program, options, pool, signal, tell },
    kept: parts.partsOf(file, hash, options),
    keep: (done, soFar) => parts.keepParts(checkedBy(soFar), options, done),
  });
  return result === undefined ? undefined : { checked: checkedBy(result), options, sources };
}
