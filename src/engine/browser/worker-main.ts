/**
 * Entry of the worker that models programs in a browser (`dist/web/model.js`): one run, or one step session, and then it is
 * ended. It runs the person's code, so it is a thread that can be ended; what it records goes to its host as it comes.
 */
import type { WebWorker, WebWorkerScope } from "../../base/web-worker.ts";
import { playedAs } from "../../protocol/execution-model.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import { Model } from "../model/model.ts";
import { RunTrace } from "../model/run-trace.ts";
import { $t } from "../model/twins/runtime.ts";
import { executionModel } from "../models/named.ts";
import { installStacks } from "../program/stacks.ts";
import { StepHost } from "../stepping/host.ts";
import { ModelledEngine } from "../stepping/modelled.ts";
import { installBrowserGlobals } from "./globals.ts";
import type { FromModelWorker, ToModelWorker } from "./messages.ts";
import { BrowserModelHost } from "./model-host.ts";

/** How long a run goes on before messages are looked for: short enough that a pause is felt at once. */
const STRETCH_MS = 10;

const scope = globalThis as unknown as WebWorkerScope;
// The program's own clock, promises and messages are others, once it is loaded.
const postMessage = scope.postMessage.bind(scope);
const post = (message: FromModelWorker, transfer: readonly ArrayBuffer[] = []): void =>
  postMessage(message, transfer);
const now = performance.now.bind(performance);
const NativePromise = Promise;

function load(program: CompiledProgram, argv: readonly string[], memoryLimitBytes: number): Model {
  installStacks(program);
  const model = new Model({ program, host: new BrowserModelHost(), twins: $t, memoryLimitBytes });
  installBrowserGlobals(model, $t, [program.entry, ...argv]);
  return model;
}

function run({ program, options, tool }: Extract<ToModelWorker, { type: "run" }>): void {
  const { timeLimitMs, memoryLimitBytes, argv } = options;
  const model = load(program, argv, memoryLimitBytes);
  const trace = new RunTrace({
    ...{ program, options, tool, tell: post },
    write(bytes) {
      const copy = bytes.slice();
      post({ type: "bytes", bytes: copy }, [copy.buffer]);
    },
  });
  const end = now() + timeLimitMs;
  const result = model
    .begin({
      sink: trace,
      scheduler: () => executionModel(program.options),
      stop: () => (now() > end ? { kind: "time-limit", limitMs: timeLimitMs } : undefined),
    })
    .go()!; // execution models always pick somebody
  trace.end(result);
  post({ type: "ended", result });
}

/** When the stretch under way began. */
let began = 0;

function steps(tool: string): StepHost {
  const { port1, port2 } = new MessageChannel() as unknown as Record<"port1" | "port2", WebWorker>;
  return new StepHost({
    load({ program, argv, memoryLimitBytes }) {
      const model = load(program, argv, memoryLimitBytes);
      return NativePromise.resolve(new ModelledEngine(model, program, tool));
    },
    tell: (event) => post({ type: "event", event }),
    reply: (reply) => post({ type: "reply", reply }),
    isDue: () => now() - began > STRETCH_MS,
    async breathe() {
      // A message to oneself comes after those that have come in meanwhile; timers are held back by browsers.
      await new NativePromise<void>((resolve) => {
        port1.onmessage = () => resolve();
        port2.postMessage(undefined);
      });
      began = now();
    },
  });
}

let session: StepHost | undefined;
scope.addEventListener("message", ({ data }) => {
  const message = data as ToModelWorker;
  try {
    switch (message.type) {
      case "run":
        return run({ ...message, program: playedAs(message.program, message.options.model) });
      case "step":
        session = steps(message.tool);
        return;
      case "request":
        began = now();
        return void session?.take(message.id, message.request);
    }
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ type: "broken", message: text });
  }
});
