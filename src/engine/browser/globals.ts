/**
 * A modelled program's globals in a worker of a browser: those of the model, a `process` with what programs commonly touch, and
 * nothing by which a program could speak as we do or reach the network: what is not modelled would differ from run to run.
 */
import type { TwinRuntime } from "../../protocol/twins.ts";
import { nextTick } from "../../std/tasks/immediates.ts";
import { exiter, installGlobals, streamWriter } from "../model/globals.ts";
import type { Model } from "../model/model.ts";

/** Of a browser's worker: programs written for Node do not know them. */
const TAKEN_AWAY = [
  ...["postMessage", "close", "importScripts", "Worker", "fetch", "XMLHttpRequest", "WebSocket"],
  ...["EventSource", "indexedDB", "caches", "BroadcastChannel", "WebTransport"],
];

export function installBrowserGlobals(
  model: Model,
  twins: TwinRuntime,
  argv: readonly string[],
): void {
  installGlobals(model);
  const now = (): number => performance.now();
  const hrtime = Object.assign(
    (since?: readonly [number, number]): [number, number] => {
      const nanoseconds = Math.round(now() * 1e6) - (since ? since[0] * 1e9 + since[1] : 0);
      return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
    },
    { bigint: () => BigInt(Math.round(now() * 1e6)) },
  );
  const process = {
    argv: ["threadloom", ...argv],
    env: {},
    pid: 1,
    platform: "browser",
    arch: "browser",
    version: "",
    versions: {},
    stdout: { write: streamWriter("log", model, twins) },
    stderr: { write: streamWriter("error", model, twins) },
    exitCode: undefined as number | string | undefined,
    cwd: () => "/",
    exit: exiter(model, twins),
    hrtime,
    nextTick,
    uptime: () => now() / 1000,
  };
  for (const [name, value] of [["process", process] as const, ...TAKEN_AWAY.map(gone)]) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}

function gone(name: string): readonly [string, undefined] {
  return [name, undefined];
}
