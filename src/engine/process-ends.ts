/** What is said of how processes ended, on every engine alike: a panic within, and those that nobody has waited for. */
import type { Address, ThreadId } from "../base/brand.ts";
import { tell } from "../base/catalogue/message.ts";
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import { PROCESS_MESSAGES } from "../base/catalogue/processes.ts";
import { Head } from "../objects/object.ts";
import { ProcessWord } from "../objects/process.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import type { Finding } from "../trace/finding.ts";
import type { Exception } from "./ended-badly.ts";
import { siteAsPlace } from "./program/names.ts";
import { placeOfStack } from "./program/stacks.ts";

/** The channels of the process at this object, as a trace names them. */
export function channelsOf(
  engine: { readonly words: Int32Array; idOf(object: Address): number },
  at: Address,
): { readonly down: number; readonly up: number } {
  const { words } = engine;
  return {
    down: engine.idOf(words[at + ProcessWord.DOWN] as Address),
    up: engine.idOf(words[at + ProcessWord.UP] as Address),
  };
}

/** An exception ended a process. `thread`, `name`: of its main thread. `time`: since the run began. */
export function failedProcess(
  program: CompiledProgram,
  { thread, name, thrown, site }: Exception,
  time: number,
): Finding {
  const what = thrown.name === "" ? thrown.message : `${thrown.name}: ${thrown.message}`;
  const modules = program.modules.map(({ id }) => id);
  const place = placeOfStack(thrown.stack, modules) ?? siteAsPlace(program, site);
  const values = { process: name, how: "exit code 1", reason: `: ${what}` };
  return {
    kind: "failed-process",
    severity: "warning",
    sites: place === undefined ? [] : [place],
    time,
    threads: [thread],
    ...tell(PROCESS_MESSAGES.failed, values),
  };
}

/** Processes that nobody has waited for nor killed, in the order in which they were started. */
export function leakedProcesses(
  program: CompiledProgram,
  words: Int32Array,
  processes: readonly {
    readonly at: Address;
    readonly main: ThreadId;
    readonly name: string;
  }[],
): Finding[] {
  return processes
    .filter(({ at }) => words[at + ProcessWord.SEEN] === 0)
    .map(({ at, main, name: process }) => {
      const place = siteAsPlace(program, words[at + Head.SITE]);
      return {
        kind: "leaked-process",
        severity: "warning",
        sites: place === undefined ? [] : [place],
        threads: [main],
        objects: [words[at + Head.ID]],
        ...tell(FINDING_MESSAGES.leakedProcess, { process }),
      };
    });
}
