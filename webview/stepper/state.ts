/** Everything that the stepper shows, in one immutable value; and what of it is kept over hiding and reload. */
import type { OutputLine } from "../../src/trace/tables.ts";
import type { ThreadId } from "../../src/base/brand.ts";
import type { Comparison, Frame, MomentId, Notable, StepState } from "../../src/protocol/step.ts";
import type { ToStepper } from "../../src/protocol/stepper-view.ts";
import type { ThreadState } from "./model/cards.ts";

export const NOTABLES: readonly Notable[] = ["contention", "race", "message", "switch", "barrier"];

export interface StepperState {
  /** Null before any session. */
  readonly session: string | null;
  /** The program's document; empty before any session. */
  readonly program: string;
  readonly title: string;
  readonly options: Extract<ToStepper, { type: "begin" }>["options"];
  readonly notes: readonly string[];
  readonly now: StepState | null;
  /** Changes with the tree of moments, which is no value. */
  readonly treeVersion: number;
  /** The one that is drawn: of a large tree the picture comes after that of the step itself. */
  readonly drawnTree: number;
  readonly output: readonly OutputLine[];
  /** At most two. */
  readonly marked: readonly MomentId[];
  readonly comparison: Comparison | null;
  /** Stretches of the tree that are drawn step by step. */
  readonly expanded: ReadonlySet<MomentId>;
  /** Threads whose stacks are shown. */
  readonly openStacks: ReadonlySet<ThreadId>;
  /** Their frames, as of a moment ago until the answers for this one have come. */
  readonly stacks: ReadonlyMap<ThreadId, readonly Frame[]>;
  /** What was refused last, until something goes. */
  readonly refusal: string | null;
  /** Said to whoever listens instead of looking. */
  readonly said: string;
  readonly search: string;
  readonly shown: Readonly<Partial<Record<ThreadState, number>>>;
  readonly until: Notable;
  readonly edited: boolean;
  /** Why the session is over, if it is. */
  readonly over: string | null;
}

export const NO_SESSION: StepperState = {
  session: null,
  program: "",
  title: "",
  options: {},
  notes: [],
  now: null,
  treeVersion: 0,
  drawnTree: 0,
  output: [],
  marked: [],
  comparison: null,
  expanded: new Set(),
  openStacks: new Set(),
  stacks: new Map(),
  refusal: null,
  said: "",
  search: "",
  shown: {},
  until: "contention",
  edited: false,
  over: null,
};

/** What is kept by the host. Version 1. */
export interface Kept {
  readonly version: 1;
  /** The program, so that the panel of a window that was reloaded knows what it stood for. */
  readonly program: string;
  readonly until: Notable;
}

/** Parsed at the edge: what another version kept counts as nothing. */
export function parseKept(value: unknown): Kept | null {
  if (typeof value !== "object" || value === null) return null;
  const { version, program, until } = value as Partial<Record<keyof Kept, unknown>>;
  if (version !== 1) return null;
  return {
    version: 1,
    program: typeof program === "string" ? program : "",
    until: NOTABLES.find((one) => one === until) ?? "contention",
  };
}
