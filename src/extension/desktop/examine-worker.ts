/** The thread that reads recordings: `examiner.ts` is its client. One request at a time, in their order. */
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parentPort } from "node:worker_threads";
import { chromeTrace } from "../../trace/formats/chrome.ts";
import { TraceReader } from "../../trace/reader.ts";
import type { Trace } from "../../trace/trace.ts";
import { examine, timelineOf } from "../examined.ts";
import { reasonOf } from "../trace-run.ts";
import type { ExamineAnswer, ExamineRequest } from "./examiner.ts";

const port = parentPort;
if (!port) throw new Error("the examiner runs as a worker thread");

/** A damaged recording is read as far as it goes: what stands before the damage is good. */
async function read(path: string): Promise<Trace> {
  const reader = new TraceReader();
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
    if (reader.push(bytes as Uint8Array)) break;
  }
  reader.finish();
  return reader.trace;
}

async function serve(request: ExamineRequest): Promise<ExamineAnswer> {
  try {
    const trace = await read(request.path);
    switch (request.kind) {
      case "examine":
        return { id: request.id, ok: true, value: examine(trace) };
      case "export-chrome":
        // In parts: a long recording would be a string longer than strings can be.
        await pipeline(
          Readable.from(chromeTrace(timelineOf(trace))),
          createWriteStream(request.to),
        );
        return { id: request.id, ok: true, value: undefined };
    }
  } catch (error) {
    return { id: request.id, ok: false, reason: reasonOf(error) };
  }
}

let last = Promise.resolve();
port.on("message", (request: ExamineRequest) => {
  last = last.then(async () => port.postMessage(await serve(request)));
});
