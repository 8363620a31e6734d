/**
 * Entry of a worker that carries green threads (`dist/green.mjs`). It is started ahead and waits; when it is given a run it takes
 * part until that is over.
 */
import { parentPort } from "node:worker_threads";
import { exitProcess } from "../../../std/process-end.ts";
import { installTasks } from "../../../std/tasks/globals.ts";
import { nextTick } from "../../../std/tasks/immediates.ts";
import type { ThreadId } from "../../../base/brand.ts";
import { installStacks } from "../../program/stacks.ts";
import { filesOf } from "../files.ts";
import { RunWord } from "../layout.ts";
import { RunMemory } from "../memory.ts";
import type { Attach, FromWorker } from "../messages.ts";
import { NodeModuleHost } from "../node-modules.ts";
import { installNodeOutside } from "../node-outside.ts";
import { Carrier } from "./carrier.ts";
import { GreenCrew } from "./crew.ts";

const port = parentPort!;
let shared: Int32Array | undefined;

/** Counted before it is posted: whoever sees in shared memory what came of it knows that it is on its way. */
function post(message: FromWorker): void {
  if (shared !== undefined) Atomics.add(shared, RunWord.SAID, 1);
  port.postMessage(message);
}

/** Where nothing comes back from: the run is over for this worker. */
function halt(words: Int32Array): never {
  for (;;) Atomics.wait(words, 0, 0);
}

async function attach(given: Attach): Promise<void> {
  const memory: RunMemory = new RunMemory(given.buffer, () => {
    post({ type: "full" });
    return halt(memory.words);
  });
  const { words } = memory;
  shared = words;
  installStacks(given.program, import.meta.url);
  process.argv = [process.argv[0], given.program.entry, ...given.argv];
  const host = new NodeModuleHost();
  await host.load(given.program, given.main, true);
  const crew = new GreenCrew({ attach: given, memory, host, post, halt: () => halt(words) });
  if (given.outside !== undefined) {
    const { parallelism } = given.outside.facts;
    const outside = () => crew.outside.outside;
    installNodeOutside({ outside, isAsked: () => true, parallelism: () => parallelism });
    host.replace(
      "fs",
      filesOf(() => outside().world),
    );
  }
  installTasks(globalThis);
  process.nextTick = nextTick as typeof process.nextTick;
  process.exit = (code) => {
    const status = Number(code ?? process.exitCode ?? 0);
    if (given.process !== undefined) exitProcess(given.process.at, status);
    post({ type: "exit", code: status });
    return halt(words);
  };
  post({ type: "attached" });
  new Carrier(memory, crew, crew.makeList()).run(given.main ? (0 as ThreadId) : undefined);
}

port.once("message", (given: Attach) => {
  port.unref();
  attach(given).catch((error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ type: "broken", message });
  });
});
