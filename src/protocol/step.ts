/**
 * The messages between somebody who steps through a program (the debug adapter, the stepper's panel) and the session that has
 * the run: a worker of the runner process, or of a browser. The same on both sides of every channel; version in `begin`.
 *
 * Every request is answered once, by its `id`. Whatever a request changed is told by one `moment` event *before* its answer,
 * so that all who look at a session see the same, whoever asked. Where the session's run is given is a *position*: a moment
 * (the operations made so far, a node of the tree) and, in debug builds, how far each thread's code has gone since.
 *
 * Threads stand still while anybody looks. Looking changes nothing: values are read where they are, and an expression that
 * would call or assign something of the program is refused. `set` alone changes a run, from there on.
 */
import type { ThreadId } from "../base/brand.ts";
import type { Finding, Place } from "../trace/finding.ts";
import type { Ending, OutputLine } from "../trace/tables.ts";
import type { TraceProblem } from "../trace/problem.ts";
import type { CompiledProgram } from "./program.ts";

export const STEP_PROTOCOL = 1;

/** A node of the tree of operations tried: 0 is the beginning. Never used again for another. */
export type MomentId = number & { readonly moment: unique symbol };

// ---- what a session is asked

export type StepRequest =
  /**
   * First of all. Answers `Begun`. The run stands before main's first step, then follows `schedule` (the text of one,
   * docs/schedules.md) or the order of `trace` (a `.tltrace`), as far as it fits, and stands at its end; the tree has all
   * moments on the way.
   */
  | {
      readonly kind: "begin";
      readonly protocol: number;
      /** In the debug form; compiled natively, the session is on real threads from the beginning. */
      readonly program: CompiledProgram;
      /**
       * The same program, compiled natively: where the model engine cannot follow it, the session goes on with this on real
       * threads, from the moment where it stands, and says so (`StepState.engine`, `note`). Absent: the run ends there.
       */
      readonly native?: CompiledProgram;
      readonly argv: readonly string[];
      readonly memoryLimitBytes: number;
      readonly schedule?: string;
      readonly trace?: Uint8Array;
    }
  /** Goes on. Answers `Stopped`; `moment` events come now and then while it takes long. */
  | { readonly kind: "go"; readonly how: Going }
  /** A `go` under way stops as soon as it can: it answers "pause". */
  | { readonly kind: "pause" }
  /** One moment back, and forth again to where one was. Answer whether there was one. */
  | { readonly kind: "undo" }
  | { readonly kind: "redo" }
  | { readonly kind: "goTo"; readonly moment: MomentId }
  /**
   * Back to the statement of this thread before (not into calls), or to the last breakpoint passed, else the beginning; or to
   * before the last access that raced with one before it, whoever made it. Answers whether there was one.
   */
  | {
      readonly kind: "back";
      readonly thread: ThreadId;
      readonly to: "statement" | "breakpoint" | "race";
    }
  /** To where this frame of the thread began, as `frames` numbers them now. */
  | { readonly kind: "restartFrame"; readonly thread: ThreadId; readonly frame: number }
  /** Replaces all breakpoints. Answers one `BreakpointState` each, in order. */
  | {
      readonly kind: "breakpoints";
      readonly lines: readonly LineBreakpoint[];
      readonly events: readonly EventBreakpoint[];
    }
  /** Threads that no `go` lets go on, but for one that names them. Replaces those before. */
  | { readonly kind: "freeze"; readonly threads: readonly ThreadId[] }
  /** Answers `Frame[]`, the innermost first. */
  | { readonly kind: "frames"; readonly thread: ThreadId }
  /** Answers `ScopeRow[]`, the innermost first, the program's shared objects last. */
  | { readonly kind: "scopes"; readonly thread: ThreadId; readonly frame: number }
  /** What is in a scope or value. Answers `Value[]`. References are good until the next `moment` event. */
  | {
      readonly kind: "children";
      readonly of: Reference;
      readonly start?: number;
      readonly count?: number;
    }
  /** Of an expression, in a frame or among the shared objects. Answers `Value`; refused with a reason where it would change something. */
  | {
      readonly kind: "evaluate";
      readonly expression: string;
      readonly thread?: ThreadId;
      readonly frame?: number;
    }
  /** Gives a variable in a scope, or a member of a value, the value of an expression. Answers the new `Value`. Makes a branch of its own. */
  | {
      readonly kind: "set";
      readonly of: Reference;
      readonly name: string;
      readonly expression: string;
    }
  /** What an expression names that could be given a value, by its text alone. Answers `AssignmentTarget`, or undefined. */
  | { readonly kind: "assignment"; readonly expression: string }
  /** The whole tree. Answers `TreeRow[]`, by id. */
  | { readonly kind: "tree" }
  /** What happened on the way from the beginning to a moment. Answers `Happened[]`. */
  | { readonly kind: "history"; readonly to: MomentId }
  /** Two moments, and where their ways part. Answers `Comparison`. */
  | { readonly kind: "compare"; readonly one: MomentId; readonly other: MomentId }
  /** Answers the text of the schedule that leads here: it can be pasted, committed, replayed. */
  | { readonly kind: "schedule" }
  /** Where a breakpoint could stand in these lines (1-based, inclusive). Answers `Place[]`. */
  | {
      readonly kind: "places";
      readonly file: string;
      readonly line: number;
      readonly endLine: number;
    }
  /** Whether `trace` events are wanted. Answers when the first has been sent. */
  | { readonly kind: "watch"; readonly trace: boolean }
  /** The session is over; nothing is answered after this. */
  | { readonly kind: "end" };

