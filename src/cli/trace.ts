/** `threadloom trace FILE`: compiles, runs on real threads, tells what happened. */
import { writeFile } from "node:fs/promises";
import { findingsOf } from "../analysis/findings.ts";
import { summaryOf } from "../analysis/summary.ts";
import { verdictOf } from "../analysis/verdict.ts";
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { systemReason } from "../base/system-reason.ts";
import { needsModel } from "../protocol/execution-model.ts";
import type { CompiledProgram, Diagnostic } from "../protocol/program.ts";
import type { OutputLine } from "../trace/tables.ts";
import type { TraceRequest } from "./arguments.ts";
import { Exit } from "./exit.ts";
import { exitOf } from "./expectation.ts";
import { readSource, whyNotReadable, whyNotWritable } from "./files.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { diagnosticsNearby, findingsNearby } from "./nearby.ts";
import { Progress } from "./progress.ts";
import { renderDiagnostics } from "./render/diagnostics.ts";
import { renderRun } from "./render/run.ts";
import { reportPage } from "./report-page.ts";
import { runJson } from "../analysis/run-json.ts";
import { cameToOf, differenceFrom } from "../analysis/same-run.ts";
import { runProgram } from "./run-program.ts";
import type { Refusal, RunOutcome } from "./run-program.ts";
import type { Screen } from "./screen.ts";

const DEFAULT_TIME_LIMIT_SECONDS = 30;
const DEFAULT_MEMORY_LIMIT_MEGABYTES = 1024;

export async function trace(request: TraceRequest, screen: Screen): Promise<Exit> {
  const refusal = whyNotPossible(request);
  if (refusal !== undefined) return screen.refuse(refusal, request.json);

  using interrupt = listenForInterrupt();
  using progress = new Progress(process.stderr);
  progress.say(`compiling ${request.file}`);
  // Awaited here: what is used above must outlast the run.
  return await runProgram(
    {
      file: request.file,
      argv: request.argv,
      timeLimitMs: (request.timeLimitSeconds ?? DEFAULT_TIME_LIMIT_SECONDS) * 1000,
      memoryLimitBytes:
        (request.memoryLimitMegabytes ?? DEFAULT_MEMORY_LIMIT_MEGABYTES) * (1 << 20),
      ...(request.output === undefined ? {} : { output: request.output }),
      ...(request.control === undefined ? {} : { control: request.control }),
      ...(request.engine === undefined ? {} : { engine: request.engine }),
      ...(request.model === undefined ? {} : { model: request.model }),
      ...(request.otherwise === undefined ? {} : { otherwise: request.otherwise }),
    },
    {
      compiled(program, diagnostics) {
        progress.around(() => showDiagnostics(diagnostics, request, screen));
        progress.say(`running ${request.file}`);
        return whyNotRun(request, program);
      },
      output(lines) {
        if (!request.json) progress.around(() => printOutput(lines));
      },
      otherwise(reason) {
        const told = tell(CLI_MESSAGES.replayedNatively, { reason });
        progress.around(() => screen.complain(told, "warning"));
      },
      traced(events) {
        progress.say(`running ${request.file}: ${events.toLocaleString("en")} events`);
      },
    },
    interrupt.signal,
    (outcome) => {
      progress[Symbol.dispose]();
      return report(outcome, request, screen);
    },
  );
}

/** What can be known before anything is started. */
function whyNotPossible({ file, output, html }: TraceRequest): Refusal | undefined {
  return [
    whyNotReadable(file),
    ...[output, html].map((target) => (target === undefined ? undefined : whyNotWritable(target))),
  ].find((complaint) => complaint !== undefined);
}

/** An order that is given can be kept to by real threads as well, whatever model it came from. */
function whyNotRun({ file, control }: TraceRequest, program: CompiledProgram): Refusal | undefined {
  const canPlay = program.form === "model" || control !== undefined;
  if (canPlay || !needsModel(program.options)) return undefined;
  return tell(CLI_MESSAGES.modelNeedsEngine, { file, model: program.options.model! });
}

