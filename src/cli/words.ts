/**
 * The words behind a command, sorted by what its row in the table of commands says: arguments, options with their values, and
 * what is passed on. What does not fit is a complaint.
 */
import { parseArgs } from "node:util";
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { usageOf } from "./commands.ts";
import type { CommandSpec, OptionSpec } from "./commands.ts";
import type { Complaint } from "./complaint.ts";

export class Words {
  /** At least one, of a command that takes any. */
  readonly arguments: readonly string[];
  readonly second: string | undefined;
  readonly options: ReadonlyMap<string, string>;
  readonly passed: readonly string[];

  constructor(parts: {
    readonly arguments: readonly string[];
    readonly second: string | undefined;
    readonly options: ReadonlyMap<string, string>;
    readonly passed: readonly string[];
  }) {
    this.arguments = parts.arguments;
    this.second = parts.second;
    this.options = parts.options;
    this.passed = parts.passed;
  }

  get argument(): string {
    return this.arguments[0];
  }

  has(option: string): boolean {
    return this.options.has(option);
  }

  text(option: string): string | undefined {
    return this.options.get(option);
  }

  number(option: string): number | undefined {
    return this.options.has(option) ? Number(this.options.get(option)) : undefined;
  }
}

type Refused = { readonly complaint: Complaint };

export function readWords(
  command: CommandSpec,
  words: readonly string[],
): Words | "help" | Refused {
  const usage = usageOf(command);
  const refuse = (complaint: Complaint): Refused => ({ complaint });
  const options = new Map<string, string>();
  const positionals: string[] = [];
  const passed: string[] = [];
  let afterTerminator = false;
  for (const token of tokensOf(command, words)) {
    if (token.kind === "option-terminator") {
      afterTerminator = true;
    } else if (token.kind === "positional") {
      (afterTerminator && command.passesArguments ? passed : positionals).push(token.value);
    } else if (token.rawName === "--help" || token.rawName === "-h") {
      return "help";
    } else {
      const option = command.options.find((one) => one.name === token.name);
      const wanted = { option: token.rawName, command: command.name, usage };
      // A switch that is given a value is as wrong as an option that nobody knows.
      if (option === undefined || (option.value === undefined && token.value !== undefined))
        return refuse(tell(CLI_MESSAGES.unknownOption, wanted));
      if (option.value !== undefined && (token.value === undefined || token.value === ""))
        return refuse(tell(CLI_MESSAGES.missingValue, wanted));
      const complaint = checkValue(option, token.rawName, token.value ?? "");
      if (complaint !== undefined) return refuse(complaint);
      options.set(option.name, token.value ?? "");
    }
  }
  const { argument } = command;
  if (positionals.length === 0 && argument !== undefined) {
    const { what } = argument;
    return refuse(tell(CLI_MESSAGES.missingArgument, { command: command.name, what, usage }));
  }
  const most = mostArguments(command);
  if (positionals.length > most) {
    const values = { command: command.name, argument: positionals[most], usage };
    return refuse(tell(CLI_MESSAGES.tooManyArguments, values));
  }
  const second = command.second === undefined ? undefined : positionals[1];
  return new Words({ arguments: positionals, second, options, passed });
}

function mostArguments({ argument, second }: CommandSpec): number {
  if (argument === undefined) return 0;
  if (argument.many) return Infinity;
  return second === undefined ? 1 : 2;
}

function tokensOf(command: CommandSpec, words: readonly string[]) {
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      command.options.map((option) => [
        option.name,
        {
          type: option.value === undefined ? ("boolean" as const) : ("string" as const),
          ...(option.short === undefined ? {} : { short: option.short }),
        },
      ]),
    ),
  });
  return tokens;
}

function checkValue(option: OptionSpec, rawName: string, value: string): Complaint | undefined {
  const refuse = (expected: string) =>
    tell(CLI_MESSAGES.badValue, { option: rawName, value, expected });
  if (option.choices !== undefined && !option.choices.includes(value))
    return refuse(option.choices.map((choice) => `\`${choice}\``).join(" or "));
  if (option.minimum !== undefined) {
    const number = Number(value);
    const { minimum, maximum = Infinity, whole = false } = option;
    const isWithin = number >= minimum && number <= maximum && Number.isFinite(number);
    if (!isWithin || (whole && !Number.isInteger(number))) {
      const most = maximum === Infinity ? "" : ` to ${maximum}`;
      return refuse(`a ${whole ? "whole " : ""}number from ${minimum}${most}`);
    }
  }
  return undefined;
}