export type Going =
  /** One operation of this thread, or the end of its patience: the stepper's button. `choices`: within it (whom to notify). */
  | {
      readonly kind: "operation";
      readonly thread: ThreadId;
      readonly timesOut: boolean;
      /** Instead, it wakes without a reason. */
      readonly wakes?: boolean;
      readonly choices?: readonly number[];
    }
  /** To the thread's next statement: in the same function or one around it, in a function called there, or after the return. */
  | {
      readonly kind: "over" | "into" | "out";
      readonly thread: ThreadId;
      readonly others: "running" | "frozen";
    }
  /** Until something of the kind is about to happen. */
  | { readonly kind: "until"; readonly what: Notable }
  /** Each thread that could go on makes one operation, in order of their numbers. */
  | { readonly kind: "lockstep" }
  /** Until a breakpoint, the end, or `pause`. `only`: no other thread goes. */
  | { readonly kind: "continue"; readonly only?: ThreadId };

/**
 * What a run may be let go on to: a thread comes to wait for what another holds; an access of a plain `@shared` cell that races,
 * by happens-before, with one before it; a message is about to be received; another thread than the last one is about to go; threads
 * are about to meet (a join that goes through, a barrier).
 */
export type Notable = "contention" | "race" | "message" | "switch" | "barrier";

export interface LineBreakpoint {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** Stops only where it holds. */
  readonly condition?: string;
  /** Stops only the n-th time, counted from the beginning of the run. */
  readonly hits?: number;
  /** Says this instead of stopping; `{expression}` in it is replaced. */
  readonly log?: string;
}

/** Stops before an operation of a kind; of an object or thread of this name only, where one is given. */
export interface EventBreakpoint {
  readonly on: EventClass;
  readonly object?: string;
  readonly thread?: string;
}

export type EventClass =
  | "lock"
  | "unlock"
  | "send"
  | "receive"
  | "read"
  | "write"
  | "atomic"
  | "wait"
  | "notify"
  | "spawn"
  | "join"
  | "end"
  | "print"
  | "any";

// ---- what it answers

export type StepReply =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  /** Refused or failed: nothing has changed. Code and text of the catalogue. */
  | {
      readonly id: number;
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly remedy?: string;
    };

export interface Begun {
  readonly protocol: number;
  /** Where the schedule or trace did not fit the program, if one was given. */
  readonly problems: readonly TraceProblem[];
}

