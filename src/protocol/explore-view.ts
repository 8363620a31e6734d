/**
 * What the extension and the page that tells of exploring say to each other. The page comes and goes: each `ready` is
 * answered with all that is known. What leads to an outcome or a finding stays with the extension; the page names them by
 * their places.
 */
import {
  amount,
  flag,
  list,
  object,
  oneOf,
  optional,
  picked,
  place,
  table,
  text,
  whole,
  wrongField,
  type Shape,
} from "../base/shape.ts";
import type { Place } from "../trace/finding.ts";
import {
  STRATEGIES,
  type ConflictPair,
  type ExploredFinding,
  type ExploreProgress,
  type ExploreResult,
} from "./explore.ts";
import { finding } from "./finding-shape.ts";

export const EXPLORE_PROTOCOL = 1;

export interface ShownFinding extends Omit<ExploredFinding, "schedule" | "nearest"> {
  /** Whether a schedule leads to it. */
  readonly canStep: boolean;
  /** Whether it is what the file expects. */
  readonly expected: boolean;
  readonly nearest?: { readonly swap: string; readonly sites: readonly Place[] };
}

export interface ShownOutcome {
  readonly output: string;
  readonly shared: readonly { readonly name: string; readonly value: string }[];
  readonly count: number;
}

export interface ShownResult extends Pick<
  ExploreResult,
  | "verdict"
  | "executions"
  | "complete"
  | "phases"
  | "seed"
  | "steps"
  | "unmodelled"
  | "pruned"
  | "stopped"
  | "linearizability"
  | "durationMs"
> {
  /** What `@expect` says, or `ok`. */
  readonly expectedVerdict: string;
  readonly asExpected: boolean;
  readonly findings: readonly ShownFinding[];
  /** No more than can be read; `outcomeCount` has how many there are. */
  readonly outcomes: readonly ShownOutcome[];
  readonly outcomeCount: number;
  readonly pairs: readonly ConflictPair[];
  readonly pairCount: number;
}

/** To the page. */
export type ToExploration =
  /** Forget what was shown. */
  | {
      readonly type: "begin";
      readonly protocol: number;
      /** The program's document, as text of its URI: kept, so that the page can come back. */
      readonly program: string;
      readonly title: string;
      readonly strings: Readonly<Record<string, string>>;
    }
  /** It goes on. */
  | { readonly type: "going"; readonly progress?: ExploreProgress }
  | { readonly type: "result"; readonly result: ShownResult; readonly edited: boolean }
  /** There is no result; `problems` are what the compiler says. */
  | {
      readonly type: "none";
      readonly text: string;
      readonly problems: readonly (Place & { readonly text: string; readonly code: string })[];
    }
  /** Whether a file of the program has been edited since. */
  | { readonly type: "edited"; readonly edited: boolean }
  /** Brings a finding into sight. */
  | { readonly type: "goTo"; readonly finding: number };

/** From the page. */
export type FromExploration =
  | { readonly type: "ready"; readonly protocol: number }
  | { readonly type: "again" }
  | { readonly type: "stop" }
  | ({ readonly type: "reveal" } & Place)
  /** Step through what leads to it; `nearest`: to the run that is most like it and does not fail. */
  | { readonly type: "stepFinding"; readonly finding: number; readonly nearest: boolean }
  | { readonly type: "stepOutcome"; readonly outcome: number }
  | { readonly type: "save"; readonly finding: number }
  | { readonly type: "explain"; readonly code: string }
  | { readonly type: "problem"; readonly text: string };

const phase = object({
  strategy: oneOf(...STRATEGIES.filter((name) => name !== "auto")),
  bound: optional(whole),
  spurious: optional(whole),
  executions: whole,
  complete: flag,
});

const progress = object({
  phase,
  executions: whole,
  outcomes: whole,
  findings: whole,
  elapsedMs: amount,
  estimate: optional(amount),
});

const storyLine = object({ text, site: optional(place) });

const history = object({
  calls: list(
    object({
      thread: text,
      threadId: whole,
      call: text,
      outcome: (value) => value === null || text(value),
      from: whole,
      to: whole,
      place: optional(place),
    }),
  ),
  order: list(whole),
  why: text,
});

const shownFinding = (value: unknown) =>
  finding(value) &&
  object({
    canStep: flag,
    expected: flag,
    story: optional(list(storyLine)),
    history: optional(history),
    nearest: optional(object({ swap: text, sites: list(place) })),
  })(value);

const result = object({
  verdict: text,
  executions: whole,
  complete: flag,
  phases: list(phase),
  seed: amount,
  steps: whole,
  unmodelled: list(text),
  pruned: whole,
  stopped: optional(text),
  linearizability: optional(object({ scenarios: whole, whole, histories: whole })),
  durationMs: amount,
  expectedVerdict: text,
  asExpected: flag,
  findings: list(shownFinding),
  outcomes: list(
    object({ output: text, shared: list(object({ name: text, value: text })), count: whole }),
  ),
  outcomeCount: whole,
  pairs: list(object({ first: place, second: place, object: text, bothOrders: flag })),
  pairCount: whole,
});

const problem = object({ text, file: text, line: whole, column: whole, code: text });

export const TO_EXPLORATION: Readonly<Record<ToExploration["type"], Shape>> = {
  begin: { protocol: oneOf(EXPLORE_PROTOCOL), program: text, title: text, strings: table },
  going: { progress: optional(progress) },
  result: { result, edited: flag },
  none: { text, problems: list(problem) },
  edited: { edited: flag },
  goTo: { finding: whole },
};

const position = (value: unknown) => whole(value) && (value as number) >= 1;

const FROM_EXPLORATION: Readonly<Record<FromExploration["type"], Shape>> = {
  ready: { protocol: oneOf(EXPLORE_PROTOCOL) },
  again: {},
  stop: {},
  reveal: { file: text, line: position, column: position },
  stepFinding: { finding: whole, nearest: flag },
  stepOutcome: { outcome: whole },
  save: { finding: whole },
  explain: { code: (value) => text(value) && /^TL\d{4}$/.test(value as string) },
  problem: { text },
};

/** Undefined for what is no message of ours: a page shows text of the person's programs, so it is not trusted. */
export function readFromExploration(message: unknown): FromExploration | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type } = message as { readonly type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(FROM_EXPLORATION, type)) return undefined;
  const shape = FROM_EXPLORATION[type as FromExploration["type"]];
  if (wrongField(message, shape) !== undefined) return undefined;
  return { type, ...picked(message, shape) } as FromExploration;
}
