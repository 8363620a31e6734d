/**
 * Moves: lets the session go on or back, and tells the client where it stands then. The client is answered at once and told
 * of the stop when it comes; moves that somebody else made (the panel) are told just the same.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import { MAIN_THREAD, type ThreadId } from "../base/brand.ts";
import type { Stopped, StepState } from "../protocol/step.ts";
import type { Breakpoints } from "./breakpoints.ts";
import type { Endings } from "./endings.ts";
import { eventText } from "./event-breakpoint.ts";
import type { ProgramConsole } from "./program-console.ts";
import { refusalFrom, refused } from "./refusal.ts";
import type { SessionRequest, SteppedProgram } from "./stepped-program.ts";
import type { ThreadList } from "./threads.ts";
import { clientThread, listed } from "./threads.ts";
import type { Wire } from "./wire.ts";

/** What the client is told of a stop. */
interface Stop {
  readonly reason: string;
  readonly thread: ThreadId;
  readonly description?: string | undefined;
  readonly text?: string | undefined;
  readonly ids?: readonly number[];
  /** Somebody else moved: the client is told, and leaves the focus where it is. */
  readonly byOthers?: boolean;
}

export interface ExecutionParts {
  readonly session: SteppedProgram;
  readonly wire: Wire;
  readonly breakpoints: Breakpoints;
  readonly endings: Endings;
  readonly console: ProgramConsole;
  /** Nothing stops it, and with the run the session ends. */
  readonly noDebug: boolean;
  /** Frames and values of before are good no more. */
  readonly moved: () => void;
  /** The client can be told that what it shows is out of date. */
  readonly canInvalidate: boolean;
  /** The session is to end. */
  readonly end: (code: number) => void;
}

export class Execution {
  readonly #parts: ExecutionParts;
  readonly #threads: ThreadList;
  /** Requests of ours under way that move the run, or change it where it stands. */
  #moves = 0;
  #changes = 0;
  #othersMove = false;
  /** As the client knows it. */
  #told: StepState;
  #closed = false;

  constructor(parts: ExecutionParts, threads: ThreadList) {
    this.#parts = parts;
    this.#threads = threads;
    this.#told = parts.session.state;
  }

  get isRunning(): boolean {
    return this.#moves > 0 || this.#othersMove;
  }

  /** Throws a `Refusal` while threads run: there is nothing to look at, and nobody to step. */
  mustStand(): void {
    if (this.isRunning) throw refused(MESSAGES.mustStand, {});
  }

  /**
   * The client is ready: says where the program stands, or lets it go. `enters`: it stands before everything, and a person
   * wants to see it before its first statement.
   */
  begin(stop: boolean, enters: boolean): void {
    const { state } = this.#parts.session;
    this.#updateThreads(state);
    if (state.running) {
      this.#othersMove = true; // joined under way: the stop is told when it comes
      return;
    }
    if (state.over !== undefined) return this.#stopAtEnd(state, MAIN_THREAD);
    if (!stop) return this.move({ kind: "go", how: { kind: "continue" } }, MAIN_THREAD);
    if (!enters) return this.#stop({ reason: "entry", thread: firstThread(state) });
    const how = { kind: "into", thread: MAIN_THREAD, others: "frozen" } as const;
    this.move({ kind: "go", how }, MAIN_THREAD, "entry");
  }

