/**
 * What a trace says beside its records: the rows that give records their names and lines.
 * Rows are only ever added while a run goes on, so a reader may take them up as they come.
 */
import type { SiteId, ThreadId } from "../base/brand.ts";

/** Facts about the run, known when it begins. */
export interface TraceHead {
  /** The program's entry: a path or URI as the person knows it. */
  readonly program: string;
  readonly engine: "native" | "model";
  /** Wall-clock time when the run began, ISO 8601; absent on the model engine. */
  readonly began?: string;
  readonly tool: string;
  /**
   * What times count: absent, nanoseconds; "ticks": work, by the model engine's cost clock (one for each event and each edge
   * of a loop, on the core that does it).
   */
  readonly clock?: "ticks";
  /** The execution model that was played, and on how many cores. */
  readonly model?: "parallel" | "timesliced" | "cooperative" | "green";
  readonly cores?: number;
  /** In ticks; absent where nobody is interrupted. */
  readonly quantum?: number;
}

/** What all threads of a run were given alike from outside, so that a replay can give it again. */
export interface Facts {
  /** Where the run's random numbers come from: each thread's begin with its parent's seed and which child it is. */
  readonly seed: number;
  /** What `availableParallelism()` answers. */
  readonly parallelism: number;
  /** What the program was called with. */
  readonly argv: readonly string[];
  /** When it began: milliseconds since 1970. */
  readonly beganMs: number;
  /** Somebody decided who goes on: what `exploring()` of `threadloom:check` answers. */
  readonly exploring?: true;
}

/** An instrumented place. Row 0 is unused (`NO_SITE`). Lines and columns count from 1. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where the instrumented text ends. */
  readonly endLine: number;
  readonly endColumn: number;
  /** What stands there: the kind of expression, for stories and tooltips. */
  readonly kind:
    | "call"
    | "new"
    | "read"
    | "write"
    | "using"
    | "release"
    | "iterate"
    | "await"
    | "label"
    | "spawn"
    | "assert"
    | "thread";
  /** The name of what is made or touched there (`db` in `const db = new Mutex()`), or a label's text. */
  readonly name?: string;
  /** The source text, shortened to 80 characters. */
  readonly text?: string;
  /** Of a `@shared` variable: the site at which the lock is made that every access must hold. */
  readonly guardedBy?: number;
}

export interface ThreadRow {
  readonly id: ThreadId;
  readonly name: string;
  /** Its thread object, as records name it. */
  readonly object: number;
  /** Whose thread it is, by the number of a `ProcessRow`; absent: the program's own. */
  readonly process?: number;
}

/** A process that the program has started. */
export interface ProcessRow {
  /** From 1. */
  readonly id: number;
  readonly name: string;
  /** What the system calls it; in the model a number that is made up. */
  readonly pid: number;
  /** Its main thread. */
  readonly thread: ThreadId;
  /** The process that has started it; absent: the program's own. */
  readonly parent?: number;
  /** Its process object, and the channels by which it is sent to and received from, as records name them. */
  readonly object: number;
  readonly down: number;
  readonly up: number;
}

export interface OutputLine {
  /** From 0, in the order of the console. */
  readonly sequence: number;
  readonly thread: ThreadId;
  readonly stream: "log" | "info" | "warn" | "error" | "debug";
  readonly text: string;
  readonly site: SiteId;
  /** Nanoseconds since the run began. */
  readonly time: number;
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** How a run ended. */
export type Ending =
  | { readonly kind: "finished" }
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "stuck" }
  | { readonly kind: "time-limit"; readonly limitMs: number }
  | { readonly kind: "memory-limit"; readonly limitBytes: number }
  /** Model engine: so many steps were made. */
  | { readonly kind: "step-limit"; readonly limit: number }
  /** Model engine: a thread had to wait where it cannot be suspended. */
  | { readonly kind: "unmodelled" }
  | { readonly kind: "crashed"; readonly reason: string }
  | { readonly kind: "cancelled" };
