/** A worker that has a step session: the messages of the runner, the program on the model engine, and the clock on the wall. */
import { setImmediate } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";
import { Model } from "../../model/model.ts";
import { $t } from "../../model/twins/runtime.ts";
import { installStacks } from "../../program/stacks.ts";
import { StepHost } from "../../stepping/host.ts";
import { ModelledEngine } from "../../stepping/modelled.ts";
import { installNodeGlobals } from "../modelled/globals.ts";
import type { StepOpening } from "../modelled/messages.ts";
import { NodeModelHost } from "../modelled/node-host.ts";
import { RunnerLine } from "./line.ts";
import { NativeEngine } from "./native-engine.ts";
import type { FromStepped, ToStepped } from "./messages.ts";

/** How long a run goes on before messages are looked for: short enough that a pause is felt at once. */
const STRETCH_MS = 10;

export function serve({ tool, native }: StepOpening, port: MessagePort): void {
  // The program's own clock is the model's, once it is loaded.
  const now = performance.now.bind(performance);
  const tell = (message: FromStepped): void => port.postMessage(message);
  let began = now();
  const line = new RunnerLine(native);
  const host = new StepHost({
    async load({ program, argv, memoryLimitBytes }) {
      installStacks(program, import.meta.url);
      process.argv = [process.argv[0], program.entry, ...argv];
      const modules = new NodeModelHost();
      await modules.load(program, true, true);
      const model = new Model({ program, host: modules, twins: $t, memoryLimitBytes });
      installNodeGlobals(model, $t, modules);
      return new ModelledEngine(model, program, tool);
    },
    loadNative: (parts) => new NativeEngine(parts, line),
    tell: (event) => tell({ type: "event", event }),
    reply: (reply) => tell({ type: "reply", reply }),
    isDue: () => now() - began > STRETCH_MS,
    async breathe() {
      await setImmediate();
      began = now();
    },
  });
  port.on("message", ({ id, request }: ToStepped) => {
    began = now();
    void host.take(id, request);
  });
}
