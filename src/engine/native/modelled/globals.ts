/**
 * The worker's globals as a modelled program sees them: its console prints by operations, `process.exit` ends the run, and
 * clocks and random numbers are the model's own, so that a run is the same each time. The worker is used for one run.
 */
import { Random } from "../../../base/random.ts";
import type { Model } from "../../model/model.ts";
import { installTasks, LOOP_GLOBALS } from "../../../std/tasks/globals.ts";
import { nextTick } from "../../../std/tasks/immediates.ts";
import type { Twin, TwinRuntime } from "../../../protocol/twins.ts";

/** When every modelled run begins. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

export function installGlobals(model: Model, twins: TwinRuntime, seed: number): void {
  Object.assign(globalThis.console, model.consoleMethods());
  installStream(process.stdout, "log", model, twins);
  installStream(process.stderr, "error", model, twins);
  process.exit = ((code?: number) =>
    model.run!.exit(Number(code ?? process.exitCode ?? 0))) as typeof process.exit;
  const now = (): number => (model.run?.virtualTime ?? 0) / 1e6;
  performance.now = now;
  installDate(() => EPOCH_MS + Math.floor(now()));
  installTasks(globalThis);
  Object.assign(globalThis, LOOP_GLOBALS);
  process.nextTick = nextTick as typeof process.nextTick;
  const random = new Random(seed);
  Math.random = () => random.bits() / 2 ** 32;
}

function installStream(
  stream: NodeJS.WriteStream,
  name: "log" | "error",
  model: Model,
  twins: TwinRuntime,
): void {
  const writing = (chunk: unknown) => model.run!.write(name, chunk);
  const write = (chunk: unknown): unknown => twins.run(writing(chunk));
  stream.write = twins.link(write, writing as Twin) as typeof stream.write;
}

/** The same class to whoever looks, but that without arguments it tells the model's time. */
function installDate(now: () => number): void {
  const Real = globalThis.Date;
  const Modelled: DateConstructor = new Proxy(Real, {
    construct(target, args: unknown[], newTarget: Function) {
      const made = args.length === 0 ? [now()] : args;
      return Reflect.construct(target, made, newTarget === Modelled ? target : newTarget) as Date;
    },
    apply: () => new Real(now()).toString(),
    get: (target, key): unknown => (key === "now" ? now : Reflect.get(target, key)),
  });
  Object.defineProperty(Real.prototype, "constructor", {
    value: Modelled,
    writable: true,
    configurable: true,
  });
  globalThis.Date = Modelled;
}
