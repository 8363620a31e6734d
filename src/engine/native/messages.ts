/**
 * What the runner's main thread and its workers say to each other besides what stands in shared memory: rare things, with
 * structure. Both ends are built together, so there is no version.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import type { OutputLine, ThreadRow } from "../../trace/tables.ts";
import type { OutsidePlan } from "./thread-outside.ts";

/** To a warm worker: the run that it shall take part in. */
export interface Attach {
  readonly buffer: SharedArrayBuffer;
  readonly program: CompiledProgram;
  /** The worker that runs main; the others take what is spawned. */
  readonly main: boolean;
  /** Monotonic process time at which the run began, milliseconds. */
  readonly beganMs: number;
  readonly cores: number;
  readonly argv: readonly string[];
  /** Main's body is that of a process: the process's object, and the blocks that it was started with. */
  readonly process?: { readonly at: Address; readonly body: Address; readonly shared: Address };
  /** Absent: nothing stands between threads and the world. */
  readonly outside?: OutsidePlan;
}

/** An exception as others see it. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  /** In the person's lines. */
  readonly stack: string;
}

export type FromWorker =
  /** It is ready to take a thread. */
  | { readonly type: "attached" }
  /** Threads wait for workers. */
  | { readonly type: "need" }
  | { readonly type: "thread"; readonly row: ThreadRow }
  | { readonly type: "string"; readonly index: number; readonly text: string }
  | {
      readonly type: "panic";
      readonly thread: number;
      readonly thrown: Thrown;
      readonly site: number;
    }
  | {
      readonly type: "assertion";
      readonly thread: number;
      readonly thrown: Thrown;
      readonly site: number;
    }
  | { readonly type: "exit"; readonly code: number }
  /** A thread asks for a port, and waits for the answer in its slot. */
  | {
      readonly type: "listen";
      readonly slot: number;
      readonly listener: Address;
      readonly port: number;
      readonly host: string;
    }
  /** The same for a connection, whose directions are these wires. */
  | {
      readonly type: "connect";
      readonly slot: number;
      readonly port: number;
      readonly host: string;
      readonly there: Address;
      readonly back: Address;
    }
  /** A thread starts a process, and waits until the process's object has a pid. */
  | {
      readonly type: "process";
      readonly process: Address;
      /** Blocks, which are the runner's from here on. */
      readonly body: Address;
      readonly shared: Address;
      readonly name: string;
      readonly spawner: ThreadId;
      readonly site: number;
      /** Its main thread, as it is called in this run. */
      readonly thread: ThreadId;
      readonly object: Address;
      readonly seed: number | undefined;
    }
  /** The thread's promise was not settled when its event loop had nothing left to do. */
  | { readonly type: "unsettled"; readonly thread: number }
  /** What the `@final` conditions gave, by their index in the program. */
  | { readonly type: "conditions"; readonly results: readonly ConditionResult[] }
  /** It asks for what the recording that it follows has not. */
  | { readonly type: "diverged"; readonly problem: TraceProblem }
  /** The worker's thread has ended, and everything is said. */
  | { readonly type: "left" }
  /** Shared memory is at its limit. */
  | { readonly type: "full" }
  /** Something of ours failed. */
  | { readonly type: "broken"; readonly message: string };

export type ConditionResult = { readonly holds: boolean } | { readonly thrown: Thrown };

export const STREAMS: readonly OutputLine["stream"][] = ["log", "info", "warn", "error", "debug"];
