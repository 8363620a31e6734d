/** The whole catalogue: what `threadloom explain` looks up and `docs/errors.md` is made from. */
import { AGENT_MESSAGES } from "./agents.ts";
import { ACTOR_MESSAGES } from "./actors.ts";
import { CHECKING_MESSAGES } from "./check.ts";
import { CLI_MESSAGES } from "./cli.ts";
import { ANNOTATION_MESSAGES } from "./compiler-annotations.ts";
import { CHECK_MESSAGES } from "./compiler-checks.ts";
import { COMPILER_MESSAGES } from "./compiler.ts";
import { CROSSING_MESSAGES } from "./crossing.ts";
import { DEBUG_MESSAGES } from "./debug.ts";
import { ENGINE_MESSAGES } from "./engine.ts";
import { EXPLORE_MESSAGES } from "./explore.ts";
import { EXTENSION_MESSAGES } from "./extension.ts";
import { FINDING_MESSAGES } from "./findings.ts";
import { LINEARIZABILITY_MESSAGES } from "./linearizability.ts";
import type { Message } from "./message.ts";
import { IO_MESSAGES } from "./io.ts";
import { MODEL_MESSAGES } from "./model.ts";
import { PROCESS_MESSAGES } from "./processes.ts";
import { RUNTIME_MESSAGES } from "./runtime.ts";
import { SCHEDULE_MESSAGES } from "./schedule.ts";
import { STEPPING_MESSAGES } from "./stepping.ts";
import { TASK_MESSAGES } from "./tasks.ts";
import { TESTING_MESSAGES } from "./testing.ts";
import { TRACE_MESSAGES } from "./trace.ts";
import { TRANSFORM_MESSAGES } from "./transform.ts";
import { TWIN_MESSAGES, TWIN_RUNTIME_MESSAGES } from "./twins.ts";

export interface Range {
  /** The first digit of its codes. */
  readonly digit: number;
  readonly title: string;
  readonly messages: readonly Message[];
}

const range = (digit: number, title: string, ...files: Record<string, Message>[]): Range => ({
  digit,
  title,
  messages: files.flatMap((file) => Object.values(file)),
});

export const CATALOGUE: readonly Range[] = [
  range(
    1,
    "The program's text",
    COMPILER_MESSAGES,
    TRANSFORM_MESSAGES,
    ANNOTATION_MESSAGES,
    CHECK_MESSAGES,
    TWIN_MESSAGES,
  ),
  range(
    2,
    "A running program",
    RUNTIME_MESSAGES,
    TASK_MESSAGES,
    IO_MESSAGES,
    ACTOR_MESSAGES,
    PROCESS_MESSAGES,
    CROSSING_MESSAGES,
    ENGINE_MESSAGES,
    MODEL_MESSAGES,
    TWIN_RUNTIME_MESSAGES,
  ),
  range(3, "Findings", FINDING_MESSAGES),
  range(4, "Traces and other files", TRACE_MESSAGES, SCHEDULE_MESSAGES),
  range(5, "The command line", CLI_MESSAGES, AGENT_MESSAGES),
  range(6, "The editor", EXTENSION_MESSAGES),
  range(7, "The debugger", DEBUG_MESSAGES, STEPPING_MESSAGES),
  range(
    8,
    "Exploring",
    CHECKING_MESSAGES,
    EXPLORE_MESSAGES,
    TESTING_MESSAGES,
    LINEARIZABILITY_MESSAGES,
  ),
];

/** The entry of a code; lower case will do. */
export function messageOf(code: string): Message | undefined {
  const wanted = code.toUpperCase();
  return CATALOGUE.flatMap((one) => one.messages).find((entry) => entry.code === wanted);
}
