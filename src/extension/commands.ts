/** Registers the commands: each that is contributed has its function here, or this does not compile. */
import * as vscode from "vscode";
import { COMMANDS, commandId, type CommandName } from "./contributions.ts";
import type { Log } from "./log.ts";

/** Takes whatever a menu, a key, a lens or a link passes: nothing is known of it. */
export type CommandFunction = (argument?: unknown) => unknown;

/** Those of somebody who steps, and of somebody who explores; all others are about traced runs. */
export type StepCommand = "step" | "stepThroughRun";
export type ExploreCommand =
  "explore" | "stopExploring" | "openExploration" | "stepFailure" | "saveSchedule" | "showStory";
export type Commands<Names extends CommandName> = Readonly<Record<Names, CommandFunction>>;

export function registerCommands(functions: Commands<CommandName>, log: Log): vscode.Disposable {
  const names = Object.keys(COMMANDS) as CommandName[];
  const registered = names.map((name) =>
    vscode.commands.registerCommand(commandId(name), async (argument?: unknown) => {
      try {
        return await functions[name](argument);
      } catch (error) {
        log.error(`${commandId(name)} failed`, error);
        throw error; // VS Code tells the person
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** A document that a command's argument names: a URI, its text, or an object with it as a link has it. */
export function uriFrom(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (isRecord(argument) && "program" in argument) return uriFrom(argument.program);
  return typeof argument === "string" && /^[A-Za-z][\w+.-]*:/.test(argument)
    ? vscode.Uri.parse(argument)
    : undefined;
}

/** The thread whose lane a link leads to. */
export function threadFrom(argument: unknown): number | undefined {
  const thread = isRecord(argument) ? argument.thread : undefined;
  return Number.isSafeInteger(thread) ? (thread as number) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
