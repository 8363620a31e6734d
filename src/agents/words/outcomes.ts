/** The ways in which a program can end, for a model to read: the frequent ones first, each with a schedule that leads there. */
import { counted } from "../../analysis/words.ts";
import type { ExploreResult } from "../../protocol/explore.ts";
import { block } from "./checked.ts";

/** Beyond these there is only the data: a model does not read hundreds. */
const MOST_OUTCOMES = 20;
const MOST_LINES = 20;

export function outcomesText(file: string, result: ExploreResult, executions: number): string {
  const { outcomes, complete, findings } = result;
  const ordered = outcomes.toSorted((one, other) => other.count - one.count);
  const failures = findings.filter(({ severity }) => severity === "error");
  const extent = complete
    ? "every interleaving was explored, so there are no others"
    : "not every interleaving was explored, so there may be others";
  const more = ordered.length - MOST_OUTCOMES;
  return [
    `${file} ends in ${counted(outcomes.length, "way")} (${counted(executions, "execution")}; ${extent}).`,
    ...failures.map(
      ({ kind, code, message }) =>
        `It also fails: ${kind} (${code}) ${message} \`check\` tells how.`,
    ),
    ...ordered
      .slice(0, MOST_OUTCOMES)
      .map(
        ({ output, shared, count, schedule }, index) =>
          `\n${index + 1}. in ${counted(count, "execution")}\n${endText(output, shared)}\n${block(schedule)}`,
      ),
    ...(more > 0 ? [`\nand ${counted(more, "more way")}`] : []),
  ].join("\n");
}

function endText(output: string, shared: Readonly<Record<string, unknown>>): string {
  const values = Object.entries(shared).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  const printed = output === "" ? [] : output.replace(/\n$/, "").split("\n");
  const more = printed.length - MOST_LINES;
  const lines = [
    ...(values.length > 0 ? [`   ${values.join(", ")}`] : []),
    ...printed.slice(0, MOST_LINES).map((line) => `   prints: ${line}`),
    ...(more > 0 ? [`   and ${counted(more, "more line")}`] : []),
  ];
  return lines.length > 0 ? lines.join("\n") : "   prints nothing";
}
