// A session whose answers the test decides: for what the adapter does with them, whatever a run would say.
import type { StepEnd } from "../../src/engine/stepping/step-session.ts";
import { Listeners } from "../../src/base/listeners.ts";
import type { ThreadId } from "../../src/base/brand.ts";
import type {
  DebugHost,
  Opening,
  SessionRequest,
  SteppedProgram,
} from "../../src/debug/stepped-program.ts";
import { assignmentTarget } from "../../src/engine/stepping/look/assignment.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import type { MomentId, StepEvent, StepState, StepThread } from "../../src/protocol/step.ts";
import type { OutputLine } from "../../src/trace/tables.ts";

export const PROGRAM = "/folder/program.ts";

type Answers = {
  [kind in SessionRequest["kind"]]?: (request: Extract<SessionRequest, { kind: kind }>) => unknown;
};

export class ScriptedSession implements SteppedProgram {
  readonly plan = { compiled: compiled() };
  readonly begun = { protocol: 1, problems: [] };
  readonly told = new Listeners<StepEvent>();
  readonly over = new Listeners<StepEnd>();
  readonly asked: SessionRequest[] = [];
  state: StepState = stateOf(0, [thread(0, "main")]);
  output: readonly OutputLine[] = [];
  #answers: Answers;
  #isEntered = false;

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  async ask(request: SessionRequest): Promise<unknown> {
    if (!this.#isEntered && request.kind === "go" && request.how.kind === "into") {
      this.#isEntered = true; // to the first statement, before the test begins
      return { why: "step", thread: 0 };
    }
    this.asked.push(request);
    const answer = this.#answers[request.kind] as ((of: SessionRequest) => unknown) | undefined;
    if (answer) return answer(request);
    if (request.kind === "assignment") return assignmentTarget(request.expression);
    if (request.kind === "breakpoints") {
      return [...request.lines, ...request.events].map(() => ({ verified: true }));
    }
    return [];
  }

  answer(answers: Answers): void {
    this.#answers = { ...this.#answers, ...answers };
  }

  /** Somebody has moved it, or moves it. */
  tell(state: StepState): void {
    this.state = state;
    this.told.tell({ kind: "moment", state });
  }

  print(...texts: string[]): void {
    this.output = texts.map((text, sequence) => ({
      ...{ sequence, text, thread: 0 as ThreadId, stream: "log" as const },
      ...{ site: 0 as OutputLine["site"], time: 0 },
    }));
    this.told.tell({ kind: "output", from: 0, lines: this.output });
  }
}

/** Gives the adapter these sessions, one after another, and counts those that it has not let go. */
export class ScriptedHost implements DebugHost {
  held = 0;
  readonly #openings: (Opening | ScriptedSession)[];

  constructor(...openings: (Opening | ScriptedSession)[]) {
    this.#openings = openings;
  }

  async open(): Promise<Opening> {
    const opening = this.#openings.shift()!;
    if (!(opening instanceof ScriptedSession)) return opening;
    this.held++;
    return {
      ...{ ok: true, session: opening, joined: false },
      held: { [Symbol.dispose]: () => void this.held-- },
    };
  }
}

export function thread(id: number, name: string, more: Partial<StepThread> = {}): StepThread {
  return {
    ...{ id: id as ThreadId, name, state: "ready", place: undefined, function: undefined },
    ...{ frozen: false, next: undefined, why: undefined, waitsFor: [], holds: [], last: undefined },
    ...more,
  };
}

export function stateOf(
  revision: number,
  threads: readonly StepThread[],
  more: Partial<StepState> = {},
): StepState {
  return {
    ...{ revision, moment: revision as MomentId, depth: revision, canUndo: revision > 0 },
    ...{ canRedo: false, timeNs: 0, threads, last: undefined, treeFrom: 0, tree: [] },
    ...{ over: undefined, waits: [], objects: [], running: false },
    ...more,
  };
}

function compiled(): CompiledProgram {
  return {
    ...{ entry: PROGRAM, form: "model", options: {}, modules: [], sites: [null], threads: [] },
    ...{ finals: [], invariants: [], points: [null] },
    sources: [{ file: PROGRAM, text: "" }],
  };
}
