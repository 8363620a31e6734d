/** What could be typed next in the console or a watch: names in sight, or members of a value. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Inspection } from "./inspection.ts";

/** The value before a dot, and what of the member's name is there; or a name at the end. */
const MEMBER = /([\p{ID_Start}$_][\p{ID_Continue}$.[\]"']*)\.([\p{ID_Continue}$]*)$/u;
const NAME = /(?:^|[^\p{ID_Continue}$.])([\p{ID_Start}$_][\p{ID_Continue}$]*|)$/u;

export async function completions(
  inspection: Inspection,
  { text, column, frameId }: DebugProtocol.CompletionsArguments,
): Promise<DebugProtocol.CompletionItem[]> {
  if (frameId === undefined) return [];
  const before = text.slice(0, Math.max(0, column - 1));
  const member = MEMBER.exec(before);
  const typed = (member?.[2] ?? NAME.exec(before)?.[1])?.toLowerCase();
  if (typed === undefined) return [];
  const names = member
    ? await inspection.membersOf(member[1], frameId)
    : await inspection.namesIn(frameId);
  return [...new Set(names)]
    .filter((name) => name.toLowerCase().startsWith(typed))
    .map((label) => ({ label, type: member ? "property" : "variable" }));
}