export interface Stopped {
  readonly why:
    | "step"
    | "breakpoint"
    | "event"
    | "pause"
    /** The thread that should have gone on cannot: `text` says why. */
    | "blocked"
    /** What was asked for does not come any more: the run is over or stuck. */
    | "over"
    /** So many steps were made that the session remembers no more. */
    | "limit";
  /** Who stands where it stopped. */
  readonly thread?: ThreadId;
  /** Indices of the breakpoints that were met, lines first, events after them. */
  readonly breakpoints?: readonly number[];
  readonly text?: string;
}

/** A breakpoint where it really is. */
export interface BreakpointState {
  readonly verified: boolean;
  readonly line?: number;
  readonly column?: number;
  /** Why it cannot stand here, or what is wrong with its condition. */
  readonly message?: string;
}

export interface Frame {
  /** Function, or "top level", or the thread's body. */
  readonly name: string;
  readonly place: Place | undefined;
  /** No call that is under way, but an async function that waits for the one above; a label goes before each. */
  readonly isAsync?: "label" | "caller";
}

/** Good until the next `moment` event. */
export type Reference = number & { readonly reference: unique symbol };

export interface ScopeRow {
  readonly name: string;
  readonly kind: "local" | "closure" | "module" | "shared";
  readonly reference: Reference;
  readonly place?: Place;
}

export interface Value {
  readonly name: string;
  /** As JavaScript would write it, shortened. */
  readonly text: string;
  /** "number", "Database", "Mutex"; empty for no value. */
  readonly type: string;
  /** 0: there is nothing in it. */
  readonly reference: Reference;
  /** How many elements, where it has them. */
  readonly indexed?: number;
  readonly named?: number;
  /** Whether `set` may change it. */
  readonly canSet: boolean;
  /** What a person would write to have it, where that is more than its name. */
  readonly expression?: string;
  readonly presentation?: "shared" | "lock" | "channel" | "thread" | "private" | "method" | "unset";
}

/** A variable of a scope, or a member of a value. */
export type AssignmentTarget =
  | { readonly kind: "name"; readonly name: string }
  /** `member` is a name or an index; `computed` is an expression whose value is one. */
  | { readonly kind: "member"; readonly of: string; readonly member: string }
  | { readonly kind: "computed"; readonly of: string; readonly expression: string };

export interface TreeRow {
  readonly id: MomentId;
  readonly before: MomentId | undefined;
  readonly depth: number;
  /** What led here; the beginning has none. */
  readonly by?: Happened;
  /** How the run ended here, if it did. */
  readonly outcome?: Outcome;
}

export interface Outcome {
  readonly ending: Ending["kind"];
  readonly findings: readonly Finding[];
  /** Final values of the program's `@shared` variables, and what was printed: what two futures differ in. */
  readonly shared: readonly { readonly name: string; readonly text: string }[];
  readonly output: readonly string[];
}

/** An operation as it went. */
export interface Happened {
  readonly thread: ThreadId;
  /** "reads `counter` → 0", "locks `db`", "times out receiving from `rx`". */
  readonly text: string;
  readonly place: Place | undefined;
  /** When it was over, by the clock of the session's trace: joins a picture of that trace to moments. */
  readonly traceTime?: number;
}

export interface Comparison {
  /** The last moment that both have behind them. */
  readonly fork: MomentId;
  /** What each did from there on. */
  readonly one: readonly Happened[];
  readonly other: readonly Happened[];
  /** The first difference in what there is to see: values that were read, outcomes, output; indices into the two. */
  readonly differs:
    { readonly one: number; readonly other: number; readonly text: string } | undefined;
  readonly outcomes: readonly [Outcome | undefined, Outcome | undefined];
}

// ---- what it tells of itself

