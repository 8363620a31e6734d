/**
 * What `threadloom/testing` exports, for those who import it: self-contained, since it ships as it stands. A test holds that the
 * code beside it is what this says.
 */

export interface ExploreOptions {
  /** A function of the file's top level that is called last: several programs may lie in one file. */
  readonly entry?: string | undefined;
  /**
   * How orders are tried. `auto` (the default): at most 0, 1, 2, 3 preemptions, then every interleaving where that ends, else by
   * chance. `dpor`: every interleaving. `bounded`, `random`, `pos`, `pct`: docs/checking.md.
   */
  readonly strategy?: "auto" | "dpor" | "bounded" | "random" | "pos" | "pct" | undefined;
  /** Executions at most, in all phases together. */
  readonly maxExecutions?: number | undefined;
  /** Seconds at most; 60 where neither this nor `maxExecutions` is given. */
  readonly maxSeconds?: number | undefined;
  /** Makes what is by chance repeatable. Default: what the program's head says, else 0. */
  readonly seed?: number | undefined;
  /** The bound of `bounded`. Default: what the program's head says, else 2. */
  readonly preemptions?: number | undefined;
  /** How many constraints on the order a bug needs, for `pct`. Default: 3. */
  readonly depth?: number | undefined;
  /** Wake-ups without a reason that waits of an execution may have. Default: what the program's head says, else 0, and for `auto` then 1. */
  readonly spurious?: number | undefined;
  /** Counts outputs as alike in which each thread prints the same. */
  readonly perThreadOutput?: boolean | undefined;
  /** Goes on after a failure, until everything has been found. */
  readonly keepGoing?: boolean | undefined;
  /** Tried before anything else: the text of a schedule, as a failure prints it. */
  readonly schedule?: string | undefined;
  /** Keeps the schedule of a failure beside the program's file, where it is tried first from then on. Not for functions. */
  readonly save?: boolean | undefined;
}

/** One way in which the program can end. */
export interface Outcome {
  /** What was printed, in order. */
  readonly output: string;
  /** The last values of `@shared` variables. */
  readonly shared: Readonly<Record<string, unknown>>;
  /** How many executions ended so. */
  readonly count: number;
  /** One that did. */
  readonly schedule: string;
}

export interface Place {
  readonly file: string;
  /** From 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

/** Something that was found, with the run that shows it. */
export interface ExploredFinding {
  /** `deadlock`, `race`, `assertion`…: docs/checking.md. */
  readonly kind: string;
  /** `threadloom explain` tells more of it. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly sites: readonly Place[];
  readonly remedy?: string;
  /** The shortest schedule found on which it shows; absent where it is about all runs. */
  readonly schedule?: string;
  /** What happened in that run: a line for each thing that matters. */
  readonly story?: readonly { readonly text: string; readonly site?: Place }[];
  /** Of a check of linearizability: what was called. */
  readonly history?: CallHistory;
}

/** The calls that no order explains. */
export interface CallHistory {
  /** In the order of their invocations. */
  readonly calls: readonly {
    readonly thread: string;
    /** `push(1)`. */
    readonly call: string;
    /** What it returned, as `console.log` shows it, or `throws RangeError`; null: it did not return. */
    readonly outcome: string | null;
    /** When it was invoked and returned, as places in the order of all such moments. */
    readonly from: number;
    readonly to: number;
    readonly place?: Place;
  }[];
  /** How far an order comes at most, and what the model would answer next. */
  readonly why: string;
}

/** Something that the compiler says of a program's text. */
export interface Diagnostic extends Place {
  readonly code: string;
  readonly severity: "error" | "warning" | "information";
  readonly message: string;
  readonly remedy?: string;
  /** Whether the program cannot run because of it: type errors never stop a program. */
  readonly stops: boolean;
}

export interface Explored {
  /** `ok`, or what `@expect` of the program's head names. */
  readonly verdict: string;
  /** Of the last phase. */
  readonly executions: number;
  /** Whether every interleaving was explored: then a pass is a proof. */
  readonly complete: boolean;
  readonly outcomes: readonly Outcome[];
  /** What does not make it fail: warnings, and what `@expect` names. */
  readonly findings: readonly ExploredFinding[];
  /** Of a check of linearizability: scenarios explored, those of which every interleaving was, and histories judged. */
  readonly linearizability?: {
    readonly scenarios: number;
    readonly whole: number;
    readonly histories: number;
  };
}

/**
 * Explores a program under every interleaving of its threads, and throws an `ExplorationError` with story and schedule where it does
 * not come to what its head expects (`@expect`; else `ok`). Blocks until it is done.
 *
 * @param program the URL of the program's file, which needs no set-up; or a function, which is compiled with what it uses of
 *   its file and needs a transform: `--import threadloom/register`, `threadloom/vite` or `threadloom/jest`
 * @throws {ExplorationError} it fails, does not compile, or the search was cut short before it knew
 */
export function explore(
  program: URL | string | (() => unknown),
  options?: ExploreOptions,
): Explored;

/** What is checked. `S` is a structure that threads share: a handle, or an object made of handles. */
export interface LinearizableOptions<S> {
  /** Makes one. */
  readonly create: () => S;
  /** What threads call, with the structure and a small number. Called one after another, they must be deterministic. */
  readonly operations: Readonly<Record<string, (structure: S, argument: number) => unknown>>;
  /** Makes what says what is right, called by one thread. Default: the structure itself, as `create` makes it. */
  readonly model?: (() => S) | undefined;
  /** How many threads call at once. Default: 2. */
  readonly threads?: number | undefined;
  /** How many calls each makes at most. Default: 2. */
  readonly operationsPerThread?: number | undefined;
}

/**
 * Checks that a structure which threads share is linearizable: each call comes to what it would in some order of all calls, one
 * after another, in which what had returned before another was invoked comes first. Small scenarios of the operations are made up,
 * and all their interleavings explored. Throws an `ExplorationError` with the calls that no order explains.
 *
 * @param checked becomes a program, with what it uses of its file: that needs a transform, as functions given to `explore` do
 * @throws {ExplorationError} no order explains the calls of some scenario; an operation can lock up; it does not compile
 */
export function linearizable<S>(
  checked: LinearizableOptions<S>,
  options?: Omit<ExploreOptions, "entry" | "save">,
): Explored;

/** A program does not come to what it should. The message has all of it in words. */
export class ExplorationError extends Error {
  override readonly name: "ExplorationError";
  /** What it came to: `deadlock`, `assertion`, `limit`…, or `error` for a program that does not compile. */
  readonly verdict: string;
  /** What `@expect` says, or `ok`. */
  readonly expected: string;
  /** The gravest first. */
  readonly findings: readonly ExploredFinding[];
  /** Of the gravest finding that has one: the order of threads that shows it. */
  readonly schedule: string | undefined;
  /** Of the same finding: what happened, a line for each thing that matters. */
  readonly story: string | undefined;
  /** Absent for a program that does not compile. */
  readonly result: Explored | undefined;
  /** What the compiler said, warnings included. */
  readonly diagnostics: readonly Diagnostic[];
}
