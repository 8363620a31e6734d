/**
 * The ways in which a program can end, the frequent ones first:
 *
 *     12 ×  counter = 2
 *      3 ×  counter = 1      │ lost one
 */
import type { ProgramOutcome } from "../../protocol/explore.ts";
import type { Look } from "../terminal.ts";
import { counted } from "./counted.ts";
import type { Paint } from "./paint.ts";
import { cutTo, harmless } from "./width.ts";

const MOST_OUTCOMES = 8;
const MOST_LINES = 4;

export function renderOutcomes(
  outcomes: readonly ProgramOutcome[],
  look: Look,
  paint: Paint,
): string[] {
  const ordered = outcomes.toSorted((one, other) => other.count - one.count);
  const shown = ordered.slice(0, MOST_OUTCOMES);
  const digits = Math.max(0, ...shown.map(({ count }) => count.toLocaleString("en").length));
  const more = outcomes.length - shown.length;
  return [
    ...shown.flatMap((outcome) => renderOutcome(outcome, digits, look, paint)),
    ...(more > 0
      ? [paint.dim(`  and ${more.toLocaleString("en")} more: --json has them all`)]
      : []),
  ];
}

function renderOutcome(
  { count, output, shared }: ProgramOutcome,
  digits: number,
  look: Look,
  paint: Paint,
): string[] {
  const times = `  ${count.toLocaleString("en").padStart(digits)} ×  `;
  const indent = " ".repeat(times.length);
  const values = Object.entries(shared).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  const printed = output === "" ? [] : output.replace(/\n$/, "").split("\n");
  const lines = [
    ...(values.length > 0 ? [values.join(", ")] : []),
    ...printed.slice(0, MOST_LINES).map((line) => `│ ${line}`),
    ...(printed.length > MOST_LINES
      ? [`│ and ${counted(printed.length - MOST_LINES, "more line")}`]
      : []),
  ];
  const told = lines.length > 0 ? lines : ["nothing printed"];
  return told.map((line, index) => {
    const room = look.width - times.length;
    const text = cutTo(harmless(line), room, "…");
    return `${index === 0 ? paint.bold(times) : indent}${text}`;
  });
}
