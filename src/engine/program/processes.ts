/**
 * Whether a program may start processes: real threads of which somebody else decides the order start none, so that the model
 * engine is asked instead. Whoever starts one has to name that somewhere; a comment that does costs nothing but that.
 */
import type { CompiledProgram } from "../../protocol/program.ts";

export function startsProcesses({ sources }: Pick<CompiledProgram, "sources">): boolean {
  return sources.some(({ text }) => /\bProcess\s*\.\s*spawn\b/.test(text));
}
