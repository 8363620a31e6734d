/** Has a recording read by a worker of its own, which ends with the answer: browsers start one in a few milliseconds. */
import type { Examined } from "../examined.ts";
import type { Workers } from "./workers.ts";

export interface WebExamineRequest {
  readonly kind: "examine" | "export-chrome";
  readonly bytes: Uint8Array;
}

export type WebExamineAnswer =
  | { readonly ok: true; readonly examined: Examined }
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

export async function examineBytes(workers: Workers, bytes: Uint8Array): Promise<Examined> {
  const answer = await ask(workers, { kind: "examine", bytes });
  if ("examined" in answer) return answer.examined;
  throw new Error("reason" in answer ? answer.reason : "the examiner answered something else");
}

export async function chromeTraceOf(workers: Workers, bytes: Uint8Array): Promise<string> {
  const answer = await ask(workers, { kind: "export-chrome", bytes });
  if ("text" in answer) return answer.text;
  throw new Error("reason" in answer ? answer.reason : "the examiner answered something else");
}

function ask(workers: Workers, request: WebExamineRequest): Promise<WebExamineAnswer> {
  return new Promise((resolve, reject) => {
    const worker = workers.start(
      "examine",
      (answer) => {
        worker.terminate();
        resolve(answer as WebExamineAnswer);
      },
      (reason) => reject(new Error(reason)),
    );
    worker.post(request);
  });
}
