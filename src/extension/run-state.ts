/**
 * What is known of one run at a moment: the value that panel, status bar, lenses, Problems and decorations all show.
 * Immutable: each change is a new one.
 */
import type { Clock } from "../base/duration.ts";
import type { Diagnostic } from "../protocol/program.ts";
import type { RunResult } from "../protocol/run.ts";
import type { Finding } from "../trace/finding.ts";

/**
 * compiling → starting → running → ended; failed and cancelled from anywhere. A run that was not to be compiled, or
 * whose runner broke, is `failed`; one that ended badly (a panic, a deadlock, a limit) is `ended`.
 */
export type Phase = "compiling" | "starting" | "running" | "ended" | "failed" | "cancelled";

export interface RunState {
  readonly phase: Phase;
  /** How much of the recording may be read. */
  readonly bytes: number;
  readonly events: number;
  readonly threads: number;
  /** What times and durations of it count. */
  readonly clock: Clock;
  /** What the compiler says; some of it may stop the run. */
  readonly diagnostics: readonly Diagnostic[];
  /** The person's files that the program is made of, as sites name them. */
  readonly files: readonly string[];
  /** Fingerprints of the texts that ran, by file (`source-texts.ts`). */
  readonly texts: Readonly<Record<string, string>>;
  /** Of a run of before a reload: files that have changed since. Nothing is said beside their lines. */
  readonly changedFiles: readonly string[];
  /** How it ended, if it ran. */
  readonly result?: RunResult;
  /** What went wrong on our side; not what the compiler says of the program. */
  readonly failure?: {
    readonly stage: "compiling" | "running" | "examining";
    readonly reason: string;
  };
  /** What the recording says, once it was examined. */
  readonly report?: Report;
}

/** What examining a recording gave. */
export interface Report {
  readonly findings: readonly Finding[];
  /** What happened, in one sentence. */
  readonly sentence: string;
  readonly waits: readonly LineWait[];
  readonly threads: readonly LineThreads[];
}

/** The threads that one line of the source started. */
export interface LineThreads {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** At least one. */
  readonly threads: readonly StartedThread[];
}

export interface StartedThread {
  readonly thread: number;
  /** Its place in order of creation, which its colour goes by. */
  readonly order: number;
  readonly name: string;
  /** From its beginning to its end, and how much of that it was blocked or waited: by the run's clock. */
  readonly lived: number;
  readonly waited: number;
}

/** What one line of the source waited for, summed over the run. */
export interface LineWait {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** By the run's clock, in all; and the longest single wait. */
  readonly waited: number;
  readonly longest: number;
  readonly times: number;
  /** How many of these waits the run's end cut short: it never got there. */
  readonly unserved: number;
  /** What was waited for: `db`. */
  readonly object: string;
  /** Those who held it meanwhile, the one waited for longest first. */
  readonly holders: readonly {
    readonly thread: number;
    readonly name: string;
    readonly waited: number;
  }[];
}

export const BEFORE_ALL: RunState = {
  phase: "compiling",
  bytes: 0,
  events: 0,
  threads: 0,
  clock: "nanoseconds",
  diagnostics: [],
  files: [],
  texts: {},
  changedFiles: [],
};

export function isOver({ phase }: RunState): boolean {
  return phase === "ended" || phase === "failed" || phase === "cancelled";
}

/** Whether lines of a file are still where they were in the run, as far as it was looked at after a reload. */
export function isAsItRan({ changedFiles }: RunState, file: string): boolean {
  return !changedFiles.includes(file);
}

/** Whether there is something to draw. */
export function isRecorded({ bytes }: RunState): boolean {
  return bytes > 0;
}
