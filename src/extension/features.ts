/**
 * The features of the extension, made and joined, on whatever platform it runs. Light: no TypeScript, no runner, no file is
 * touched here; they start when the first program is seen.
 */
import type * as vscode from "vscode";
import { ProgramLenses } from "./code-lens.ts";
import { registerCommands } from "./commands.ts";
import { Contexts } from "./contexts.ts";
import { syncCursor } from "./cursor-sync.ts";
import { registerDebugger } from "./debugger.ts";
import { registerExplanations } from "./explanations.ts";
import { FocusFinder, type Focus } from "./focus.ts";
import { Hovers } from "./hovers.ts";
import { LockDecorations } from "./lock-decorations.ts";
import { type Log, OutputLog } from "./log.ts";
import type { Platform } from "./platform.ts";
import { Problems } from "./problems.ts";
import { ProgramOutput } from "./program-output.ts";
import { isOver, isRecorded } from "./run-state.ts";
import { recallRuns } from "./recall.ts";
import { StatusBar } from "./status-bar.ts";
import { StepDecorations } from "./step-decorations.ts";
import { StepEdits } from "./step-edits.ts";
import { StepSessions } from "./step-sessions.ts";
import { StepperActions } from "./stepper-actions.ts";
import { StepperPanels } from "./stepper-panels.ts";
import { ThreadDecorations } from "./thread-decorations.ts";
import { TimelinePanels } from "./timeline-panels.ts";
import { TimelineActions } from "./timeline-actions.ts";
import { TraceEditors } from "./trace-editor.ts";
import { TraceStore } from "./trace-store.ts";
import { Tracer } from "./tracer.ts";
import { watchRuns } from "./run-watch.ts";
import { warmWhenSeen } from "./warm.ts";

export function start(
  context: vscode.ExtensionContext,
  makePlatform: (log: Log) => Platform,
): void {
  const { subscriptions, extensionUri } = context;
  const log = own(new OutputLog());
  const platform = own(makePlatform(log));
  const store = new TraceStore(platform.recordings);
  const output = own(new ProgramOutput());

  const tracer = own(new Tracer(platform, store, log));
  const actions = own(new TimelineActions(tracer, platform, store, log, output, extensionUri));
  const panels = own(new TimelinePanels(extensionUri, log, actions));
  const traces = own(new TraceEditors(extensionUri, log, actions));
  const sessions = own(new StepSessions(platform, log));
  const edits = own(new StepEdits(sessions));
  const stepping = new StepperActions(sessions, edits, log);
  const steppers = own(new StepperPanels(extensionUri, log, stepping, sessions));
  own(edits.onDidChange((session) => steppers.tellEdited(session)));
  const focus = own(new FocusFinder(tracer, panels, traces, steppers));

  own(new ProgramLenses(tracer, platform.kind));
  own(new Problems(tracer));
  own(new LockDecorations(tracer));
  own(new ThreadDecorations(tracer));
  own(new StepDecorations(sessions, edits));
  own(registerDebugger(sessions));
  own(new Hovers(extensionUri));
  own(registerExplanations());
  own(syncCursor(() => [...panels.views, ...traces.views]));
  own(watchRuns(tracer, panels, output, log));
  own(recallRuns(tracer, store, log));
  own(warmWhenSeen(platform));
  const commands = {
    ...actions.commands(focus, panels, extensionUri),
    ...stepping.commands(focus, steppers, tracer),
  };
  own(registerCommands(commands, log));

  const statusBar = own(new StatusBar());
  const contexts = new Contexts();
  const show = ({ program, run }: Focus) => {
    statusBar.show(program, run);
    contexts.set("program", program !== undefined);
    contexts.set("recorded", run !== undefined && isRecorded(run.state));
    contexts.set("findings", (run?.state.report?.findings.length ?? 0) > 0);
    contexts.set(
      "running",
      tracer.going.some((going) => !isOver(going.state)),
    );
  };
  own(focus.onDidChange(show));
  show(focus.now);

  function own<T extends vscode.Disposable>(one: T): T {
    subscriptions.push(one);
    return one;
  }
}
