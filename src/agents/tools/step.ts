/** `step`: a run that stands still between operations, moved by whoever asks. */
import * as z from "zod";
import type { StepSession } from "../../engine/stepping/step-session.ts";
import type { Stopped, Value } from "../../protocol/step.ts";
import { AGENT_MESSAGES } from "../../base/catalogue/agents.ts";
import { programAt } from "../compiling.ts";
import { followsOf } from "../following.ts";
import { refuse } from "../refusal.ts";
import { asked, letGo, openSession } from "../stepping.ts";
import { stepOf, threadNamed } from "../stepping-choice.ts";
import { type Answer, tool, type ToolCall } from "../tool.ts";
import { standingData, standingText } from "../words/standing.ts";
import type { AgentWorld } from "../world.ts";

const ACTIONS = ["begin", "step", "undo", "redo", "run", "evaluate", "schedule", "end"] as const;
const UNTIL = ["end", "contention", "race", "message", "switch", "barrier"] as const;
/** How long a run may go on before it is stopped where it is. */
const MOST_SECONDS = 10;

const input = z.strictObject({
  action: z
    .enum(ACTIONS)
    .describe(
      "begin: opens a session on `path`, at the program's beginning or at the end of `schedule`. step: one operation of `thread`. " +
        "undo, redo: one operation back, or forth again. run: goes on `until` something is about to happen. evaluate: the value of " +
        "`expression`. schedule: the schedule that leads here. end: ends the session.",
    ),
  path: z.string().min(1).optional().describe("For begin: the program's file."),
  schedule: z
    .string()
    .min(1)
    .optional()
    .describe("For begin: the text of a schedule, or a file's path; the run follows it first."),
  session: z.string().min(1).optional().describe("For all but begin: its id, as begin answers it."),
  thread: z
    .string()
    .min(1)
    .optional()
    .describe(
      "For step: whose operation, by name or number. For evaluate: in whose innermost function.",
    ),
  choice: z
    .int()
    .min(0)
    .optional()
    .describe(
      "For step: which way the operation goes where it can go in several, from 0: whom a notify wakes, which ready case a " +
        "select takes, what `choose` gives.",
    ),
  times_out: z
    .boolean()
    .optional()
    .describe(
      "For step: ends the thread's wait by its time-out instead, or without a reason where spurious wake-ups are allowed.",
    ),
  until: z.enum(UNTIL).optional().describe("For run: what to stop before (end)."),
  expression: z
    .string()
    .min(1)
    .optional()
    .describe("For evaluate: TypeScript over variables in scope; it must not change anything."),
});
type StepInput = z.infer<typeof input>;

export const step = tool({
  name: "step",
  title: "Step through a program",
  description:
    "Steps through a Threadloom program one operation (a lock, a send, a read of a @shared variable, …) at a time, by whichever " +
    "thread you choose, forwards and backwards, deterministically. Every answer tells where each thread stands, what it would do " +
    "next and what that would do to others, why it is blocked and by whom, the values of shared variables, who holds which lock " +
    "and what is in channels. Begin a session, then step, undo, run and evaluate in it; end it when you are done. Use it to try " +
    `out an order that you suspect, or to follow a failing schedule from \`check\` and go back from there.`,
  input,
  output: {
    type: "object",
    properties: {
      session: { type: "string" },
      moment: { type: "integer" },
      operations: {
        type: "integer",
        description: "How many were made from the beginning to here.",
      },
      over: { type: "object", description: "How the run ended; absent while it goes on." },
      threads: { type: "array", items: { type: "object" } },
      objects: { type: "array", items: { type: "object" } },
      output: { type: "array", items: { type: "string" } },
      stopped: { type: "string", description: "Why a run stopped." },
      value: { type: "object", description: "Of the expression." },
      schedule: { type: "string" },
      ended: { type: "boolean" },
    },
    required: ["session"],
  },
  runsCode: true,
  idempotent: false,
  async run(given, world, call) {
    if (given.action === "begin") return begin(given, world, call);
    const id = needed(given, "session");
    if (given.action === "end") {
      call.sessions.end(id);
      return { text: `Session ${id} was ended.`, data: { session: id, ended: true } };
    }
    return act(call.sessions.get(id), given, world, call);
  },
});

async function begin(given: StepInput, world: AgentWorld, call: ToolCall): Promise<Answer> {
  const file = await programAt(needed(given, "path"), world);
  const follows = await followsOf(given.schedule, world);
  const session = await call.sessions.open((id) => openSession(file, id, follows, world, call));
  return standing(session, world);
}

async function act(
  session: StepSession,
  given: StepInput,
  world: AgentWorld,
  call: ToolCall,
): Promise<Answer> {
  switch (given.action) {
    case "step": {
      const { thread, times_out: timesOut = false, choice } = given;
      const how = stepOf(session.state, thread, timesOut, choice);
      await letGo(session, how, MOST_SECONDS, world, call);
      return standing(session, world);
    }
    case "undo":
    case "redo":
      await asked(session, { kind: given.action });
      return standing(session, world);
    case "run": {
      const { until = "end" } = given;
      const how =
        until === "end" ? { kind: "continue" as const } : { kind: "until" as const, what: until };
      return standing(session, world, await letGo(session, how, MOST_SECONDS, world, call));
    }
    case "evaluate": {
      const expression = needed(given, "expression");
      const { thread } = given;
      const where = thread === undefined ? {} : { thread: threadNamed(session.state, thread).id };
      const request = { kind: "evaluate", expression, ...where } as const;
      const { text, type } = (await asked(session, request)) as Value;
      const { id } = session.plan;
      return {
        text: `${expression} = ${text}`,
        data: { session: id, value: { text, type } },
      };
    }
    default: {
      const schedule = (await asked(session, { kind: "schedule" })) as string;
      return { text: schedule, data: { session: session.plan.id, schedule } };
    }
  }
}

function standing(session: StepSession, world: AgentWorld, stopped?: Stopped): Answer {
  return {
    text: standingText(session, world, stopped),
    data: standingData(session, world, stopped),
  };
}

/** What the action cannot do without. */
function needed<Name extends "path" | "session" | "expression">(
  given: StepInput,
  name: Name,
): string {
  const value = given[name];
  if (value !== undefined) return value;
  const problems = `\`${given.action}\` needs \`${name}\``;
  const hint = `it says which arguments each action takes`;
  return refuse(AGENT_MESSAGES.badArguments, { tool: "step", problems, hint });
}
