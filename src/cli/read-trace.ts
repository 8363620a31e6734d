/** A trace file → what it means. A file may be large: it is read in pieces. */
import { createReadStream, statSync } from "node:fs";
import { TraceReader } from "../trace/reader.ts";
import type { TraceProblem } from "../trace/problem.ts";
import { Timeline } from "../trace/timeline/timeline.ts";

export interface ReadTrace {
  readonly timeline: Timeline;
  /** What is wrong with the file, if anything; what stood before that place is there all the same. */
  readonly problem: TraceProblem | undefined;
}

const PIECE_BYTES = 1 << 20;

/** Rejects when the file cannot be read at all. */
export async function readTrace(file: string): Promise<ReadTrace> {
  const reader = new TraceReader({ expectedBytes: statSync(file).size });
  let problem: TraceProblem | undefined;
  for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
    problem = reader.push(piece as Buffer);
    if (problem !== undefined) break;
  }
  const timeline = new Timeline(reader.trace);
  timeline.advance();
  return { timeline, problem: problem ?? reader.finish() };
}
