/** Where code of the program begins: functions, by their names, and the program itself. */
import type { CompiledProgram, Point } from "../protocol/program.ts";
import type { Place } from "../trace/finding.ts";

/**
 * The first statement of the first function of this name, in the order of the text; `name()` and `Class.name` will do.
 * Linear in the places where the program can pause.
 */
export function beginningOf(program: CompiledProgram, name: string): Place | undefined {
  const plain = name.trim().replace(/\(\)$/, "");
  return firstOf(program, ({ function: of }) => of === plain || of?.endsWith(`.${plain}`) === true);
}

/** The first statement of the program's own file. */
export function beginning(program: CompiledProgram): Place | undefined {
  return firstOf(program, ({ file }) => file === program.entry);
}

function firstOf(
  { points = [], probes }: CompiledProgram,
  isIt: (point: Point) => boolean,
): Place | undefined {
  const pauses = (probes?.pauses ?? []).flatMap((pause) => points[pause] ?? []).filter(isIt);
  const [first] = pauses.sort((one, other) => one.line - other.line || one.column - other.column);
  return first && { file: first.file, line: first.line, column: first.column };
}
