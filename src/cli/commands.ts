/**
 * Which commands there are and what each takes: the one table that parsing, `--help` and the README's check are made
 * from. What a command does is in the file named after it.
 */
import { EXECUTION_MODELS, LONGEST_QUANTUM, MOST_CORES } from "../protocol/execution-model.ts";
import { STRATEGIES } from "../protocol/explore.ts";

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
  /** What it works on: one thing, or as many as are named. Absent: it takes none. */
  readonly argument?: { readonly name: string; readonly what: string; readonly many?: boolean };
  /** A second one, which may be left out. */
  readonly second?: { readonly name: string; readonly what: string };
  readonly help: string;
  readonly options: readonly OptionSpec[];
  /** Whether words behind `--` go to the person's program. */
  readonly passesArguments?: boolean;
}

/** Where verdicts are written, besides the terminal. */
const REPORTS: readonly OptionSpec[] = [
  {
    name: "result",
    short: "o",
    value: "RESULT",
    help: "Keeps all that was found as a result file, for `threadloom merge` and `--resume`.",
  },
  { name: "json", help: "Prints one JSON object a program instead of the report." },
  { name: "junit", value: "OUT.xml", help: "Writes a JUnit report: a test case a program." },
  { name: "sarif", value: "OUT.sarif", help: "Writes the findings as SARIF 2.1.0." },
];

const count = (minimum: number) => ({ minimum, maximum: Number.MAX_SAFE_INTEGER, whole: true });

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
    name: "check",
    argument: { name: "FILE|DIR…", what: "the programs to explore", many: true },
    help: "Explores the interleavings of programs: proves them right, or shows the schedule that breaks them.",
    options: [
      {
        name: "strategy",
        value: "STRATEGY",
        choices: STRATEGIES,
        help: "auto (the default): few preemptions first, then everything where it ends. dpor: everything. bounded, random, pos, pct.",
      },
      {
        name: "max-executions",
        value: "N",
        ...count(1),
        help: "Runs each program so many times at most.",
      },
      {
        name: "max-seconds",
        value: "S",
        minimum: 0.001,
        help: "Explores each program for so long at most (60, where --max-executions says nothing either).",
      },
      {
        name: "seed",
        value: "N",
        ...count(0),
        help: "For random, pos and pct: the same, the same.",
      },
      {
        name: "spurious",
        value: "N",
        ...count(0),
        help: "So many wake-ups without a reason in an execution (0; auto tries 0, then 1).",
      },
      {
        name: "output",
        value: "ORDER",
        choices: ["per-thread"],
        help: "per-thread: only the order of each thread's own lines tells outcomes apart.",
      },
      { name: "keep-going", help: "Does not stop at the first failure." },
      { name: "preemptions", value: "N", ...count(0), help: "The bound of bounded (2)." },
      { name: "depth", value: "N", ...count(1), help: "The depth of pct (3)." },
      {
        name: "jobs",
        value: "N",
        ...{ minimum: 1, maximum: 256, whole: true },
        help: "So many explorers work at the same time, on programs and on parts of one (1).",
      },
      {
        name: "shard",
        value: "i/n",
        help: "Explores the i-th of n parts; `threadloom merge` puts them together.",
      },
      {
        name: "save",
        help: "Keeps a failing schedule beside its program, NAME.schedule: it is tried first from then on.",
      },
      {
        name: "resume",
        value: "RESULT",
        help: "Takes from a result file what is there already, and explores the rest.",
      },
      {
        name: "certificate",
        value: "OUT.json",
        help: "Where all is as expected, writes what was explored, with hashes of the sources: a file to commit.",
      },
      {
        name: "verify",
        value: "CERTIFICATE",
        help: "Explores nothing: fails unless the programs are those that the certificate speaks of.",
      },
      ...REPORTS,
      {
        name: "memory-limit",
        value: "MB",
        minimum: 16,
        help: "Ends exploring a program that takes more memory than this (1024).",
      },
    ],
  },
  {
    name: "merge",
    argument: { name: "RESULT…", what: "the result files of all shards", many: true },
    help: "Puts the results of shards together, and tells the whole verdict as check does.",
    options: REPORTS,
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
  {
    name: "mcp",
    help: "Serves coding agents on standard input and output, by the Model Context Protocol: check, replay, step and the rest as tools.",
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
  const first = command.argument === undefined ? [] : [command.argument.name];
  return ["threadloom", command.name, ...first, ...second, ...options, ...rest].join(" ");
}
