/**
 * Entry of the worker that explores a program (`dist/explore.mjs`): a model of it, and the exploring, which needs of Node no
 * more than the time and a place to say things. It runs the person's code, so it is a thread that can be ended; one program each.
 */
import { parentPort } from "node:worker_threads";
import { Model } from "../../engine/model/model.ts";
import { $t } from "../../engine/model/twins/runtime.ts";
import { type ExplorerOpening, ExplorerWord } from "../../engine/native/explored/messages.ts";
import { installNodeGlobals } from "../../engine/native/modelled/globals.ts";
import { NodeModelHost } from "../../engine/native/modelled/node-host.ts";
import { installStacks } from "../../engine/program/stacks.ts";
import type { FromExplorer } from "../../protocol/explore.ts";
import { explore } from "../explore.ts";

const port = parentPort!;
const post = (message: FromExplorer): void => port.postMessage(message);
// The program's clock is the model's: ours is taken before it is put in place.
const clock = performance.now.bind(performance);

async function begin({ request, memoryLimitBytes, words }: ExplorerOpening): Promise<void> {
  const { program, options } = request;
  installStacks(program, import.meta.url);
  process.argv = [process.argv[0], program.entry];
  const host = new NodeModelHost();
  await host.load(program, true);
  const model = new Model({ program, host, twins: $t, memoryLimitBytes });
  installNodeGlobals(model, $t, host);
  const result = explore({
    ...{ model, program, options },
    hooks: {
      now: clock,
      shouldStop() {
        Atomics.add(words, ExplorerWord.LOOKS, 1);
        return Atomics.load(words, ExplorerWord.STOP) !== 0;
      },
      progress: (progress) => post({ type: "progress", progress }),
    },
  });
  post({ type: "explored", result });
}

port.once("message", (opening: ExplorerOpening) => {
  port.unref();
  begin(opening).catch((error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ type: "broken", message });
  });
});
