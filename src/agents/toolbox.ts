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
import { explain } from "./tools/explain.ts";
import { listOutcomes } from "./tools/list-outcomes.ts";
import { replay } from "./tools/replay.ts";
import { step } from "./tools/step.ts";
import { trace } from "./tools/trace.ts";
import { Sessions } from "./sessions.ts";
import type { AgentWorld } from "./world.ts";

export const TOOLS: readonly AgentTool[] = [check, listOutcomes, replay, step, trace, explain];

/** As MCP and VS Code take it. */
export function inputSchemaOf({ input }: AgentTool): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: "input" });
  return schema;
}

/** The tools over one world, with the sessions that were opened by them. */
export class Toolbox implements Disposable {
  readonly #world: AgentWorld;
  readonly #sessions: Sessions;

  constructor(world: AgentWorld) {
    this.#world = world;
    this.#sessions = new Sessions(world);
  }

  /** Rejects where the call was given up, or something of ours broke. */
  async call(name: string, given: unknown, call: Call): Promise<Outcome> {
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
      const all = { ...call, sessions: this.#sessions };
      return { ok: true, ...(await tool.run(read.data, this.#world, all)) };
    } catch (error) {
      if (error instanceof Refused) return refused(error.told);
      throw error;
    }
  }

  /** A page of the documentation, as Markdown. */
  page(name: string): Promise<string> {
    return this.#world.page(name);
  }

  [Symbol.dispose](): void {
    this.#sessions[Symbol.dispose]();
  }
}

function refused(told: Told): Outcome {
  return { ok: false, text: toldText(told), told };
}

function problemText({ path, message }: z.core.$ZodIssue): string {
  const what = message.charAt(0).toLowerCase() + message.slice(1);
  return path.length === 0 ? what : `\`${path.join(".")}\`: ${what}`;
}
