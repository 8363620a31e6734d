/**
 * The features of the extension, made and joined, on whatever platform it runs. Light: no TypeScript, no runner, no file is
 * touched here; they start when the first program is seen.
 */
import type * as vscode from "vscode";
import { ProgramLenses } from "./code-lens.ts";
import { offerAgentServer } from "./agent-server.ts";
import { registerCommands } from "./commands.ts";
import { Contexts } from "./contexts.ts";
import { CrossingHints } from "./crossing-hints.ts";
import { syncCursor } from "./cursor-sync.ts";
import { registerDebugger } from "./debugger.ts";
import { registerExplanations } from "./explanations.ts";
import { ExploreActions } from "./explore-actions.ts";
import { ExploredProblems } from "./explored-problems.ts";
import { ExplorePanels } from "./explore-panels.ts";
import { watchExplorations } from "./explore-watch.ts";
import { failureOf, isExplored, type ExploreDoors } from "./exploration.ts";
import { Explorer } from "./explorer.ts";
import { FocusFinder, type Focus } from "./focus.ts";
import { Hovers } from "./hovers.ts";
import { registerLanguageModelTools } from "./language-model-tools.ts";
import { LockDecorations } from "./lock-decorations.ts";
import { type Log, OutputLog } from "./log.ts";
import type { Platform } from "./platform.ts";
import { Problems } from "./problems.ts";
import { ProgramTests } from "./program-tests.ts";
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
  const { version } = context.extension.packageJSON as { version: string };
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
  const { explore = noExplorer } = platform;
  const doors: ExploreDoors = {
    compile: (...asked) => platform.compile(...asked),
    explore: (...asked) => explore.call(platform, ...asked),
  };
  const explorer = own(new Explorer(doors, log));
  const stepAlong = (program: vscode.Uri, schedule: string) =>
    stepping.follow(program, schedule, steppers);
  const exploring = new ExploreActions(explorer, platform.kind, stepAlong);
  const explored = own(new ExplorePanels(extensionUri, explorer, log, exploring));
  const focus = own(new FocusFinder(tracer, panels, traces, steppers, explored));

  own(new ProgramLenses(tracer, explorer, platform.kind));
  own(new Problems(tracer, explorer, sessions));
  own(new ExploredProblems(explorer));
  if (platform.explore) own(new ProgramTests(explorer, stepAlong));
  own(new LockDecorations(tracer));
  own(new ThreadDecorations(tracer));
  own(new StepDecorations(sessions, edits));
  own(registerDebugger(sessions));
  own(new Hovers(extensionUri));
  own(new CrossingHints((...asked) => platform.compile(...asked), log));
  own(registerExplanations());
  own(registerLanguageModelTools(platform, extensionUri, log));
  own(offerAgentServer(platform, version));
  own(syncCursor(() => [...panels.views, ...traces.views]));
  own(watchRuns(tracer, panels, output, log));
  own(watchExplorations(explorer, explored, log));
  own(recallRuns(tracer, store, log));
  own(warmWhenSeen(platform));
  const commands = {
    ...actions.commands(focus, panels, extensionUri),
    ...stepping.commands(focus, steppers, tracer),
    ...exploring.commands(focus, explored),
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
  const showExplored = ({ program }: Focus) => {
    const state = program && explorer.last(program)?.state;
    statusBar.showExplored(program, state);
    contexts.set("explored", state !== undefined);
    contexts.set("failure", state !== undefined && failureOf(state) !== undefined);
    contexts.set(
      "exploring",
      explorer.all.some(({ last }) => !isExplored(last.state)),
    );
  };
  contexts.set("canExplore", platform.explore !== undefined);
  own(focus.onDidChange(show));
  own(focus.onDidChange(showExplored));
  own(explorer.onDidChange(() => showExplored(focus.now)));
  show(focus.now);

  function own<T extends vscode.Disposable>(one: T): T {
    subscriptions.push(one);
    return one;
  }
}

/** No lens, menu or key leads here where programs cannot be explored. */
function noExplorer(): never {
  throw new Error("programs cannot be explored here");
}
