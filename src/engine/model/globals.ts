/**
 * The isolate's globals as a modelled program sees them, whether a worker of Node or of a browser has it: its console prints by
 * operations, and clocks and random numbers are the model's own, so that a run is the same each time. The isolate is used for
 * one program. `process` differs between the two, and is left to them.
 */
import type { Twin, TwinRuntime } from "../../protocol/twins.ts";
import { installTasks } from "../../std/tasks/globals.ts";
import { installOutside } from "../outside/globals.ts";
import type { Outside } from "../outside/outside.ts";
import type { Model } from "./model.ts";

export function installGlobals(
  model: Model,
  outside: () => Outside = () => model.run!.outside,
): void {
  Object.assign(globalThis.console, model.consoleMethods());
  installOutside(globalThis, outside);
  installTasks(globalThis);
}

/** What `process.exit` is: it ends the process of the thread that runs, by operations unless that is the program's own. */
export function exiter(model: Model, twins: TwinRuntime): (code?: unknown) => unknown {
  const exiting = (code?: unknown) => model.run!.exit(Number(code ?? process.exitCode ?? 0));
  const exit = (code?: unknown): unknown => twins.run(exiting(code));
  return twins.link(exit, exiting as Twin);
}

/** What `write` of a standard stream is: it prints by an operation, and may stop. */
export function streamWriter(
  name: "log" | "error",
  model: Model,
  twins: TwinRuntime,
): (chunk: unknown) => unknown {
  const writing = (chunk: unknown) => model.run!.write(name, chunk);
  const write = (chunk: unknown): unknown => twins.run(writing(chunk));
  return twins.link(write, writing as Twin);
}
