/** The extension's end of a step session in a browser: a worker of its own, which ends with it. */
import type { FromSteppedRun, ToModelWorker } from "../../engine/browser/messages.ts";
import { StepRequests } from "../../engine/stepping/requests.ts";
import type { StepChannel } from "../../protocol/step.ts";
import type { StartedWorker, Workers } from "./workers.ts";

export function openWebStepping(workers: Workers, tool: string): StepChannel {
  const post = (message: ToModelWorker): void => worker.post(message);
  const requests = new StepRequests({
    send: (id, request) => post({ type: "request", id, request }),
    kill: () => worker.terminate(),
    after(milliseconds, callBack) {
      const timer = setTimeout(callBack, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const hear = (message: FromSteppedRun): void => {
    if (message.type === "reply") requests.answered(message.reply);
    else if (message.type === "event") requests.heard(message.event);
    else requests.broke(message.message);
  };
  const worker: StartedWorker = workers.start(
    "model",
    (data) => hear(data as FromSteppedRun),
    (reason) => requests.broke(reason),
  );
  post({ type: "step", tool });
  return requests;
}