/** As the program's own streams would have it: what it prints comes plain, and as it comes. */
function printOutput(lines: readonly OutputLine[]): void {
  for (const { stream, text } of lines) {
    const to = stream === "warn" || stream === "error" ? process.stderr : process.stdout;
    to.write(`${text}\n`);
  }
}

function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  { json }: TraceRequest,
  screen: Screen,
): void {
  if (json || diagnostics.length === 0) return;
  const { look, paint } = screen.errors;
  const shown = diagnosticsNearby(diagnostics, process.cwd());
  const lines = renderDiagnostics(shown, readSource, look, paint);
  process.stderr.write(`${lines.join("\n")}\n\n`);
}

async function report(outcome: RunOutcome, request: TraceRequest, screen: Screen): Promise<Exit> {
  switch (outcome.kind) {
    case "interrupted":
      return Exit.INTERRUPTED;
    case "refused":
      return screen.refuse(outcome.refusal, request.json);
    case "does-not-compile": {
      const { diagnostics } = outcome;
      showDiagnostics(diagnostics, request, screen);
      if (request.json)
        screen.json({ ok: false, file: request.file, verdict: "error", diagnostics });
      return Exit.BAD_USAGE;
    }
    case "ran":
      return reportRun(outcome, request, screen);
  }
}

async function reportRun(
  { program, diagnostics, result, read, tracePath }: RunOutcome & { kind: "ran" },
  request: TraceRequest,
  screen: Screen,
): Promise<Exit> {
  const { timeline } = read;
  const { expect: expected } = program.options;
  const { ending } = result;
  // A runner that was killed told the host, and could not write it down.
  if (timeline.trace.end === undefined) timeline.trace.findings.push(...result.findings);
  const findings = findingsOf(timeline);
  const verdict = verdictOf(findings, ending);
  const summary = summaryOf(timeline, findings);
  const { recorded } = request;
  const difference =
    recorded &&
    differenceFrom(cameToOf(recorded), {
      ...cameToOf(timeline.trace),
      ending,
      findings: result.findings,
    });
  if (request.json) {
    const { file } = request;
    const { schedule, scheduleProblems } = result;
    screen.json({
      ...runJson(summary, { file, verdict, expected, ending, diagnostics }),
      ...(schedule === undefined ? {} : { schedule, scheduleProblems }),
      ...(recorded === undefined ? {} : { same: difference === undefined, difference }),
    });
  } else {
    const gap = summary.output.length > 0 ? [""] : [];
    const { look, paint } = screen.results;
    const shown = { ...summary, findings: findingsNearby(findings, process.cwd()) };
    const run = { timeline, summary: shown, verdict, expected, ending };
    screen.print([...gap, ...renderRun(run, look, paint)]);
  }
  if (!request.json)
    for (const problem of result.scheduleProblems ?? []) screen.complain(problem, problem.severity);
  if (difference !== undefined && !request.json)
    screen.complain(tell(CLI_MESSAGES.replayDiffers, { difference }), "warning");
  const unwritten = request.html && (await writeReport(tracePath, request.file, request.html));
  if (!request.json) {
    const { paint } = screen.results;
    const kept = [
      ...(request.output ? [`Trace:  ${paint.place(request.output)}`] : []),
      ...(request.html && !unwritten ? [`Report: ${paint.place(request.html)}`] : []),
    ];
    if (kept.length > 0) screen.print(["", ...kept]);
  }
  if (unwritten) return screen.refuse(unwritten, false);
  return exitOf(verdict, findings, expected);
}

/** Why the report could not be written; undefined if it was. */
async function writeReport(
  tracePath: string,
  program: string,
  out: string,
): Promise<Refusal | undefined> {
  try {
    await writeFile(out, await reportPage(tracePath, program));
    return undefined;
  } catch (error) {
    return tell(CLI_MESSAGES.cannotWrite, { file: out, reason: systemReason(error) });
  }
}