export type StepEvent =
  | { readonly kind: "moment"; readonly state: StepState }
  /** What was printed on the way here: all of it where `from` is 0, else what came after so many lines. */
  | { readonly kind: "output"; readonly from: number; readonly lines: readonly OutputLine[] }
  /** A logpoint spoke. */
  | {
      readonly kind: "logged";
      readonly text: string;
      readonly place: Place;
      readonly thread: ThreadId;
    }
  /** Bytes of the run's `.tltrace` up to here; offset 0 begins a new one. */
  | { readonly kind: "trace"; readonly offset: number; readonly bytes: Uint8Array }
  /** The session cannot go on: the program broke it, or its worker had to be ended. */
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly message: string;
      readonly remedy?: string;
    };

/** Everything that a stepper shows but for values and the tree. */
export interface StepState {
  /** Counts up with every change. */
  readonly revision: number;
  readonly moment: MomentId;
  /** How many operations lead here. */
  readonly depth: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** By the virtual clock. */
  readonly timeNs: number;
  readonly threads: readonly StepThread[];
  /** What was done last; at the beginning nothing. */
  readonly last: Happened | undefined;
  /** The newest rows of the tree, from this many on; `tree` answers all. */
  readonly treeFrom: number;
  readonly tree: readonly TreeRow[];
  /** How the run ended, if it is over here. */
  readonly over: Outcome | undefined;
  /** Who waits for whom: edges of the wait-for graph. */
  readonly waits: readonly {
    readonly from: ThreadId;
    readonly to: ThreadId;
    readonly object: string;
  }[];
  /** The program's `@shared` variables and locks, in words: name, what is in it, who has it. */
  readonly objects: readonly StepObject[];
  /** A `go` is under way. */
  readonly running: boolean;
  /**
   * What the program runs on: one isolate, or real threads one at a time, where statements and variables cannot be looked at.
   * Absent: the model.
   */
  readonly engine?: "model" | "native";
  /** What a person must know of the session as a whole, with its code and place: why it is on real threads. */
  readonly note?: string;
}

export interface StepThread {
  readonly id: ThreadId;
  readonly name: string;
  readonly state: "ready" | "blocked" | "waiting" | "sleeping" | "ended";
  /** Where its code stands. */
  readonly place: Place | undefined;
  readonly function: string | undefined;
  readonly frozen: boolean;
  /** What it would do next; nothing once it has ended. */
  readonly next: NextOperation | undefined;
  /** Why it cannot: "blocked: `db` is held by worker-2 since line 14". */
  readonly why: string | undefined;
  /** Whom it waits for. */
  readonly waitsFor: readonly ThreadId[];
  /** What it has in its hands: names of locks. */
  readonly holds: readonly string[];
  /** What it did last. */
  readonly last: Happened | undefined;
}

export interface NextOperation {
  /** "write `counter` ← 1", "lock `db`", "run on to line 12" for code between operations. */
  readonly text: string;
  /** What that would do to others, if there is something to say: "overwrites bob's write". */
  readonly effect?: string;
  readonly place: Place | undefined;
  readonly canStep: boolean;
  /** Its patience could end instead, now. */
  readonly canTimeOut: boolean;
  /** Whether it may wake without being woken: where spurious wake-ups are allowed, and some are left. */
  readonly canWake?: boolean;
  /** The operation's choices, where it has some ("wakes worker-1", "wakes worker-2"): give one to `go`. */
  readonly choices?: readonly string[];
}

export interface StepObject {
  readonly name: string;
  readonly kind: string;
  /** "0", "held by worker-1 since line 14", "2 messages". */
  readonly text: string;
  readonly place: Place | undefined;
  /** Who has it: the lock's holder. */
  readonly holder?: ThreadId;
  /** Who waits for it. */
  readonly queue: readonly ThreadId[];
  /** Changed by the last operation. */
  readonly changed: boolean;
}

/** One end of the channel to a session. */
export interface StepChannel {
  request(request: StepRequest): Promise<unknown>;
  /** Called for every event, in order; answers how to stop listening. */
  onEvent(listener: (event: StepEvent) => void): { dispose(): void };
  dispose(): void;
}
