/** What happens of itself around a run: its panel opens, its output is shown, and what went wrong is said. */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { formatDuration } from "../base/duration.ts";
import type { Log } from "./log.ts";
import type { ProgramOutput } from "./program-output.ts";
import { showProgress } from "./progress.ts";
import { isOver, type RunState } from "./run-state.ts";
import { setting } from "./settings.ts";
import { statusText } from "./status-text.ts";
import type { TimelinePanels } from "./timeline-panels.ts";
import { told } from "./told.ts";
import type { TraceRun } from "./trace-run.ts";
import type { Tracer } from "./tracer.ts";
import { deferred } from "../base/deferred.ts";

export function watchRuns(
  tracer: Tracer,
  panels: TimelinePanels,
  output: ProgramOutput,
  log: Log,
): vscode.Disposable {
  return tracer.onDidChange(({ program, begun }) => {
    if (!begun) return;
    log.info(`${begun.id}: ${begun.plan.entry}`);
    panels.show(program, begun, setting("timeline.openOnTrace"));
    showProgress({
      title: vscode.l10n.t("Tracing {0}", begun.title),
      text: () => statusText(begun.state),
      over: overOf(begun),
      changed: begun.changed,
      cancel: () => begun.cancel(),
    });
    const printing = output.begin(begun);
    const events = begun.changed.add((state) => {
      if (state.events === 0) return;
      log.info(`${begun.id}: the first events`);
      events[Symbol.dispose]();
    });
    void begun.settled.then((state) => {
      printing.dispose();
      logEnd(begun, state, log);
      say(begun, state, panels.isVisible(program), log);
    });
  });
}

/** Before its recording is examined: the person need not wait for that. */
function overOf(run: TraceRun): Promise<void> {
  const over = deferred<void>();
  const watching = run.changed.add((state) => {
    if (!isOver(state)) return;
    watching[Symbol.dispose]();
    over.resolve();
  });
  return over.promise;
}

function logEnd(run: TraceRun, state: RunState, log: Log): void {
  const { phase, events, threads, result, clock } = state;
  const time = result ? `, ${formatDuration(result.durationNs, clock)}` : "";
  const ending = result ? ` (${result.ending.kind})` : "";
  log.info(`${run.id}: ${phase}${ending}, ${threads} threads, ${events} events${time}`);
  if (state.failure) log.error(`${run.id}: ${state.failure.stage}: ${state.failure.reason}`);
}

/** Notifications are for what the person would otherwise not see: a visible timeline shows problems of the program itself. */
function say(run: TraceRun, state: RunState, visible: boolean, log: Log): void {
  const file = run.title;
  const { failure } = state;
  if (failure) {
    const messages = {
      compiling: EXTENSION_MESSAGES.compilerFailed,
      running: EXTENSION_MESSAGES.runFailed,
      examining: EXTENSION_MESSAGES.analysisFailed,
    };
    const details = vscode.l10n.t("Show Log");
    const text = told(messages[failure.stage], { file, reason: failure.reason });
    void vscode.window.showErrorMessage(text, details).then((answer) => {
      if (answer === details) log.show();
    });
  } else if (isOver(state) && state.phase === "failed" && !visible) {
    const problem = state.diagnostics.find((one) => one.stops)?.message ?? "";
    const open = vscode.l10n.t("Show Problems");
    const text = told(EXTENSION_MESSAGES.doesNotCompile, { file, problem });
    void vscode.window.showErrorMessage(text, open).then((answer) => {
      if (answer === open) void vscode.commands.executeCommand("workbench.actions.view.problems");
    });
  }
}
