/**
 * What went wrong, as the message of an error: the verdict in one line, what was found and where, the story, what decides, and
 * how to have it again. In the words of `threadloom check`, without its colours and without the width of a terminal.
 */
import { TESTING_MESSAGES } from "../base/catalogue/testing.ts";
import { tell } from "../base/catalogue/message.ts";
import { type Checked, findingsOf } from "../explore/checked.ts";
import { storyLine } from "../explore/story-text.ts";
import { againWords, replayCommand } from "../explore/tell/again.ts";
import { historyText } from "../explore/tell/history-text.ts";
import { verdictWords } from "../explore/tell/verdict-words.ts";
import type { CallHistory, ExploredFinding } from "../protocol/explore.ts";
import type { Diagnostic } from "../protocol/program.ts";
import type { Place } from "../trace/finding.ts";

/** Characters that a line of a picture may have: what terminals have at least, less what runners put before it. */
const WIDTH = 92;

export interface FailureAbout {
  /** The program as the person would write it: a path, or where a function stands. */
  readonly file: string;
  /** The same for every other file. */
  readonly nearby: (file: string) => string;
  /** Where the schedule is kept, or would be; undefined for a function, which has no file of its own. */
  readonly kept: string | undefined;
  readonly isSaved: boolean;
}

export function failureText(checked: Checked, about: FailureAbout): string {
  const { expected, result } = checked;
  const { file, nearby } = about;
  if (result === undefined) return doesNotCompile(file, checked.diagnostics, nearby);
  const errors = findingsOf(checked).filter(({ severity }) => severity === "error");
  if (result.executions === 0 && errors.length === 0) {
    return entry(tell(TESTING_MESSAGES.nothingRan, { file }));
  }
  const gravest = errors.find(({ schedule }) => schedule !== undefined);
  return [
    `${file}: ${verdictWords(result.verdict, result.findings, expected)}`,
    ...errors.map((finding) => findingText(finding, about, finding === gravest)),
    ...(errors.length === 0 ? [unmet(checked)] : []),
  ].join("\n\n");
}

/** Nothing is wrong, and something should have been. */
function unmet({ result, expected }: Checked): string {
  const { executions = 0, complete = false } = result ?? {};
  const extent = complete ? "every interleaving" : `${executions} executions`;
  return `Explored ${extent}; none of them shows \`${expected}\`, which \`@expect\` names.`;
}

function findingText(finding: ExploredFinding, about: FailureAbout, isGravest: boolean): string {
  const { code, kind, message, sites, story = [], nearest, schedule, remedy, history } = finding;
  const places = sites.map((site) => `  → ${at(site, about.nearby)}`);
  const told = story.map((line, index) => `${String(index + 1).padStart(4)}. ${storyLine(line)}`);
  return [
    `${kind} (${code}): ${message}`,
    ...places,
    ...(remedy === undefined ? [] : [`  help: ${remedy}`]),
    ...titled("The calls", callLines(history)),
    ...titled("What happened", told),
    ...titled("What decides", nearest === undefined ? [] : [`  ${nearest.swap}`]),
    // One is enough to begin with, and a message is no file.
    ...(schedule === undefined || !isGravest ? [] : ["", ...again(schedule, about)]),
  ].join("\n");
}

function again(schedule: string, about: FailureAbout): string[] {
  const { file, kept, isSaved } = about;
  const words =
    kept === undefined
      ? "To have it again at once, hand it to `explore` as the option `schedule`:"
      : `${againWords(file, isSaved, "`save: true`")} ${replayCommand(kept, file)}`;
  return [
    words,
    ...schedule
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
  ];
}

function callLines(history: CallHistory | undefined): string[] {
  return history === undefined ? [] : historyText(history, WIDTH).map((line) => `  ${line}`);
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function at({ file, line, column }: Place, nearby: FailureAbout["nearby"]): string {
  return `${nearby(file)}:${line}:${column}`;
}

function doesNotCompile(
  file: string,
  diagnostics: readonly Diagnostic[],
  nearby: FailureAbout["nearby"],
): string {
  const lines = diagnostics
    .filter(({ stops }) => stops)
    .map(
      (one) =>
        `${at(one, nearby)} ${one.code}: ${one.message}${one.remedy === undefined ? "" : ` ${one.remedy}`}`,
    );
  return [entry(tell(TESTING_MESSAGES.doesNotCompile, { file })), ...lines].join("\n");
}

function entry({ code, message, remedy }: ReturnType<typeof tell>): string {
  return `${code}: ${message}${remedy === undefined ? "" : `\n${remedy}`}`;
}
