/**
 * Which commands there are and what each takes: the one table that parsing, `--help` and the README's check are made
 * from. What a command does is in the file named after it.
 */
import { EXECUTION_MODELS, LONGEST_QUANTUM, MOST_CORES } from "../protocol/execution-model.ts";

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What the value is called in usage lines; an option without it is a switch. */
  readonly value?: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** A number from here on is expected. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** A number without a fraction is expected. */
  readonly whole?: boolean;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  /** The one thing that it works on. */
  readonly argument: { readonly name: string; readonly what: string };
  /** A second one, which may be left out. */
  readonly second?: { readonly name: string; readonly what: string };
  readonly help: string;
  readonly options: readonly OptionSpec[];
  /** Whether words behind `--` go to the person's program. */
  readonly passesArguments?: boolean;
}

export const COMMANDS = [
  {
    name: "trace",
    argument: { name: "FILE", what: "the program to run" },
    help: "Runs a program and tells what its threads did.",
    passesArguments: true,
    options: [
      {
        name: "engine",
        value: "ENGINE",
        choices: ["native", "model"],
        help: "native: real worker threads, the default. model: one isolate with virtual time, for timesliced and cooperative.",
      },
      {
        name: "model",
        value: "MODEL",
        choices: EXECUTION_MODELS,
        help: "Plays this execution model, whatever the file names: implies --engine model.",
      },
      {
        name: "cores",
        value: "N",
        ...{ minimum: 1, maximum: MOST_CORES, whole: true },
        help: "So many cores, for parallel and green (4, if the file says nothing).",
      },
      {
        name: "quantum",
        value: "TICKS",
        ...{ minimum: 1, maximum: LONGEST_QUANTUM, whole: true },
        help: "How long a thread keeps its core where others want it, for parallel (1000) and timesliced (10).",
      },
      {
        name: "output",
        short: "o",
        value: "OUT.tltrace",
        help: "Keeps the trace: every event, for the editor's timeline and for export.",
      },
      { name: "html", value: "OUT.html", help: "Writes a report to open in any browser, offline." },
      { name: "json", help: "Prints one JSON object instead of the summary." },
      {
        name: "time-limit",
        value: "SECONDS",
        minimum: 0.001,
        help: "Ends the run after this long (30).",
      },
      {
        name: "memory-limit",
        value: "MB",
        minimum: 16,
        help: "Ends the run when it takes more memory than this (1024).",
      },
    ],
  },
  {
    name: "replay",
    argument: { name: "TRACE|SCHEDULE", what: "the recording to follow" },
    second: { name: "FILE", what: "the program" },
    help: "Has a run again: the order of a .tltrace file, or of a schedule (which needs FILE).",
    options: [
      {
        name: "engine",
        value: "ENGINE",
        choices: ["native", "model"],
        help: "native: real threads, one at a time. model: one isolate. Without it the model, and real threads where it cannot follow.",
      },
      {
        name: "output",
        short: "o",
        value: "OUT.tltrace",
        help: "Keeps the trace of the new run.",
      },
      { name: "json", help: "Prints one JSON object instead of the summary." },
    ],
  },
  {
    name: "export",
    argument: { name: "TRACE", what: "the .tltrace file to export" },
    help: "Writes a trace in a format of others.",
    options: [
      {
        name: "format",
        value: "FORMAT",
        choices: ["chrome", "json", "html"],
        help: "chrome: for ui.perfetto.dev and chrome://tracing. json: what `trace --json` prints. html: a report.",
      },
      { name: "output", short: "o", value: "OUT", help: "Where to; standard output without it." },
    ],
  },
  {
    name: "explain",
    argument: { name: "CODE", what: "the code of a message, as TL2003" },
    help: "Tells more about a message: why it is said, and what to do.",
    options: [],
  },
] as const satisfies readonly CommandSpec[];

export function commandNamed(name: string): CommandSpec | undefined {
  return COMMANDS.find((command) => command.name === name);
}

/** The line that shows how a command is called. */
export function usageOf(command: CommandSpec): string {
  const options = command.options.map((option: OptionSpec) => {
    const name = option.short === undefined ? `--${option.name}` : `-${option.short}`;
    const value = option.choices?.join("|") ?? option.value;
    return `[${name}${value === undefined ? "" : ` ${value}`}]`;
  });
  const second = command.second === undefined ? [] : [`[${command.second.name}]`];
  const rest = command.passesArguments ? ["[-- ARGUMENTS…]"] : [];
  return ["threadloom", command.name, command.argument.name, ...second, ...options, ...rest].join(
    " ",
  );
}
