/**
 * All tools, and the one way in which they are called: arguments are checked, what cannot be done is an answer with code, reason
 * and remedy, and a call that was given up throws. Whatever else is thrown is a fault of ours.
 */
import * as z from "zod";
import { AGENT_MESSAGES } from "../base/catalogue/agents.ts";
import { tell } from "../base/catalogue/message.ts";
import { Refused, toldText, type Told } from "./refusal.ts";
import type { AgentTool, Call, Outcome } from "./tool.ts";
import { check } from "./tools/check.ts";
import { listOutcomes } from "./tools/list-outcomes.ts";
import type { AgentWorld } from "./world.ts";

export const TOOLS: readonly AgentTool[] = [check, listOutcomes];

/** As MCP and VS Code take it. */
export function inputSchemaOf({ input }: AgentTool): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: "input" });
  return schema;
}

/** Rejects where the call was given up, or something of ours broke. */
export async function callTool(
  name: string,
  given: unknown,
  world: AgentWorld,
  call: Call,
): Promise<Outcome> {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool === undefined) {
    const tools = TOOLS.map((one) => `\`${one.name}\``).join(", ");
    return refused(tell(AGENT_MESSAGES.unknownTool, { tool: name, tools }));
  }
  const read = tool.input.safeParse(given ?? {});
  if (!read.success) {
    const problems = read.error.issues.map(problemText).join("; ");
    const hint = `it takes ${Object.keys(tool.input.shape).join(", ")}`;
    return refused(tell(AGENT_MESSAGES.badArguments, { tool: name, problems, hint }));
  }
  try {
    return { ok: true, ...(await tool.run(read.data, world, call)) };
  } catch (error) {
    if (error instanceof Refused) return refused(error.told);
    throw error;
  }
}

function refused(told: Told): Outcome {
  return { ok: false, text: toldText(told), told };
}

function problemText({ path, message }: z.core.$ZodIssue): string {
  const what = message.charAt(0).toLowerCase() + message.slice(1);
  return path.length === 0 ? what : `\`${path.join(".")}\`: ${what}`;
}
