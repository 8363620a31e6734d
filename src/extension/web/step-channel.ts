/** The extension's end of a step session in a browser: a worker of its own, which ends with it. */
import type * as vscode from "vscode";
import type { WebWorker } from "../../base/web-worker.ts";
import type { FromSteppedRun, ToModelWorker } from "../../engine/browser/messages.ts";
import { StepRequests } from "../../engine/stepping/requests.ts";
import type { StepChannel } from "../../protocol/step.ts";
import { startWorker } from "./worker.ts";

export function openWebStepping(extension: vscode.Uri, tool: string): StepChannel {
  const post = (message: ToModelWorker): void => worker.postMessage(message);
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
  const worker: WebWorker = startWorker(
    extension,
    "model",
    (data) => hear(data as FromSteppedRun),
    (reason) => requests.broke(reason),
  );
  post({ type: "step", tool });
  return requests;
}
