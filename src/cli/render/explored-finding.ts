/**
 * A finding of exploring on a terminal: what, where, how it came about step by step, what would have had to be otherwise, and the
 * schedule to have it again, in lines that can be copied as they are.
 */
import type { CallHistory, ExploredFinding } from "../../protocol/explore.ts";
import { savedScheduleOf } from "../../explore/node/saved-schedule-file.ts";
import { nearby } from "../../explore/node/nearby.ts";
import { againWords, replayCommand } from "../../explore/tell/again.ts";
import { historyText } from "../../explore/tell/history-text.ts";
import { storyLine } from "../../explore/story-text.ts";
import { findingsNearby } from "../nearby.ts";
import type { Look } from "../terminal.ts";
import { renderFindings } from "./findings.ts";
import type { Paint } from "./paint.ts";
import { harmless } from "./width.ts";
import { wrap } from "./wrap.ts";

const INDENT = "      ";

export interface FindingAbout {
  /** The program, as the person named it. */
  readonly file: string;
  /** The schedule file that was written. */
  readonly saved?: string | undefined;
  /** Whether it is the one whose schedule is kept, if any is. */
  readonly isWorth: boolean;
  readonly folder: string;
}

export function renderExploredFinding(
  finding: ExploredFinding,
  about: FindingAbout,
  look: Look,
  paint: Paint,
): string[] {
  const { story = [], nearest, schedule, history } = finding;
  const width = look.width;
  // A story has told what a chain would tell again.
  const { chain, ...withoutChain } = finding;
  const shown = story.length > 0 || chain === undefined ? withoutChain : finding;
  const told = story.flatMap((line, index) =>
    wrap(`    ${String(index + 1).padStart(2)}. ${harmless(storyLine(line))}`, width, "        "),
  );
  const swap =
    nearest === undefined
      ? []
      : [
          ...wrap(`    ${nearest.swap}`, width, "    "),
          ...nearest.sites.map(
            ({ file, line, column }) =>
              `    ${paint.dim("→")} ${paint.place(`${nearby(file, about.folder)}:${line}:${column}`)}`,
          ),
        ];
  return [
    ...renderFindings(findingsNearby([shown], about.folder), look, paint),
    ...titled("The calls", callLines(history, width), paint),
    ...titled("What happened", told, paint),
    ...titled("What decides", swap, paint),
    ...(schedule === undefined ? [] : scheduleLines(schedule, about, paint)),
  ];
}

function callLines(history: CallHistory | undefined, width: number): string[] {
  if (history === undefined) return [];
  return historyText(history, width - INDENT.length).map((line) => `${INDENT}${harmless(line)}`);
}

function titled(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [`    ${paint.bold(title)}`, ...lines];
}

/** A schedule is never wrapped: it is to be pasted. */
function scheduleLines(schedule: string, about: FindingAbout, paint: Paint): string[] {
  const { file, isWorth } = about;
  const isKept = isWorth && about.saved !== undefined;
  const target = savedScheduleOf(file);
  const words = againWords(file, isKept, isWorth ? "--save" : undefined);
  return [
    `    ${paint.bold(words)} ${replayCommand(target, file)}`,
    ...schedule
      .trimEnd()
      .split("\n")
      .map((line) => `      ${harmless(line)}`),
  ];
}
