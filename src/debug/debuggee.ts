/** One program that is loaded: its session, what can be asked of it, and how it moves. A restart makes another one. */
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import { tell } from "../base/catalogue/message.ts";
import type { StepEvent } from "../protocol/step.ts";
import type { Breakpoints } from "./breakpoints.ts";
import type { Endings } from "./endings.ts";
import { Execution } from "./execution.ts";
import { beginningOf } from "./functions.ts";
import { Inspection } from "./inspection.ts";
import type { Launch } from "./launch.ts";
import type { ProgramConsole } from "./program-console.ts";
import { baseName, type Counting, Sources } from "./sources.ts";
import type { StepEnd } from "../engine/stepping/step-session.ts";
import type { SteppedProgram } from "./stepped-program.ts";
import type { ThreadList } from "./threads.ts";
import type { Wire } from "./wire.ts";

export interface DebuggeeParts {
  readonly launch: Launch;
  readonly session: SteppedProgram;
  readonly held: Disposable;
  readonly joined: boolean;
  readonly wire: Wire;
  readonly counting: Counting;
  readonly breakpoints: Breakpoints;
  readonly endings: Endings;
  readonly console: ProgramConsole;
  readonly threads: ThreadList;
  readonly canInvalidate: boolean;
  /** The run is over and nobody wants to look at it any more, or the session is gone. */
  readonly end: (code: number | undefined) => void;
}

export class Debuggee {
  readonly launch: Launch;
  readonly session: SteppedProgram;
  readonly sources: Sources;
  readonly inspection: Inspection;
  readonly execution: Execution;
  readonly #parts: DebuggeeParts;
  readonly #listening: readonly Disposable[];
  #begun = false;

  constructor(parts: DebuggeeParts) {
    const { launch, session, counting } = parts;
    this.#parts = parts;
    this.launch = launch;
    this.session = session;
    this.sources = new Sources(session.plan.compiled.sources.map(({ file }) => file));
    this.inspection = new Inspection(session, counting);
    const moved = (): void => this.inspection.forget();
    this.execution = new Execution({ ...parts, moved, noDebug: launch.noDebug }, parts.threads);
    this.#listening = [
      session.told.add((event) => this.#hear(event)),
      session.over.add((end) => this.#over(end)),
    ];
  }

  /** Puts all breakpoints where they can stand. */
  async load(): Promise<void> {
    const { session, sources } = this;
    const { noDebug } = this.launch;
    await this.#parts.breakpoints.load({
      sources,
      program: session.plan.compiled.entry,
      beginningOf: (name) => beginningOf(session.plan.compiled, name),
      set: async (lines, events) =>
        noDebug
          ? [...lines, ...events].map(() => ({ verified: false }))
          : session.ask({ kind: "breakpoints", lines, events }),
    });
  }

  /** The client is ready. */
  begin(): void {
    this.#begun = true;
    const { begun } = this.session;
    const { schedule, trace, stopOnEntry, noDebug } = this.launch;
    const what = trace === undefined ? "schedule" : "trace";
    for (const { message: reason } of begun.problems) {
      this.#parts.console.note(tell(MESSAGES.doesNotFit, { what, reason }));
    }
    this.#print();
    const follows = schedule !== undefined || trace !== undefined;
    const { joined } = this.#parts;
    const stop = !noDebug && (stopOnEntry || follows || joined);
    this.execution.begin(stop, !follows && !joined);
  }

  /** Lets go of the session: it ends if nobody else has it. Nothing is told any more. */
  close(): void {
    for (const one of this.#listening) one[Symbol.dispose]();
    this.execution.close();
    this.#parts.held[Symbol.dispose]();
  }

  #hear(event: StepEvent): void {
    switch (event.kind) {
      case "moment":
        if (this.#begun) this.execution.hear(event.state);
        return;
      case "output":
        if (this.#begun) this.#print();
        return;
      case "logged":
        return this.#parts.console.logged(event);
      case "trace":
      case "failed":
      // The panel's business; said when the session is over.
    }
  }

  #print(): void {
    const { output, plan, state } = this.session;
    const names = new Map(state.threads.map(({ id, name }) => [id, name]));
    const nameOf = (thread: (typeof output)[number]["thread"]): string =>
      names.get(thread) ?? `thread ${thread}`;
    this.#parts.console.printed(output, plan.compiled, nameOf);
  }

  #over(end: StepEnd): void {
    if (end.kind === "left") return; // it was we who left
    const { console } = this.#parts;
    const file = baseName(this.session.plan.compiled.entry);
    if (end.kind === "replaced") console.note(tell(MESSAGES.replaced, { file }));
    else console.refusal({ ...end, remedy: end.remedy });
    this.#parts.end(undefined);
  }
}