  /**
   * Moves, and tells of the stop when it comes: the client need not wait. `thread`: who was asked to; `step`: what a step is
   * called.
   */
  move(request: SessionRequest, thread: ThreadId, step = "step"): void {
    this.#moves++;
    this.#parts.moved();
    void this.#parts.session
      .ask(request)
      .then(
        (answer) => () => this.#arrive(request, answer, thread, step),
        (error: unknown) => () => this.#fail(error, thread),
      )
      .then((report) => {
        this.#moves--;
        if (!this.#closed) report();
      });
  }

  /** A change where the run stands (a variable is set). */
  async change<T>(request: () => Promise<T>): Promise<T> {
    this.#changes++;
    try {
      const answer = await request();
      this.#told = this.#parts.session.state;
      this.#invalidate(["stacks", "variables", "threads"]);
      return answer;
    } finally {
      this.#changes--;
    }
  }

  /** A moment was told. Ours are told of when their request is answered. */
  hear(state: StepState): void {
    if (this.#moves > 0 || this.#changes > 0) return;
    if (state.running) {
      if (this.#othersMove) return;
      this.#othersMove = true;
      this.#parts.moved();
      const threadId = clientThread(firstThread(state));
      this.#parts.wire.event("continued", { threadId, allThreadsContinued: true });
    } else if (this.#othersMove || !isSamePosition(this.#told, state)) {
      this.#othersMove = false;
      this.#parts.moved();
      const thread = state.last?.thread ?? MAIN_THREAD;
      if (state.over !== undefined) return this.#stopAtEnd(state, thread, true);
      this.#stop({ reason: "goto", thread, description: state.last?.text, byOthers: true });
    } else {
      this.#told = state;
      this.#invalidate(["threads", "variables"]);
    }
  }

  /** Nothing more is told. */
  close(): void {
    this.#closed = true;
  }

  #arrive(request: SessionRequest, answer: unknown, asked: ThreadId, step: string): void {
    const { session, noDebug, end, endings } = this.#parts;
    const { state } = session;
    if (request.kind !== "go") {
      // Whether there was something that one could go back to. At a breakpoint stands who has gone last.
      const isAnybodys = request.kind === "back" && request.to === "breakpoint";
      const thread = (isAnybodys ? state.last?.thread : undefined) ?? asked;
      return this.#stop({ thread, ...wentBack(request, answer !== false) });
    }
    const stopped = answer as Stopped;
    const thread = stopped.thread ?? asked;
    if (state.over !== undefined) {
      if (!noDebug) return this.#stopAtEnd(state, thread);
      this.#parts.console.ending(state.over);
      return end(endings.exitCode(state.over));
    }
    if (noDebug) return end(1);
    const reason = stopped.why === "step" ? step : REASONS[stopped.why];
    this.#stop({ reason, thread, ...this.#wordsOf(stopped) });
  }

  #wordsOf({ why, breakpoints: indices = [], text }: Stopped): Partial<Stop> {
    const { breakpoints } = this.#parts;
    const event = why === "event" ? breakpoints.eventAt(indices) : undefined;
    const description = event === undefined ? text : `Paused before ${eventText(event)}`;
    return { description, text, ids: breakpoints.idsOf(indices) };
  }

  #stopAtEnd(state: StepState, asked: ThreadId, byOthers = false): void {
    const { console, endings } = this.#parts;
    const outcome = state.over!;
    console.ending(outcome);
    const finding = endings.stopping(outcome);
    const thread = (finding?.threads?.[0] ?? asked) as ThreadId;
    this.#stop({
      reason: finding === undefined ? "end" : "exception",
      thread,
      description: endings.text(outcome),
      text: finding?.message,
      byOthers,
    });
  }

  #fail(error: unknown, thread: ThreadId): void {
    const { console, noDebug, end } = this.#parts;
    const refusal = refusalFrom(error);
    console.refusal(refusal);
    if (noDebug) return end(1);
    const { message: text } = refusal;
    this.#stop({ reason: "step", thread, description: text, text });
  }

  #stop({ reason, thread, description, text, ids = [], byOthers = false }: Stop): void {
    const { session, wire } = this.#parts;
    const { state } = session;
    this.#updateThreads(state);
    this.#told = state;
    const known = listed(state);
    const here = known.some(({ id }) => id === thread) ? thread : (known[0]?.id ?? MAIN_THREAD);
    const body: DebugProtocol.StoppedEvent["body"] = {
      ...{ reason, threadId: clientThread(here), allThreadsStopped: true },
      ...(description === undefined ? {} : { description }),
      ...(text === undefined ? {} : { text }),
      ...(ids.length === 0 ? {} : { hitBreakpointIds: [...ids] }),
      // Whoever steps in the panel goes on typing there, and not into the source.
      ...(byOthers ? { preserveFocusHint: true } : {}),
    };
    wire.event("stopped", body);
    // A client that keeps its focus would keep what it shows as well.
    if (byOthers) this.#invalidate(["all"]);
  }

  #updateThreads(state: StepState): void {
    for (const body of this.#threads.update(state)) this.#parts.wire.event("thread", body);
  }

  #invalidate(areas: readonly string[]): void {
    if (this.#parts.canInvalidate && !this.#closed)
      this.#parts.wire.event("invalidated", { areas });
  }
}

const REASONS = {
  step: "step",
  breakpoint: "breakpoint",
  event: "function breakpoint",
  pause: "pause",
  blocked: "step",
  over: "step",
  limit: "step",
} as const satisfies Record<Stopped["why"], string>;

function wentBack(request: SessionRequest, found: boolean): Pick<Stop, "reason" | "description"> {
  if (!found) return { reason: "step", description: "At the beginning of the run" };
  if (request.kind === "restartFrame") return { reason: "restart" };
  const toBreakpoint = request.kind === "back" && request.to === "breakpoint";
  return { reason: toBreakpoint ? "breakpoint" : "step" };
}

function firstThread(state: StepState): ThreadId {
  return listed(state)[0]?.id ?? MAIN_THREAD;
}

/** Whether two states are of one position: the same moment, and each thread's code at the same place. */
function isSamePosition(one: StepState, other: StepState): boolean {
  if (one === other) return true;
  return (
    one.moment === other.moment &&
    one.threads.length === other.threads.length &&
    one.threads.every(({ id, place }, index) => {
      const there = other.threads[index];
      return (
        id === there.id &&
        place?.file === there.place?.file &&
        place?.line === there.place?.line &&
        place?.column === there.place?.column
      );
    })
  );
}
