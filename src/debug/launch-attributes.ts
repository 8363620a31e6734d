/**
 * What a launch configuration may say, as data: launch.json's schema, the check of what was written there, and the table in
 * docs/debugging.md are all made from it.
 */
export interface LaunchAttribute {
  readonly type: "string" | "boolean" | "array";
  readonly default?: string | boolean | readonly string[];
  /** For the check's message: "a path". */
  readonly expected: string;
  /** For launch.json's hover and the documentation. Markdown. */
  readonly description: string;
}

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
} as const satisfies Record<string, LaunchAttribute>;

export type LaunchAttributeName = keyof typeof LAUNCH_ATTRIBUTES;
