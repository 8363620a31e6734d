/**
 * The isolate's globals as a modelled program sees them, whether a worker of Node or of a browser has it: its console prints by
 * operations, and clocks and random numbers are the model's own, so that a run is the same each time. The isolate is used for
 * one program. `process` differs between the two, and is left to them.
 */
import { Random } from "../../base/random.ts";
import type { Twin, TwinRuntime } from "../../protocol/twins.ts";
import { installTasks, LOOP_GLOBALS } from "../../std/tasks/globals.ts";
import type { Model } from "./model.ts";

/** When every modelled run begins. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

export function installGlobals(model: Model, seed: number): void {
  Object.assign(globalThis.console, model.consoleMethods());
  const now = (): number => (model.run?.virtualTime ?? 0) / 1e6;
  performance.now = now;
  installDate(() => EPOCH_MS + Math.floor(now()));
  installTasks(globalThis);
  Object.assign(globalThis, LOOP_GLOBALS);
  const random = new Random(seed);
  Math.random = () => random.bits() / 2 ** 32;
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
