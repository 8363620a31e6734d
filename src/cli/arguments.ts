/**
 * Words of the command line → what is asked for. Pure: the words come in, a request or a complaint comes out; whether a
 * file exists is the commands' business.
 */
import type { ModelChoice } from "../protocol/execution-model.ts";
import type { Control } from "../protocol/run.ts";
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { defined } from "../base/defined.ts";
import type { Trace } from "../trace/trace.ts";
import { type CheckRequest, checkRequest } from "./check/request.ts";
import { COMMANDS, commandNamed, usageOf } from "./commands.ts";
import type { CommandSpec } from "./commands.ts";
import type { Complaint } from "./complaint.ts";
import { type MergeRequest, mergeRequest } from "./merge/request.ts";
import type { Otherwise } from "./run-program.ts";
import { readWords, type Words } from "./words.ts";

export interface TraceRequest {
  readonly kind: "trace";
  readonly file: string;
  readonly engine?: "native" | "model";
  /** Which execution model is played instead of what the file names. */
  readonly model?: ModelChoice;
  readonly output?: string;
  readonly html?: string;
  readonly json: boolean;
  readonly timeLimitSeconds?: number;
  readonly memoryLimitMegabytes?: number;
  readonly argv: readonly string[];
  /** Who decides the order of the run, if not the operating system. */
  readonly control?: Control;
  /** Whether real threads run it again where the model cannot do so, and why: then what the model printed counts for nothing. */
  readonly otherwise?: Otherwise;
  /** The run that this one shall come to. */
  readonly recorded?: Trace;
}

export interface ReplayRequest {
  readonly kind: "replay";
  /** A trace or a schedule: its text tells. */
  readonly recording: string;
  readonly file?: string;
  /** Absent: the model, and real threads where it cannot follow. */
  readonly engine?: "native" | "model";
  readonly output?: string;
  readonly json: boolean;
}

export interface ExportRequest {
  readonly kind: "export";
  readonly file: string;
  readonly format: "chrome" | "json" | "html";
  readonly output?: string;
}

export type Request =
  | TraceRequest
  | ReplayRequest
  | ExportRequest
  | CheckRequest
  | MergeRequest
  | { readonly kind: "explain"; readonly code: string }
  | { readonly kind: "mcp" }
  | { readonly kind: "help"; readonly command?: CommandSpec }
  | { readonly kind: "version" }
  | {
      readonly kind: "refused";
      readonly complaint: Complaint;
      /** Whether the answer is to be JSON, as far as the words tell. */
      readonly json: boolean;
    };

export function parseCommandLine(words: readonly string[]): Request {
  const [first, ...rest] = words;
  if (first === undefined || first === "--help" || first === "-h") return { kind: "help" };
  if (first === "--version" || first === "-v") return { kind: "version" };
  if (first === "help") {
    const command = commandNamed(rest[0] ?? "");
    return command === undefined ? { kind: "help" } : { kind: "help", command };
  }
  const json = words.includes("--json");
  const command = commandNamed(first);
  if (command === undefined) {
    const commands = COMMANDS.map((one) => `\`${one.name}\``).join(", ");
    const complaint = tell(CLI_MESSAGES.unknownCommand, { command: first, commands });
    return { kind: "refused", complaint, json };
  }
  const read = readWords(command, rest);
  if (read === "help") return { kind: "help", command };
  if ("complaint" in read) return { kind: "refused", complaint: read.complaint, json };
  return requestOf(command, read);
}

function requestOf(command: CommandSpec, words: Words): Request {
  const { argument, second, options, passed } = words;
  const text = (name: string) => words.text(name);
  const number = (name: string) => words.number(name);
  switch (command.name) {
    case "trace": {
      const model = choiceOf(options);
      const refused = whyNotPlayed(text("engine"), model);
      if (refused !== undefined)
        return { kind: "refused", complaint: refused, json: options.has("json") };
      return {
        kind: "trace",
        file: argument,
        json: options.has("json"),
        argv: passed,
        ...defined({
          // Whoever says how the model is to play wants the model.
          engine: (model === undefined ? text("engine") : "model") as TraceRequest["engine"],
          model,
          output: text("output"),
          html: text("html"),
          timeLimitSeconds: number("time-limit"),
          memoryLimitMegabytes: number("memory-limit"),
        }),
      };
    }
    case "replay":
      return {
        kind: "replay",
        recording: argument,
        json: options.has("json"),
        ...defined({
          file: second,
          engine: text("engine") as ReplayRequest["engine"],
          output: text("output"),
        }),
      };
    case "export": {
      const format = text("format") as ExportRequest["format"] | undefined;
      if (format === undefined) {
        const values = { command: "export", what: "a `--format`", usage: usageOf(command) };
        return {
          kind: "refused",
          complaint: tell(CLI_MESSAGES.missingArgument, values),
          json: false,
        };
      }
      return { kind: "export", file: argument, format, ...defined({ output: text("output") }) };
    }
    case "check": {
      const read = checkRequest(words);
      return "kind" in read ? read : { kind: "refused", complaint: read, json: words.has("json") };
    }
    case "merge":
      return mergeRequest(words);
    case "mcp":
      return { kind: "mcp" };
    default:
      return { kind: "explain", code: argument };
  }
}

/** What `--model`, `--cores` and `--quantum` say; undefined if they say nothing. */
function choiceOf(options: ReadonlyMap<string, string>): ModelChoice | undefined {
  const number = (name: string) => (options.has(name) ? Number(options.get(name)) : undefined);
  const model = options.get("model") as ModelChoice["model"];
  const choice = defined({ model, cores: number("cores"), quantum: number("quantum") });
  return Object.keys(choice).length === 0 ? undefined : choice;
}

/** Real threads share the machine's cores as the operating system has it: nothing of that can be chosen. */
function whyNotPlayed(
  engine: string | undefined,
  choice: ModelChoice | undefined,
): Complaint | undefined {
  if (engine !== "native" || choice === undefined) return undefined;
  const options = Object.keys(choice).map((name) => `\`--${name}\``);
  return tell(CLI_MESSAGES.choiceNeedsModel, { options: options.join(", ") });
}
