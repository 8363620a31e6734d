/** Where a function of the program begins, by its name: what a function breakpoint of the usual kind stops at. */
import type { CompiledProgram } from "../protocol/program.ts";
import type { Place } from "../trace/finding.ts";

/**
 * The first statement of the first function of this name, in the order of the text; `name()` and `Class.name` will do.
 * Linear in the places where the program can pause.
 */
export function beginningOf(
  { points = [], probes }: CompiledProgram,
  name: string,
): Place | undefined {
  const plain = name.trim().replace(/\(\)$/, "");
  const places = (probes?.pauses ?? []).flatMap((pause) => {
    const point = points[pause];
    if (!point?.function) return [];
    const isIt = point.function === plain || point.function.endsWith(`.${plain}`);
    return isIt ? [point] : [];
  });
  const [first] = places.sort((one, other) => one.line - other.line || one.column - other.column);
  return first && { file: first.file, line: first.line, column: first.column };
}
