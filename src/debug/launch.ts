/** Reads a launch configuration: people write it, as JSON, so that every attribute may be anything. */
import { DEBUG_MESSAGES } from "../base/catalogue/debug.ts";
import {
  LAUNCH_ATTRIBUTES,
  type LaunchAttribute,
  type LaunchAttributeName,
} from "./launch-attributes.ts";
import { refused } from "./refusal.ts";

export interface Launch {
  /** As it was written: a path, or the text of a URI. */
  readonly program: string;
  readonly args: readonly string[];
  readonly stopOnEntry: boolean;
  /** The path of a schedule, or its text. */
  readonly schedule: string | undefined;
  /** The path of a trace. */
  readonly trace: string | undefined;
  readonly singleThread: boolean;
  /** Run without debugging: nothing stops it. */
  readonly noDebug: boolean;
}

/** Throws a `Refusal` that names the attribute which is wrong. */
export function launchOf(written: Readonly<Record<string, unknown>>): Launch {
  for (const name of Object.keys(LAUNCH_ATTRIBUTES) as LaunchAttributeName[]) {
    const value = written[name];
    const { type, expected }: LaunchAttribute = LAUNCH_ATTRIBUTES[name];
    if (value === undefined || isOf(type, value)) continue;
    throw refused(DEBUG_MESSAGES.badAttribute, { attribute: name, found: shown(value), expected });
  }
  const { program, args, stopOnEntry, schedule, trace, singleThread } = written as Partial<Launch>;
  if (program === undefined || program.trim() === "") {
    throw refused(DEBUG_MESSAGES.missingProgram, {});
  }
  if (schedule !== undefined && trace !== undefined) {
    throw refused(DEBUG_MESSAGES.scheduleAndTrace, {});
  }
  return {
    program,
    args: args ?? LAUNCH_ATTRIBUTES.args.default,
    stopOnEntry: stopOnEntry ?? LAUNCH_ATTRIBUTES.stopOnEntry.default,
    schedule,
    trace,
    singleThread: singleThread ?? LAUNCH_ATTRIBUTES.singleThread.default,
    noDebug: written.noDebug === true,
  };
}

function isOf(type: LaunchAttribute["type"], value: unknown): boolean {
  if (type !== "array") return typeof value === type;
  return Array.isArray(value) && value.every((element) => typeof element === "string");
}

const MOST = 40;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
