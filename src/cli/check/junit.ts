/**
 * A check as JUnit's XML, which every CI service reads: a test case a program, in suites by folder. What is not as expected is a
 * failure with its findings and stories; a program that does not compile, or a search that was cut short, is an error.
 * There is no standard; this keeps to what Jenkins' schema (jenkins-junit.xsd) allows.
 */
import path from "node:path";
import { type Checked, findingsOf, isAsExpected, verdictOf } from "../../explore/checked.ts";
import { verdictWords } from "../../explore/tell/verdict-words.ts";
import { storyText } from "../../explore/story-text.ts";
import { grouped } from "../../base/grouped.ts";

export function junitReport(all: readonly Checked[]): string {
  const suites = grouped(all, ({ file }) => path.dirname(file).replaceAll("\\", "/"));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="threadloom" ${counts(all)}>`,
    ...[...suites].flatMap(([folder, programs]) => suite(folder, programs)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(folder: string, programs: readonly Checked[]): string[] {
  return [
    `  <testsuite name="${attribute(folder)}" ${counts(programs)}>`,
    ...programs.flatMap((checked) => testCase(folder, checked)),
    "  </testsuite>",
  ];
}

function testCase(folder: string, checked: Checked): string[] {
  const { file, durationMs } = checked;
  const name = attribute(path.basename(file));
  const problem = problemOf(checked);
  const summary = summaryOf(checked);
  return [
    `    <testcase name="${name}" classname="${attribute(folder)}" time="${seconds(durationMs)}">`,
    ...(problem === undefined
      ? []
      : [
          `      <${problem.element} type="${problem.type}" message="${attribute(problem.message)}">${text(problem.body)}</${problem.element}>`,
        ]),
    ...(summary === "" ? [] : [`      <system-out>${text(summary)}</system-out>`]),
    "    </testcase>",
  ];
}

interface Problem {
  readonly element: "failure" | "error";
  readonly type: string;
  readonly message: string;
  readonly body: string;
}

function problemOf(checked: Checked): Problem | undefined {
  if (isAsExpected(checked)) return undefined;
  const { expected, result, diagnostics } = checked;
  const type = verdictOf(checked);
  if (result === undefined) {
    const errors = diagnostics.filter(({ stops }) => stops);
    const lines = errors.map(
      ({ file, line, column, code, message }) => `${file}:${line}:${column} ${code}: ${message}`,
    );
    return { element: "error", type, message: "it does not compile", body: lines.join("\n") };
  }
  const findings = findingsOf(checked).filter(({ severity }) => severity === "error");
  const body = findings.map(({ code, kind, message, story, schedule }) =>
    [
      `${kind} (${code}): ${message}`,
      ...(story === undefined ? [] : [storyText(story)]),
      ...(schedule === undefined ? [] : [schedule.trimEnd()]),
    ].join("\n\n"),
  );
  const message =
    type === "limit"
      ? (result.stopped ?? "the search was cut short")
      : verdictWords(result.verdict, result.findings, expected);
  return {
    element: type === "limit" ? "error" : "failure",
    ...{ type, message, body: body.join("\n\n") },
  };
}

function summaryOf({ result, expected }: Checked): string {
  if (result === undefined) return "";
  const { verdict, executions, complete, outcomes, seed } = result;
  const extent = complete ? "complete" : "not complete";
  return `${verdict} (expected: ${expected}); ${executions} executions, ${extent}; ${outcomes.length} outcomes; seed ${seed}`;
}

function counts(programs: readonly Checked[]): string {
  const problems = programs.map(problemOf);
  const number = (element: Problem["element"]) =>
    problems.filter((problem) => problem?.element === element).length;
  const time = programs.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return `tests="${programs.length}" failures="${number("failure")}" errors="${number("error")}" time="${seconds(time)}"`;
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);

/** XML 1.0 has no way to write most control characters, not even escaped. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

function text(value: string): string {
  return value
    .replace(UNWRITABLE, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function attribute(value: string): string {
  return text(value)
    .replaceAll('"', "&quot;")
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
