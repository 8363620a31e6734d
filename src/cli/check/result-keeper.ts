/**
 * Keeps what was found, as it is found: the result file is written at the beginning, then at most once a second, then at the end,
 * so that a check that is killed half-way leaves a whole one to go on from.
 */
import type { ExploreOptions } from "../../protocol/explore.ts";
import {
  type KeptOptions,
  type KeptParts,
  type ProgramResult,
  RESULT_FORMAT,
  RESULT_VERSION,
} from "../../protocol/result-file.ts";
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { Complaint } from "../complaint.ts";
import type { Checked } from "../../explore/checked.ts";
import type { CheckRequest } from "./request.ts";
import { readResult, thisTool, writeResult } from "./result-file.ts";

const GAP_MS = 1000;

export class ResultKeeper {
  readonly #file: string | undefined;
  /** What an earlier check had, by file. */
  readonly #before: ReadonlyMap<string, ProgramResult>;
  readonly #programs: ProgramResult[] = [];
  /** By file: programs that are being explored, as far as parts of that are done. */
  readonly #underWay = new Map<string, ProgramResult>();
  #writtenAt = performance.now();
  #complaint: Complaint | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(file: string | undefined, before: readonly ProgramResult[]) {
    this.#file = file;
    this.#before = new Map(before.map((program) => [program.file, program]));
    this.#complaint = this.#write(false);
  }

  /** A resumed file is gone on with, unless the result goes elsewhere. */
  static open({
    result,
    resume,
  }: Pick<CheckRequest, "result" | "resume">): ResultKeeper | { readonly complaint: Complaint } {
    if (resume === undefined) return opened(new ResultKeeper(result, []));
    const read = readResult(resume);
    if ("complaint" in read) return read;
    const { tool, programs } = read.result;
    if (tool !== thisTool()) {
      const values = { file: resume, tool, own: thisTool() };
      return { complaint: tell(CHECKING_MESSAGES.otherTool, values) };
    }
    return opened(new ResultKeeper(result ?? resume, programs));
  }

  /** The parts of a search that are done, if the same was asked of the same text. */
  partsOf(file: string, hash: string, options: ExploreOptions): KeptParts | undefined {
    const before = this.#before.get(file);
    if (before?.hash !== hash || before.options === undefined) return undefined;
    return wanted(before.options) === wanted(options) ? before.parts : undefined;
  }

  /** A program is explored as far as these parts. */
  keepParts(checked: Checked, options: ExploreOptions, parts: KeptParts): void {
    const kept = { ...checked, interrupted: true as const, options: keptOptions(options), parts };
    this.#underWay.set(checked.file, kept);
    this.#writeSoon();
  }

  /** What is known of it, if the same was asked of the same text, and it came to its end. */
  known(file: string, hash: string, options: ExploreOptions): Checked | undefined {
    const before = this.#before.get(file);
    if (before?.hash !== hash || before.options === undefined || before.result === undefined) {
      return undefined;
    }
    const wasCutShort = before.interrupted === true || before.result.verdict === "limit";
    if (wasCutShort || wanted(before.options) !== wanted(options)) return undefined;
    const { options: _options, ...checked } = before;
    return checked;
  }

  /** Why it could not be written is told by `close`: what was found is told all the same. */
  keep(checked: Checked, options: ExploreOptions | undefined): void {
    const asked = options === undefined ? {} : { options: keptOptions(options) };
    const parts = this.#underWay.get(checked.file)?.parts;
    this.#underWay.delete(checked.file);
    const isWhole = checked.interrupted !== true && checked.result?.verdict !== "limit";
    const left = isWhole || parts === undefined ? {} : { parts };
    this.#programs.push({ ...checked, ...asked, ...left });
    this.#writeSoon();
  }

  #writeSoon(): void {
    const due = Math.max(0, this.#writtenAt + GAP_MS - performance.now());
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write(false);
    }, due);
  }

  /** `finished`: all that was asked for is there. Answers why it could not be written. */
  close(finished: boolean): Complaint | undefined {
    clearTimeout(this.#timer);
    return this.#write(finished);
  }

  /** Why it could not be written. */
  get unwritten(): Complaint | undefined {
    return this.#complaint;
  }

  #write(finished: boolean): Complaint | undefined {
    if (this.#file === undefined) return undefined;
    // What is not explored yet is as it was before.
    const now = [...this.#programs, ...this.#underWay.values()];
    const done = new Set(now.map(({ file }) => file));
    const earlier = finished
      ? []
      : [...this.#before.values()].filter(({ file }) => !done.has(file));
    const written = writeResult(this.#file, {
      ...{ format: RESULT_FORMAT, version: RESULT_VERSION, tool: thisTool(), finished },
      programs: [...now, ...earlier],
    });
    this.#writtenAt = performance.now();
    return written;
  }
}

function opened(keeper: ResultKeeper): ResultKeeper | { readonly complaint: Complaint } {
  return keeper.unwritten === undefined ? keeper : { complaint: keeper.unwritten };
}

/** What a file keeps of them. */
export function keptOptions({
  schedules: _schedules,
  maxSeconds = Infinity,
  ...options
}: ExploreOptions): KeptOptions {
  // JSON has no infinity.
  return maxSeconds === Infinity ? options : { ...options, maxSeconds };
}

/** What decides about the result: how long one was willing to wait does not, once it came to its end. */
function wanted({ maxSeconds: _seconds, ...options }: KeptOptions): string {
  return JSON.stringify(
    Object.entries(keptOptions(options)).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
