/**
 * What a launch configuration may say, as data: launch.json's schema, the check of what was written there, and the table in
 * docs/debugging.md are all made from it.
 */
import { EXECUTION_MODELS, LONGEST_QUANTUM, MOST_CORES } from "../protocol/execution-model.ts";

export interface LaunchAttribute {
  readonly type: "string" | "boolean" | "array" | "integer";
  /** Of a string: what it may be. */
  readonly oneOf?: readonly string[];
  /** Of a whole number: from … to. */
  readonly within?: readonly [from: number, to: number];
  readonly default?: string | boolean | readonly string[];
  /** For the check's message: "a path". */
  readonly expected: string;
  /** For launch.json's hover and the documentation. Markdown. */
  readonly description: string;
}

const MOST = 2 ** 32 - 1;

export const DEBUG_TYPE = "threadloom";

export const LAUNCH_ATTRIBUTES = {
  program: {
    type: "string",
    default: "${file}",
    expected: "the path of a program",
    description: "The program to step through. `${file}` is the file in the active editor.",
  },
  args: {
    type: "array",
    default: [],
    expected: "an array of strings",
    description: "What the program finds in `process.argv` after its own name.",
  },
  stopOnEntry: {
    type: "boolean",
    default: true,
    expected: "true or false",
    description:
      "Whether to stop before the program's first step. Otherwise it goes on to the first breakpoint, or to its end.",
  },
  schedule: {
    type: "string",
    expected: "the path of a schedule, or its text",
    description:
      "A schedule to follow first: the path of a file, or the text itself. The session stands at its end, and every moment on the way can be stepped back to.",
  },
  trace: {
    type: "string",
    expected: "the path of a .tltrace file",
    description:
      "A recorded run (`.tltrace`) to follow: what really happened, to be stepped through backwards from its end.",
  },
  singleThread: {
    type: "boolean",
    default: false,
    expected: "true or false",
    description:
      "Whether stepping moves one thread alone, with the others frozen. Otherwise they go on where the step has to wait for them.",
  },
  model: {
    type: "string",
    oneOf: EXECUTION_MODELS,
    expected: "parallel, timesliced, cooperative or green",
    description:
      "How threads take turns when they are let go on, instead of what the program's head says: `cooperative` and `green` switch only where a thread waits or yields, `timesliced` after a quantum, `parallel` has all of them go on alike.",
  },
  cores: {
    type: "integer",
    within: [1, MOST_CORES],
    expected: `a whole number from 1 to ${MOST_CORES}`,
    description:
      "How many cores there are, instead of what the program's head says: what `availableParallelism()` answers.",
  },
  quantum: {
    type: "integer",
    within: [1, LONGEST_QUANTUM],
    expected: `a whole number from 1 to ${LONGEST_QUANTUM}`,
    description:
      "After how many operations and turns of loops a thread gives way under `timesliced`, instead of what the program's head says.",
  },
  seed: {
    type: "integer",
    within: [0, MOST],
    expected: `a whole number from 0 to ${MOST}`,
    description:
      "What random numbers are drawn from, instead of what the program's head says: the same seed gives the same numbers.",
  },
  spurious: {
    type: "integer",
    within: [0, MOST],
    expected: `a whole number from 0 to ${MOST}`,
    description:
      "How many waits may be woken without a reason (`park`, `Condvar`), instead of what the program's head says. Who is woken is yours to say, in the panel.",
  },
} as const satisfies Record<string, LaunchAttribute>;

export type LaunchAttributeName = keyof typeof LAUNCH_ATTRIBUTES;
