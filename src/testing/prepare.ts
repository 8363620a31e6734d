/**
 * Prepares the file of a test: functions that are given to `explore` become the programs that they are. Every line stays where it
 * is, and every column outside of a call's first line, so that no source map is needed.
 */
import type { ClosureChange } from "../compiler/closures/change.ts";
import { CLOSURE_VERSION } from "./closure.ts";
import { ask } from "./desk.ts";

/**
 * The text to load instead; undefined where nothing is to be done, which most files are found to be without being parsed.
 * `specifierOf`: what `threadloom:std` is to be imported as, where the runner's own resolution cannot be told.
 */
export function prepare(
  file: string,
  text: string,
  specifierOf?: (name: string) => string,
): string | undefined {
  const explores = text.includes("threadloom/testing") || text.includes("threadloom:check");
  const imports = specifierOf !== undefined && text.includes("threadloom:");
  if (!explores && !imports) return undefined;
  const answer = ask({ type: "prepare", file: file.replaceAll("\\", "/"), text });
  const { closures, specifiers } = answer.change;
  const edits = [
    ...closures.map((closure) => ({ ...closure, text: replacement(closure, text) })),
    ...specifiers
      .filter(({ start }) => closures.every((one) => start < one.start || start >= one.end))
      .map(({ start, end, name }) => ({
        ...{ start, end },
        text: JSON.stringify(specifierOf?.(name) ?? name),
      })),
  ].sort((one, other) => one.start - other.start);
  if (edits.length === 0) return undefined;
  let at = 0;
  const pieces: string[] = [];
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return pieces.join("") + text.slice(at);
}

function replacement(closure: ClosureChange, text: string): string {
  const { start, end, captured, place, at, problem } = closure;
  const members = [
    `threadloomClosure: ${CLOSURE_VERSION}`,
    `place: ${JSON.stringify(place)}`,
    `text: ${JSON.stringify(closure.text)}`,
    `at: ${at}`,
    ...(problem === undefined ? [] : [`problem: ${JSON.stringify(problem)}`]),
    // A function that cannot be a program is refused before anybody looks at its variables.
    ...(captured.length === 0 || problem !== undefined
      ? []
      : [
          `captured: () => ({ ${captured.map(({ name }) => name).join(", ")} })`,
          `places: ${JSON.stringify(Object.fromEntries(captured.map((one) => [one.name, one.place])))}`,
        ]),
  ];
  const [, ...further] = text.slice(start, end).split("\n");
  const padding = further.length === 0 ? "" : "\n".repeat(further.length) + blank(further.at(-1)!);
  return `{ ${members.join(", ")} }${padding}`;
}

function blank(line: string): string {
  return " ".repeat(line.replace(/\r$/, "").length);
}
