/** What has to be added so that functions can be explored, for the runner in which this test runs. */
import { tell } from "../base/catalogue/message.ts";
import { TESTING_MESSAGES } from "../base/catalogue/testing.ts";
import type { SetUpProblem } from "./set-up-error.ts";

export type Runner = "vitest" | "jest" | "node";

/** By the variables that each runner sets for its tests. */
export function runnerOf(environment: Readonly<Record<string, string | undefined>>): Runner {
  if (environment["VITEST"] !== undefined) return "vitest";
  if (environment["JEST_WORKER_ID"] !== undefined) return "jest";
  return "node";
}

const LINES: Readonly<Record<Runner, string>> = {
  vitest:
    'Add the plugin to vitest.config.ts: `import threadloom from "threadloom/vite";` and `plugins: [threadloom()]`.',
  jest: 'Add to the configuration of Jest: `transform: { "\\\\.[cm]?[jt]sx?$": "threadloom/jest" }`.',
  node: "Start the tests with `node --import threadloom/register --test`.",
};

const MORE = " A program in a file of its own needs nothing: `explore(new URL(…))`.";

/** What is called, with what it was given, and how that is written. */
const CALLS = {
  explore: { call: "explore", what: "a function", form: "() => { … }" },
  linearizable: { call: "linearizable", what: "a structure's operations", form: "{ create: … }" },
} as const;

/** `isPrepared`: the transform is at work, and has not seen this call. */
export function setUpFor(
  called: keyof typeof CALLS,
  runner: Runner,
  isPrepared: boolean,
): SetUpProblem {
  const { call, what, form } = CALLS[called];
  if (isPrepared) return tell(TESTING_MESSAGES.unseen, { call, what, form });
  return tell(TESTING_MESSAGES.untransformed, { call, what, setUp: LINES[runner] + MORE });
}
