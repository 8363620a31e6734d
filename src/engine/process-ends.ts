/** How processes end, on every engine alike, and what is said of it: a panic within, and those that nobody has waited for. */
import type { Address, ThreadId } from "../base/brand.ts";
import { tell } from "../base/catalogue/message.ts";
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import { PROCESS_MESSAGES } from "../base/catalogue/processes.ts";
import { Head } from "../objects/object.ts";
import { ONLY_AWAIT, ProcessOperation, ProcessOutcome, ProcessWord } from "../objects/process.ts";
import { ONLY_WAIT, ThreadOperation } from "../objects/thread.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import { ownsProcesses } from "../std/process-end.ts";
import type { Finding } from "../trace/finding.ts";
import type { Exception } from "./ended-badly.ts";
import { siteAsPlace } from "./program/names.ts";
import { placeOfStack } from "./program/stacks.ts";

/** What only the engine knows of the process that ends. */
export interface Finishing {
  /** The thread that ends with it. */
  readonly main: ThreadId;
  /** Its threads that were spawned, in the order of their numbers. */
  threads(): readonly ThreadId[];
  objectOf(thread: ThreadId): Address;
  /** The processes that it has started, in their order. */
  started(): readonly Address[];
  /** What it comes to, 1 where an exception ended it. Asked when all of them have ended. */
  code(): number;
}

/** What the process's main thread does then: an operation, or `dropProcesses`. */
export type LastDeed =
  | "drop"
  | {
      readonly object: Address;
      readonly operation: number;
      readonly a: number;
      readonly b: number;
    };

/**
 * How a process ends when the body of its main thread is done: that waits for all others, lets go of the processes that module
 * variables hold, waits for those, too, and says what it came to. `process`: 0 for the program itself, which ends when all of
 * its threads and processes have.
 */
export function* finishProcess(process: Address, knows: Finishing): Generator<LastDeed, void> {
  if (process === 0 && !ownsProcesses()) return;
  const joined = new Set([knows.main]);
  for (;;) {
    const other = knows.threads().find((id) => !joined.has(id));
    if (other === undefined) break;
    joined.add(other);
    yield { object: knows.objectOf(other), operation: ThreadOperation.JOIN, a: ONLY_WAIT, b: 0 };
  }
  yield "drop";
  if (process === 0) return;
  for (const object of knows.started()) {
    yield { object, operation: ProcessOperation.WAIT, a: ONLY_AWAIT, b: 0 };
  }
  const { EXITED } = ProcessOutcome;
  yield { object: process, operation: ProcessOperation.END, a: EXITED, b: knows.code() };
}

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
