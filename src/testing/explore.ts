/**
 * `explore`, as unit tests call it: synchronous, since a test that forgets an `await` passes whatever happens.
 *
 * What fails is what `threadloom check` ends with another status than 0 for, a search that was cut short included: a test that
 * quietly looks at less than it was asked to is a test that passes for the wrong reason. Who wants a part on purpose says so
 * with a strategy that is one (`bounded`, `random`…), and gets `complete: false`.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { tell } from "../base/catalogue/message.ts";
import { TESTING_MESSAGES } from "../base/catalogue/testing.ts";
import { isAsExpected } from "../explore/checked.ts";
import { nearby } from "../explore/node/nearby.ts";
import { savedScheduleOf } from "../explore/node/saved-schedule-file.ts";
import { isPreparedClosure } from "./closure.ts";
import { programOf } from "./closure-program.ts";
import { isTransforming } from "./transforming.ts";
import { ask } from "./desk.ts";
import { ExplorationError } from "./exploration-error.ts";
import { exploredOf } from "./explored.ts";
import { readOptions } from "./options.ts";
import { SetUpError } from "./set-up-error.ts";
import { runnerOf, setUpFor } from "./set-up-line.ts";
import type { Explored, ExploreOptions, LinearizableOptions } from "./types/testing.d.ts";

export function explore(
  program: URL | string | (() => unknown),
  options: ExploreOptions = {},
): Explored {
  try {
    return explored(program, options, explore);
  } catch (error) {
    // The stack begins in the test: what is ours is no help there.
    if (error instanceof SetUpError) Error.captureStackTrace(error, explore);
    throw error;
  }
}

/** A check is a program that consists of the call: its transform has taken what is given to it along. */
export function linearizable<S>(
  checked: LinearizableOptions<S>,
  options: Omit<ExploreOptions, "entry" | "save"> = {},
): Explored {
  try {
    const given: unknown = checked;
    if (!isPreparedClosure(given)) {
      throw new SetUpError(setUpFor("linearizable", runnerOf(process.env), isTransforming()));
    }
    return explored(given, options, linearizable);
  } catch (error) {
    if (error instanceof SetUpError) Error.captureStackTrace(error, linearizable);
    throw error;
  }
}

/** `caller`: what is left out of the stack of an error. */
function explored(program: unknown, options: ExploreOptions, caller: Function): Explored {
  const asked = readOptions(options);
  const { entry } = options;
  const { file, text, name } = entry === undefined ? subjectOf(program) : entered(program, entry);
  if (text !== undefined && asked.save) {
    throw refused("save", "true", "no value for a function: it has no file of its own");
  }
  const answer = ask({ type: "explore", file, ...(text === undefined ? {} : { text }), ...asked });
  const { checked, saved, warnings } = answer.explored;
  for (const warning of warnings) process.emitWarning(warning, "ThreadloomWarning");
  const { result } = checked;
  if (result !== undefined && result.executions > 0 && isAsExpected(checked)) {
    return exploredOf(result);
  }
  const near = (file: string) => nearby(file, process.cwd());
  const kept = text === undefined ? near(savedScheduleOf(file)) : undefined;
  const about = { file: name, nearby: near, kept, isSaved: saved !== undefined };
  throw new ExplorationError(checked, about, caller);
}

function refused(option: string, value: string, expected: string): SetUpError {
  return new SetUpError(tell(TESTING_MESSAGES.badOption, { option, value, expected }));
}

interface Subject {
  /** The path of the program's entry. */
  readonly file: string;
  /** The program's text where it does not lie in a file of its own. */
  readonly text?: string;
  /** What a message calls it. */
  readonly name: string;
}

function subjectOf(program: unknown): Subject {
  if (isPreparedClosure(program)) {
    const { file, line, column } = program.place;
    const near = nearby(file, process.cwd());
    return { file, text: programOf(program), name: `${near}:${line}:${column}` };
  }
  if (typeof program === "function")
    throw new SetUpError(setUpFor("explore", runnerOf(process.env), isTransforming()));
  const url = fileUrlOf(program);
  if (url === undefined) {
    const given = givenText(program);
    throw new SetUpError(tell(TESTING_MESSAGES.noProgram, { given }));
  }
  const file = path.resolve(fileURLToPath(url));
  return { file, name: nearby(file, process.cwd()) };
}

/** The file's program with a call of one of its functions at the end: what several tests explore may lie in one file. */
function entered(program: unknown, entry: string): Subject {
  const { file, text, name } = subjectOf(program);
  if (text !== undefined) throw refused("entry", JSON.stringify(entry), "no value for a function");
  const read = readIfThere(file);
  // The compiler says best that there is no such file.
  if (read === undefined) return { file, name };
  return { file, text: `${read}\n;${entry}();\n`, name: `${entry} of ${name}` };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

/** Told by what it has: a runner's realm may have a `URL` of its own. */
function fileUrlOf(program: unknown): URL | undefined {
  const text = typeof program === "string" ? program : (hrefOf(program) ?? "");
  return text.startsWith("file:") && URL.canParse(text) ? new URL(text) : undefined;
}

function hrefOf(value: unknown): string | undefined {
  const { href } = (value ?? {}) as { readonly href?: unknown };
  return typeof href === "string" ? href : undefined;
}

function givenText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return hrefOf(value) ?? (value === null ? "null" : `a value of the type \`${typeof value}\``);
}
