/**
 * What exploring a program came to, for a model to read: the verdict, what it proves, each failure with its place, its story and
 * the schedule that has it again. Schedules come whole, in a block, since they are to be copied.
 */
import { counted } from "../../analysis/words.ts";
import { type Checked, findingsOf, isAsExpected } from "../../explore/checked.ts";
import { storyLine } from "../../explore/story-text.ts";
import { historyText } from "../../explore/tell/history-text.ts";
import { proofOf } from "../../explore/tell/proof.ts";
import { verdictWords } from "../../explore/tell/verdict-words.ts";
import type { ExploredFinding, ExploreResult } from "../../protocol/explore.ts";
import type { Place } from "../../trace/finding.ts";
import { diagnosticsText } from "../compiling.ts";
import type { AgentWorld } from "../world.ts";

/** Characters of a line. */
const WIDTH = 100;

export interface CheckedAbout {
  readonly world: AgentWorld;
  /** One of several: then a pass is a line. */
  readonly isList: boolean;
}

export function checkedText(checked: Checked, { world, isList }: CheckedAbout): string {
  const { file, result, expected, diagnostics } = checked;
  if (result === undefined) {
    return `${file}: does not compile\n${diagnosticsText(diagnostics, world)}`;
  }
  const { verdict, findings, executions, complete } = result;
  const extent = `${counted(executions, "execution")}${complete ? ", complete" : ""}`;
  const head = `${file}: ${verdictWords(verdict, findings, expected)} (${extent})`;
  if (isList && isAsExpected(checked)) return head;
  const told = findingsOf(checked);
  const errors = told.filter(({ severity }) => severity === "error");
  const warnings = told.filter(({ severity }) => severity !== "error");
  return [
    head,
    proofOf(result, { more: "`keep_going`" }),
    ...(result.stopped === undefined ? [] : [result.stopped]),
    ...errors.map((finding) => `\n${findingText(finding, world)}`),
    ...(warnings.length === 0 ? [] : ["\nWarnings:"]),
    ...warnings.map((finding) => `- ${headOf(finding, world)}`),
    ...outcomesLine(result),
    ...result.unmodelled.map((one) => `Not modelled: ${one}`),
  ].join("\n");
}

/** How many programs came to what. */
export function tallyText(all: readonly Checked[]): string {
  const good = all.filter(isAsExpected).length;
  return `${counted(all.length, "program")}: ${good} as expected, ${all.length - good} not`;
}

/** A failure: what, where, why, what to do, how it came about, and how to have it again. */
export function findingText(finding: ExploredFinding, world: AgentWorld): string {
  const { remedy, chain = [], story = [], nearest, schedule, history } = finding;
  const steps = story.map((line, index) => `  ${index + 1}. ${storyLine(line)}`);
  const links = chain.map(({ text, site }) => `  - ${text}${at(site, world)}`);
  return [
    headOf(finding, world),
    ...(remedy === undefined ? [] : [`What to do: ${remedy}`]),
    ...(history === undefined ? [] : ["The calls:", block(historyText(history, WIDTH).join("\n"))]),
    ...(steps.length > 0 ? ["What happened:", ...steps] : links),
    ...(nearest === undefined ? [] : [`What decides: ${nearest.swap}`]),
    ...(schedule === undefined ? [] : ["Schedule, for `replay` and `step`:", block(schedule)]),
  ].join("\n");
}

/** A schedule, to be copied as it is. */
export function block(schedule: string): string {
  return `\`\`\`\n${schedule.trimEnd()}\n\`\`\``;
}

function headOf({ kind, code, severity, message, sites }: ExploredFinding, world: AgentWorld) {
  const places = sites.map(({ file, line, column }) => `${world.nearby(file)}:${line}:${column}`);
  const where = places.length === 0 ? "" : ` [${places.join(", ")}]`;
  return `${severity} ${code} ${kind}: ${message}${where}`;
}

function at(site: Place | undefined, world: AgentWorld): string {
  return site === undefined ? "" : ` (${world.nearby(site.file)}:${site.line})`;
}

function outcomesLine({ outcomes }: ExploreResult): string[] {
  if (outcomes.length < 2) return [];
  return [`It ends in ${counted(outcomes.length, "way")}: \`list_outcomes\` tells of each.`];
}
