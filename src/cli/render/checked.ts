/**
 * A checked program on a terminal: the verdict in one line, what was explored, each finding with its story and its schedule, and
 * for a pass the outcomes. Of a list, what is as expected takes one line. Pure: the same result gives the same lines.
 */
import type { ExploreResult, Shard } from "../../protocol/explore.ts";
import {
  type Checked,
  findingsOf,
  isAsExpected,
  isEmptyShard,
  verdictOf,
} from "../../explore/checked.ts";
import { statusOf } from "../check/status.ts";
import { worthSaving } from "../../explore/node/saved-schedule-file.ts";
import { Exit } from "../exit.ts";
import { nearby } from "../../explore/node/nearby.ts";
import { isExpected } from "../../explore/expectation.ts";
import { verdictWords } from "../../explore/tell/verdict-words.ts";
import type { Look } from "../terminal.ts";
import { phaseName } from "../../explore/tell/progress.ts";
import { proofOf } from "../../explore/tell/proof.ts";
import { counted } from "./counted.ts";
import { duration } from "./duration.ts";
import { renderExploredFinding } from "./explored-finding.ts";
import { renderOutcomes } from "./outcomes.ts";
import type { Paint } from "./paint.ts";
import { plain } from "./plain.ts";
import { renderTable } from "./table.ts";
import { wrap } from "./wrap.ts";

export interface CheckedAbout {
  /** It is one of a list. */
  readonly isList: boolean;
  /** The schedule file that was written for it. */
  readonly saved?: string | undefined;
  /** What paths are relative to. */
  readonly folder: string;
}

export function renderChecked(
  checked: Checked,
  about: CheckedAbout,
  look: Look,
  paint: Paint,
): string[] {
  const { result } = checked;
  const head = wrap(headOf(checked, look, paint), look.width, "  ");
  if (result === undefined || (about.isList && isAsExpected(checked))) return fitted(head, look);
  const worth = worthSaving(checked);
  const findings = findingsOf(checked).flatMap((finding) => [
    "",
    ...renderExploredFinding(
      finding,
      { file: checked.file, folder: about.folder, saved: about.saved, isWorth: finding === worth },
      look,
      paint,
    ),
  ]);
  const told = [...head, ...extent(result, checked.shard, look, paint), ...findings];
  // In a list, what is not as it should be is enough: a check of the file alone tells the rest.
  if (about.isList) return fitted([...told, ""], look);
  const unmodelled = result.unmodelled.flatMap((one) => wrap(`  ${one}`, look.width, "    "));
  const lines = [
    ...told,
    ...section("Outcomes", renderOutcomes(result.outcomes, look, paint), paint),
    ...section("Met in one order only", pairLines(result, about.folder, look, paint), paint),
    ...section("Not modelled", unmodelled, paint),
  ];
  return fitted(lines, look);
}

/** How many programs came to what; empty lines before it are the caller's. */
export function renderTally(
  all: readonly Checked[],
  wanted: number,
  look: Look,
  paint: Paint,
): string[] {
  const number = (status: Exit) => all.filter((one) => statusOf(one) === status).length;
  const parts = [
    paint.good(`${number(Exit.AS_EXPECTED)} as expected`),
    ...[
      [number(Exit.NOT_AS_EXPECTED), "not as expected"] as const,
      [number(Exit.STOPPED_AT_LIMIT), "stopped at a limit"] as const,
      [
        number(Exit.BAD_USAGE),
        number(Exit.BAD_USAGE) === 1 ? "does not compile" : "do not compile",
      ] as const,
    ]
      .filter(([count]) => count > 0)
      .map(([count, what]) => paint.bad(`${count} ${what}`)),
    ...(wanted > all.length ? [paint.warning(`${wanted - all.length} not begun`)] : []),
  ];
  return fitted(
    wrap(`${paint.bold(counted(wanted, "program"))}: ${parts.join(", ")}`, look.width),
    look,
  );
}

/** `bank.ts  deadlock, where ok was expected · 143 executions · …`. */
function headOf(checked: Checked, look: Look, paint: Paint): string {
  const { file, expected, result, shard, durationMs } = checked;
  const verdict = verdictOf(checked);
  const asExpected = isAsExpected(checked);
  const mark = (text: string) => paint.bold(asExpected ? paint.good(text) : paint.bad(text));
  const separator = paint.dim(" · ");
  const time = duration(durationMs * 1e6, "nanoseconds", look);
  if (result === undefined) {
    return [`${paint.bold(file)}  ${mark("does not compile")}`, time].join(separator);
  }
  const words =
    asExpected && !isExpected(result.verdict, result.findings, expected)
      ? isEmptyShard(checked)
        ? "nothing fell to this shard"
        : `${verdict} in this shard`
      : verdictWords(result.verdict, result.findings, expected);
  return [
    `${paint.bold(file)}  ${mark(words)}`,
    ...(shard === undefined ? [] : [`shard ${shard.index} of ${shard.of}`]),
    counted(result.executions, "execution"),
    ...(result.complete ? ["complete"] : checked.interrupted ? ["interrupted"] : []),
    counted(result.outcomes.length, "outcome"),
    time,
  ].join(separator);
}

/** What was explored, phase by phase, and what that proves. */
function extent(
  result: ExploreResult,
  shard: Shard | undefined,
  look: Look,
  paint: Paint,
): string[] {
  const { phases, seed, steps, pruned } = result;
  const rows = phases.map((phase) => [
    `  ${phaseName(phase)}`,
    counted(phase.executions, "execution"),
    paint.dim(phase.complete ? "all of them" : "not all"),
  ]);
  const facts = [
    // Nobody knows, where the search was lost.
    ...(steps > 0 ? [counted(steps, "step")] : []),
    ...(pruned > 0 ? [`${counted(pruned, "branch").replace(/branchs$/, "branches")} pruned`] : []),
    ...(phases.some(({ strategy }) => isRandom(strategy)) ? [`seed ${seed}`] : []),
  ];
  // A search that was cut short says so among its findings.
  const told = result.findings.some(({ kind }) => kind === "limit")
    ? []
    : [proofOf(result, { shard, more: "--keep-going" })];
  return [
    ...told.flatMap((sentence) => wrap(`  ${sentence}`, look.width, "  ")),
    ...(rows.length > 1 ? renderTable(rows) : []),
    ...(facts.length > 0 ? [paint.dim(`  ${facts.join(", ")}`)] : []),
  ];
}

const isRandom = (strategy: string) => ["random", "pos", "pct"].includes(strategy);

const MOST_PAIRS = 10;

/** Conflicting lines that were met in one order only: what no execution has tried. */
function pairLines({ pairs }: ExploreResult, folder: string, look: Look, paint: Paint): string[] {
  const oneWay = pairs.filter(({ bothOrders }) => !bothOrders);
  const place = ({ file, line }: { readonly file: string; readonly line: number }) =>
    paint.place(`${nearby(file, folder)}:${line}`);
  const shown = oneWay
    .slice(0, MOST_PAIRS)
    .flatMap(({ first, second, object }) =>
      wrap(`  ${place(first)} before ${place(second)}, on \`${object}\``, look.width, "    "),
    );
  const more = oneWay.length - MOST_PAIRS;
  return more > 0 ? [...shown, paint.dim(`  and ${more} more`)] : shown;
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ["", `  ${paint.bold(title)}`, ...lines];
}

function fitted(lines: readonly string[], look: Look): string[] {
  return lines.map((line) => (look.unicode ? line : plain(line)));
}
