/** The worker that reads recordings in a browser: a long one takes seconds, and the editor's host must not stand still. */
import type { WebWorkerScope } from "../../base/web-worker.ts";
import { chromeTrace } from "../../trace/formats/chrome.ts";
import { TraceReader } from "../../trace/reader.ts";
import type { Trace } from "../../trace/trace.ts";
import { examine, timelineOf } from "../examined.ts";
import { reasonOf } from "../trace-run.ts";
import type { WebExamineAnswer, WebExamineRequest } from "./examiner.ts";

const scope = globalThis as unknown as WebWorkerScope;

/** A damaged recording is read as far as it goes: what stands before the damage is good. */
function read(bytes: Uint8Array): Trace {
  const reader = new TraceReader();
  reader.push(bytes);
  reader.finish();
  return reader.trace;
}

function serve({ kind, bytes }: WebExamineRequest): WebExamineAnswer {
  try {
    const trace = read(bytes);
    if (kind === "examine") return { ok: true, examined: examine(trace) };
    return { ok: true, text: [...chromeTrace(timelineOf(trace))].join("") };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

scope.addEventListener("message", ({ data }) => {
  scope.postMessage(serve(data as WebExamineRequest));
});
