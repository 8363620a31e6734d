/** A modelled program's globals in a worker of Node: those of the model, and `process`, whose `exit` ends the run. */
import type { TwinRuntime } from "../../../protocol/twins.ts";
import { nextTick } from "../../../std/tasks/immediates.ts";
import { exiter, installGlobals, streamWriter } from "../../model/globals.ts";
import type { Model } from "../../model/model.ts";
import { Outside } from "../../outside/outside.ts";
import { VirtualWorld } from "../../outside/virtual-world.ts";
import { filesOf } from "../files.ts";
import type { NodeModelHost } from "./node-host.ts";
import { installNodeOutside } from "../node-outside.ts";

/** What packages ask while they are loaded is no matter of the run's: it is the same for each of their instances. */
const loading = new Outside(0, new VirtualWorld(() => 0, 0));

export function installNodeGlobals(model: Model, twins: TwinRuntime, host: NodeModelHost): void {
  const outside = (): Outside => (host.isLoading ? loading : model.run!.outside);
  installGlobals(model, outside);
  host.replace(
    "fs",
    filesOf(() => outside().world),
  );
  installNodeOutside({
    outside,
    isAsked: () => model.run !== undefined && !host.isLoading,
    parallelism: () => model.run!.parallelism,
  });
  process.stdout.write = streamWriter("log", model, twins) as typeof process.stdout.write;
  process.stderr.write = streamWriter("error", model, twins) as typeof process.stderr.write;
  process.exit = exiter(model, twins) as typeof process.exit;
  process.nextTick = nextTick as typeof process.nextTick;
}
