/** `threadloom export TRACE --format …`: a trace in a format of others. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { findingsOf } from "../analysis/findings.ts";
import { summaryOf } from "../analysis/summary.ts";
import { verdictOf } from "../analysis/verdict.ts";
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { systemReason } from "../base/system-reason.ts";
import { chromeTrace } from "../trace/formats/chrome.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import type { ExportRequest } from "./arguments.ts";
import { Exit } from "./exit.ts";
import { whyNotReadable, whyNotWritable } from "./files.ts";
import { readTrace } from "./read-trace.ts";
import { reportPage } from "./report-page.ts";
import { runJson } from "../analysis/run-json.ts";
import type { Screen } from "./screen.ts";

export async function exportTrace(request: ExportRequest, screen: Screen): Promise<Exit> {
  const { file, output } = request;
  const refusal =
    whyNotReadable(file) ?? (output === undefined ? undefined : whyNotWritable(output));
  if (refusal !== undefined) return screen.refuse(refusal, false);
  const { timeline, problem } = await readTrace(file);
  if (problem !== undefined) {
    if (timeline.trace.head === undefined) return screen.refuse(problem, false);
    // What was read is exported all the same: a trace of a run that was killed is worth having.
    screen.complain(problem, "warning");
  }
  const parts = Readable.from(await exported(request, timeline));
  try {
    // Standard output stays open: it is not ours to close.
    if (output === undefined) await pipeline(parts, process.stdout, { end: false });
    else await pipeline(parts, createWriteStream(output));
  } catch (error) {
    const values = { file: output ?? "standard output", reason: systemReason(error) };
    return screen.refuse(tell(CLI_MESSAGES.cannotWrite, values), false);
  }
  return Exit.AS_EXPECTED;
}

/** In parts: a large trace would be a string longer than strings can be. */
async function exported(
  { format, file }: ExportRequest,
  timeline: Timeline,
): Promise<Iterable<string>> {
  const { head, end } = timeline.trace;
  const program = head?.program ?? file;
  switch (format) {
    case "chrome":
      return chromeTrace(timeline);
    case "json": {
      const findings = findingsOf(timeline);
      const ending = end?.ending;
      const verdict = verdictOf(findings, ending);
      const about = { file: program, verdict, expected: undefined, ending, diagnostics: [] };
      return [JSON.stringify(runJson(summaryOf(timeline, findings), about)), "\n"];
    }
    case "html":
      return [await reportPage(file, program)];
  }
}
