/** A trace file that a run is to follow, as far as it can be read: what is wrong with it has been told to whoever chose it. */
import { readFileSync } from "node:fs";
import { TraceReader } from "../../trace/reader.ts";
import type { Trace } from "../../trace/trace.ts";

export function readTrace(path: string): Trace {
  const reader = new TraceReader();
  reader.push(readFileSync(path));
  return reader.trace;
}
