/**
 * What a tool for coding agents is, whoever offers it: the MCP server, or VS Code's language models. A tool is its name, the
 * words by which a model that has never heard of Threadloom finds it, what it takes, and what it does.
 */
import type * as z from "zod";
import type { ToolName } from "./names.ts";
import type { Told } from "./refusal.ts";
import type { Sessions } from "./sessions.ts";
import type { AgentWorld } from "./world.ts";

/** One call of a tool. */
export interface Call {
  /** Aborted when whoever called wants no answer any more: what was started for it is ended at once. */
  readonly signal: AbortSignal;
  /** Says how far it is. `done` only grows within a call. */
  readonly progress: (message: string, done: number) => void;
}

/** What a tool has besides the world: the sessions of whoever calls. */
export interface ToolCall extends Call {
  readonly sessions: Sessions;
}

export interface Answer {
  /** For a model to read: everything that it needs to go on. */
  readonly text: string;
  /** The same for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AgentTool<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  readonly input: Schema;
  /** Shape of `Answer.data`, as JSON Schema. */
  readonly output: Readonly<Record<string, unknown>>;
  /** Whether it runs code of the person's: such calls are confirmed, and refused in folders that are not trusted. */
  readonly runsCode: boolean;
  /** Whether calling it twice is the same as calling it once. */
  readonly idempotent: boolean;
  /** Throws `Refused` where it cannot be done. */
  run(input: z.infer<Schema>, world: AgentWorld, call: ToolCall): Promise<Answer>;
}

/** What a call came to. */
export type Outcome =
  | ({ readonly ok: true } & Answer)
  | { readonly ok: false; readonly text: string; readonly told: Told };

/** Keeps what a tool takes and what it is run with of one type. */
export function tool<Schema extends z.ZodObject>(it: AgentTool<Schema>): AgentTool {
  return it;
}
