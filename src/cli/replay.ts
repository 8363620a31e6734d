/**
 * `threadloom replay TRACE|SCHEDULE [FILE]`: has a run again, on the model engine, or on real threads of which one moves at a
 * time where the model cannot follow it. What comes of a trace is compared with what was recorded.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { PROCESS_MESSAGES } from "../base/catalogue/processes.ts";
import { SCHEDULE_MESSAGES } from "../base/catalogue/schedule.ts";
import { startsProcesses } from "../engine/program/processes.ts";
import type { Control } from "../protocol/run.ts";
import { parseSchedule } from "../trace/schedule.ts";
import type { SourceText } from "../trace/tables.ts";
import type { Trace } from "../trace/trace.ts";
import type { ReplayRequest } from "./arguments.ts";
import type { Complaint } from "./complaint.ts";
import type { Exit } from "./exit.ts";
import { readSource, whyNotReadable } from "./files.ts";
import { readTrace } from "./read-trace.ts";
import type { Ran } from "./run-program.ts";
import { cameToOf, differenceFrom } from "../analysis/same-run.ts";
import type { Screen } from "./screen.ts";
import { trace } from "./trace.ts";

export async function replay(request: ReplayRequest, screen: Screen): Promise<Exit> {
  const { json, output, engine } = request;
  const unreadable = whyNotReadable(request.recording);
  if (unreadable !== undefined) return screen.refuse(unreadable, json);
  const read = isText(request.recording)
    ? readSchedule(request)
    : await readRecording(request, screen);
  if ("complaint" in read) return screen.refuse(read.complaint, json);
  const { file, control, recorded, argv = [] } = read;
  const sources = [...(recorded?.sources ?? []), { file, text: readSource(file) ?? "" }];
  const isPlayed = engine === "native" && startsProcesses({ sources });
  if (isPlayed) screen.complain(tell(PROCESS_MESSAGES.notControlled, {}), "warning");
  return trace(
    {
      ...{ kind: "trace", file, json, argv, control },
      engine: isPlayed ? "model" : (engine ?? "model"),
      ...(engine === undefined ? { otherwise: (ran) => whyNatively(ran, recorded) } : {}),
      ...(recorded === undefined ? {} : { recorded }),
      ...(output === undefined ? {} : { output }),
    },
    screen,
  );
}

/** Why what the model did is not the run that was asked for, where real threads may do better. */
function whyNatively({ result, read }: Ran, recorded: Trace | undefined): string | undefined {
  // Real threads that keep to an order start no processes.
  if (read.timeline.trace.processes.size > 0) return undefined;
  if (result.ending.kind === "unmodelled") {
    return result.findings.at(-1)?.message.replace(/\.$/, "") ?? "a thread could not be suspended";
  }
  if (recorded?.head?.engine !== "native") return undefined;
  const { ending, findings } = result;
  return differenceFrom(cameToOf(recorded), { ...cameToOf(read.timeline.trace), ending, findings });
}

type Read =
  | { readonly complaint: Complaint }
  | {
      readonly file: string;
      readonly control: Control;
      /** What the program was called with then. */
      readonly argv?: readonly string[];
      /** Absent where the program is not what it was: then it may well come to something else. */
      readonly recorded?: Trace;
    };

/** A schedule is text; a trace begins with bytes that no text has. */
function isText(recording: string): boolean {
  return !readFileSync(recording).subarray(0, 64).includes(0);
}

function readSchedule({ recording, file }: ReplayRequest): Read {
  const text = readFileSync(recording, "utf8");
  const [fatal] = parseSchedule(text).problems.filter(
    ({ code }) => code === SCHEDULE_MESSAGES.notASchedule.code,
  );
  if (fatal !== undefined) return { complaint: fatal };
  if (file === undefined) return { complaint: tell(CLI_MESSAGES.replayNeedsFile, { recording }) };
  return { file, control: { kind: "schedule", text } };
}

async function readRecording({ recording, file }: ReplayRequest, screen: Screen): Promise<Read> {
  const { timeline, problem } = await readTrace(recording);
  const { head, sources } = timeline.trace;
  if (problem?.severity === "error") return { complaint: problem };
  const program = file ?? head?.program ?? "";
  const unreadable = whyNotReadable(program);
  if (unreadable !== undefined) return { complaint: unreadable };
  const edited = editedSince(sources, file === undefined ? undefined : head?.program, program);
  for (const file of edited) {
    screen.complain(tell(CLI_MESSAGES.replayedEdited, { file }), "warning");
  }
  const control = { kind: "trace", path: path.resolve(recording) } as const;
  const { argv = [] } = timeline.trace.facts ?? {};
  if (edited.length > 0) return { file: program, control, argv };
  return { file: program, control, argv, recorded: timeline.trace };
}

/** Files that are not what they were. `entry` of the recorded program lies at `now`, where it is given elsewhere. */
function editedSince(
  sources: readonly SourceText[],
  entry: string | undefined,
  now: string,
): string[] {
  return sources
    .map(({ file, text }) => ({ file: file === entry ? now : file, text }))
    .filter(({ file, text }) => readSource(file) !== text)
    .map(({ file }) => file);
}
