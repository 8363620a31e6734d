/**
 * What tools need of the world: files, the compiler, engines, time. The command line has one on Node (`cli/mcp/world.ts`), the
 * editor one over its own compiler and processes, in which documents that are not saved stand for their files.
 */
import type { Compilation, CompiledProgram } from "../protocol/program.ts";
import type { ExploreProgress, ExploreRequest, ExploreResult } from "../protocol/explore.ts";
import type { RunOptions, RunResult } from "../protocol/run.ts";
import type { StepChannel } from "../protocol/step.ts";
import type { Told } from "./refusal.ts";

export interface AgentWorld {
  /** Of what is relative, the place: absolute, as the compiler and the disk take it. */
  locate(place: string): string;
  /** A path as somebody who works here would write it: relative where it lies near. */
  nearby(file: string): string;
  /** The programs that are meant by a file or a folder. */
  programsAt(place: string): Promise<Programs>;
  /** A file's text as it is now, edited or not; undefined where there is none. */
  readText(file: string): Promise<string | undefined>;
  /** A file's bytes; undefined where there is none. */
  readBytes(file: string): Promise<Uint8Array | undefined>;
  /** `debug`: the model's form, with which a step session looks into code. Rejects when the signal is aborted. */
  compile(
    file: string,
    form: "native" | "model" | "debug",
    signal: AbortSignal,
  ): Promise<Compilation>;
  explore(request: ExploreRequest, tell: (progress: ExploreProgress) => void): RunningSearch;
  run(program: CompiledProgram, options: RunOptions): RunningRun;
  /** A channel to a session that has not begun, in a process of its own. */
  openStepping(): StepChannel;
  /** Where a trace may be written; gone when it is disposed of. */
  scratchFile(): Promise<{ readonly path: string } & AsyncDisposable>;
  /** A page of the documentation (`annotations`, `std`, …) as Markdown. */
  page(name: string): Promise<string>;
  /** Calls back after so many milliseconds, unless the answer is called before. Keeps no process alive. */
  after(milliseconds: number, callBack: () => void): () => void;
  /** Milliseconds from some beginning. */
  now(): number;
  /** Where programs find themselves. */
  readonly folder: string;
  /** Bytes that a run or a session may take. */
  readonly memoryLimitBytes: number;
}

export type Programs =
  { readonly files: readonly string[]; readonly isFolder: boolean } | { readonly complaint: Told };

/** A program as it is explored; never rejects. */
export interface RunningSearch {
  readonly ended: Promise<ExploreResult>;
  /** Ends it at once, its process with it. */
  cancel(): void;
}

/** A program as it runs; never rejects. */
export interface RunningRun {
  readonly ended: Promise<RunResult>;
  cancel(): void;
}
