/** Has a recording read by a worker of its own, which ends with the answer: browsers start one in a few milliseconds. */
import type * as vscode from "vscode";
import type { Examined } from "../examined.ts";
import { startWorker } from "./worker.ts";

export interface WebExamineRequest {
  readonly kind: "examine" | "export-chrome";
  readonly bytes: Uint8Array;
}

export type WebExamineAnswer =
  | { readonly ok: true; readonly examined: Examined }
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

export async function examineBytes(extension: vscode.Uri, bytes: Uint8Array): Promise<Examined> {
  const answer = await ask(extension, { kind: "examine", bytes });
  if ("examined" in answer) return answer.examined;
  throw new Error("reason" in answer ? answer.reason : "the examiner answered something else");
}

export async function chromeTraceOf(extension: vscode.Uri, bytes: Uint8Array): Promise<string> {
  const answer = await ask(extension, { kind: "export-chrome", bytes });
  if ("text" in answer) return answer.text;
  throw new Error("reason" in answer ? answer.reason : "the examiner answered something else");
}

function ask(extension: vscode.Uri, request: WebExamineRequest): Promise<WebExamineAnswer> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(
      extension,
      "examine",
      (answer) => {
        worker.terminate();
        resolve(answer as WebExamineAnswer);
      },
      (reason) => reject(new Error(reason)),
    );
    worker.postMessage(request);
  });
}
