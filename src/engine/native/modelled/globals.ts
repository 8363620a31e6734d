/** A modelled program's globals in a worker of Node: those of the model, and `process`, whose `exit` ends the run. */
import type { TwinRuntime } from "../../../protocol/twins.ts";
import { nextTick } from "../../../std/tasks/immediates.ts";
import { installGlobals, streamWriter } from "../../model/globals.ts";
import type { Model } from "../../model/model.ts";
import { installNodeOutside } from "../node-outside.ts";

export function installNodeGlobals(model: Model, twins: TwinRuntime): void {
  installGlobals(model);
  installNodeOutside({
    outside: () => model.run!.outside,
    parallelism: () => model.run!.parallelism,
  });
  process.stdout.write = streamWriter("log", model, twins) as typeof process.stdout.write;
  process.stderr.write = streamWriter("error", model, twins) as typeof process.stderr.write;
  process.exit = ((code?: number) =>
    model.run!.exit(Number(code ?? process.exitCode ?? 0))) as typeof process.exit;
  process.nextTick = nextTick as typeof process.nextTick;
}
