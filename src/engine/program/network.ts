/**
 * Whether a program may open sockets: then its ports are an object of the run from its beginning, the same in every execution.
 * Whoever uses them has to name them somewhere; a comment that does costs one object.
 */
import type { CompiledProgram } from "../../protocol/program.ts";

export function usesNetwork({ sources }: CompiledProgram): boolean {
  return sources.some(({ text }) => /\bTcp(Listener|Stream)\b/.test(text));
}
