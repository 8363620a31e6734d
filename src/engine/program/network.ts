/**
 * Whether a program may open sockets: then its ports are an object of the run from its beginning, the same in every execution.
 * Whoever uses them has to name them somewhere; a comment that does costs one object.
 */
import type { CompiledProgram } from "../../protocol/program.ts";

export function usesNetwork(program: CompiledProgram): boolean {
  let uses = known.get(program);
  if (uses === undefined) {
    uses = program.sources.some(({ text }) => /\bTcp(Listener|Stream)\b/.test(text));
    known.set(program, uses);
  }
  return uses;
}

/** A program is run again and again while it is explored. */
const known = new WeakMap<CompiledProgram, boolean>();
