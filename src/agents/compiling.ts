/** A program's text → a compiled program, or a refusal that says what is wrong with it and where. */
import { AGENT_MESSAGES } from "../base/catalogue/agents.ts";
import type { CompiledProgram, Diagnostic } from "../protocol/program.ts";
import { Refused, refuse } from "./refusal.ts";
import type { Call } from "./tool.ts";
import type { AgentWorld } from "./world.ts";

const MOST_DIAGNOSTICS = 10;

/** The one program at a path. */
export async function programAt(path: string, world: AgentWorld): Promise<string> {
  const programs = await world.programsAt(path);
  if ("complaint" in programs) throw new Refused(programs.complaint);
  return programs.files[0];
}

export async function compiled(
  file: string,
  form: "native" | "model" | "debug",
  world: AgentWorld,
  { signal }: Pick<Call, "signal">,
): Promise<CompiledProgram> {
  const compilation = await world.compile(file, form, signal);
  if (compilation.ok) return compilation.program;
  return refuse(AGENT_MESSAGES.doesNotCompile, {
    program: world.nearby(file),
    problems: diagnosticsText(compilation.diagnostics, world),
  });
}

/** The errors that stop it, one a line; all errors where none says that it does. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], world: AgentWorld): string {
  const stopping = diagnostics.filter(({ stops }) => stops);
  const told = stopping.length > 0 ? stopping : diagnostics;
  const lines = told.slice(0, MOST_DIAGNOSTICS).map(({ code, message, remedy, ...at }) => {
    const place = `${world.nearby(at.file)}:${at.line}:${at.column}`;
    return `${place} ${code}: ${message}${remedy === undefined ? "" : ` ${remedy}`}`;
  });
  const more = told.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}
