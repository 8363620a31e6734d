/** What a run is to follow, as agents give it: the text of a schedule, or a file that has one, or a recorded run. */
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { parseSchedule } from "../trace/schedule.ts";
import { SCHEDULE_MESSAGES } from "../base/catalogue/schedule.ts";
import { TraceReader } from "../trace/reader.ts";
import type { Trace } from "../trace/trace.ts";
import { Refused, refuse } from "./refusal.ts";
import type { Follows } from "./stepping.ts";
import type { AgentWorld } from "./world.ts";

/** Schedules have more lines than one; no path has. */
const isPath = (given: string): boolean => !given.trim().includes("\n");

export async function scheduleFrom(given: string, world: AgentWorld): Promise<string> {
  const text = isPath(given) ? await world.readText(world.locate(given.trim())) : given;
  if (text === undefined) {
    return refuse(CLI_MESSAGES.cannotRead, { file: given.trim(), reason: "there is no such file" });
  }
  const { notASchedule } = SCHEDULE_MESSAGES;
  const fatal = parseSchedule(text).problems.find(({ code }) => code === notASchedule.code);
  if (fatal !== undefined) throw new Refused(fatal);
  return text;
}

export interface Recorded {
  readonly bytes: Uint8Array;
  readonly trace: Trace;
}

export async function recordingFrom(given: string, world: AgentWorld): Promise<Recorded> {
  const file = world.locate(given);
  const bytes = await world.readBytes(file);
  if (bytes === undefined) {
    return refuse(CLI_MESSAGES.cannotRead, { file: given, reason: "there is no such file" });
  }
  const reader = new TraceReader({ expectedBytes: bytes.length });
  const problem = reader.push(bytes) ?? reader.finish();
  if (problem?.severity === "error") throw new Refused(problem);
  return { bytes, trace: reader.trace };
}

export async function followsOf(schedule: string | undefined, world: AgentWorld): Promise<Follows> {
  return schedule === undefined ? {} : { schedule: await scheduleFrom(schedule, world) };
}
