/** What `explore` throws: a program that does not come to what it should, with everything that a test may want to look at. */
import { type Checked, findingsOf, verdictOf } from "../explore/checked.ts";
import { storyText } from "../explore/story-text.ts";
import type { Place } from "../trace/finding.ts";
import { exploredOf } from "./explored.ts";
import { type FailureAbout, failureText } from "./failure-text.ts";
import type { Diagnostic, Explored, ExploredFinding } from "./types/testing.d.ts";

export class ExplorationError extends Error {
  override readonly name = "ExplorationError";
  readonly verdict: string;
  readonly expected: string;
  readonly findings: readonly ExploredFinding[];
  readonly schedule: string | undefined;
  readonly story: string | undefined;
  readonly result: Explored | undefined;
  readonly diagnostics: readonly Diagnostic[];

  /** `caller`: what is left out of the stack, so that it begins in the test. */
  constructor(checked: Checked, about: FailureAbout, caller: Function) {
    super(failureText(checked, about));
    const findings = findingsOf(checked);
    const { schedule, story } = findings.find((finding) => finding.schedule !== undefined) ?? {};
    this.verdict = verdictOf(checked);
    this.expected = checked.expected;
    this.findings = findings;
    this.schedule = schedule;
    this.story = story === undefined ? undefined : storyText(story);
    this.result = checked.result === undefined ? undefined : exploredOf(checked.result);
    this.diagnostics = checked.diagnostics;
    // Runners print what an error has of its own beside its message, which has all of it in words already.
    for (const key of ["findings", "schedule", "story", "result", "diagnostics"]) {
      Object.defineProperty(this, key, { enumerable: false });
    }
    Error.captureStackTrace(this, caller);
    // The place to blame comes first: runners show the line of the first frame.
    const [site] = findings.find(({ severity }) => severity === "error")?.sites ?? [];
    const head = `${this.name}: ${this.message}`;
    const frames = (this.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
    this.stack = [head, ...(site === undefined ? [] : [frameAt(site)]), ...frames].join("\n");
  }
}

function frameAt({ file, line, column }: Place): string {
  return `    at ${file}:${line}:${column}`;
}
