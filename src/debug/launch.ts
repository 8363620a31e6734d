/** Reads a launch configuration: people write it, as JSON, so that every attribute may be anything. */
import { DEBUG_MESSAGES } from "../base/catalogue/debug.ts";
import type { ProgramOptions } from "../protocol/program.ts";
import {
  LAUNCH_ATTRIBUTES,
  type LaunchAttribute,
  type LaunchAttributeName,
} from "./launch-attributes.ts";
import { refused } from "./refusal.ts";

type LaunchOptions = Pick<ProgramOptions, "model" | "cores" | "quantum" | "seed" | "spurious">;

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
  /** What is said instead of the program's head. */
  readonly options: LaunchOptions;
  /** Run without debugging: nothing stops it. */
  readonly noDebug: boolean;
}

/** Throws a `Refusal` that names the attribute which is wrong. */
export function launchOf(written: Readonly<Record<string, unknown>>): Launch {
  for (const name of Object.keys(LAUNCH_ATTRIBUTES) as LaunchAttributeName[]) {
    const value = written[name];
    const attribute: LaunchAttribute = LAUNCH_ATTRIBUTES[name];
    const { expected } = attribute;
    if (value === undefined || fits(attribute, value)) continue;
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
    options: optionsOf(written),
    noDebug: written.noDebug === true,
  };
}

function optionsOf({ model, cores, quantum, seed, spurious }: LaunchOptions): LaunchOptions {
  return {
    ...(model === undefined ? {} : { model }),
    ...(cores === undefined ? {} : { cores }),
    ...(quantum === undefined ? {} : { quantum }),
    ...(seed === undefined ? {} : { seed }),
    ...(spurious === undefined ? {} : { spurious }),
  };
}

function fits({ type, oneOf, within = [-Infinity, Infinity] }: LaunchAttribute, value: unknown) {
  if (type === "integer") {
    return (
      Number.isInteger(value) && (value as number) >= within[0] && (value as number) <= within[1]
    );
  }
  if (type !== "array") {
    return typeof value === type && (oneOf === undefined || oneOf.includes(value as string));
  }
  return Array.isArray(value) && value.every((element) => typeof element === "string");
}

const MOST = 40;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
