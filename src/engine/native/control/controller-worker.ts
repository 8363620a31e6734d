/** The runner's end of the worker that holds the baton. */
import { Worker } from "node:worker_threads";
import { RunWord } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import type { ControllerData, Rested } from "./controller-main.ts";
import { ControlWord } from "./words.ts";

export interface ControllerWorker {
  /** Rejects where something of ours failed. */
  readonly rested: Promise<Pick<Rested, "rest">>;
  /** The run is over: the controller comes to rest where it is. Undefined where it has failed. */
  stop(memory: RunMemory): Promise<Rested | undefined>;
}

export function startController(data: ControllerData): ControllerWorker {
  const worker = new Worker(new URL("./controller.mjs", import.meta.url), {
    name: "threadloom controller",
    workerData: data,
    stdin: false,
  });
  const rested = new Promise<Rested>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the controller ended without a word")));
  });
  return {
    rested,
    async stop(memory) {
      Atomics.store(memory.words, memory.words[RunWord.CONTROL] + ControlWord.STOP, 1);
      const last = await rested.catch(() => undefined);
      await worker.terminate();
      return last;
    },
  };
}
