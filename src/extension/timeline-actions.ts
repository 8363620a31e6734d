/** What people ask for: the commands, and the buttons and marks of a timeline, which come to the same. */
import * as vscode from "vscode";
import { COMPILER_MESSAGES } from "../base/catalogue/compiler.ts";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import {
  threadFrom,
  uriFrom,
  type Commands,
  type ExploreCommand,
  type StepCommand,
} from "./commands.ts";
import { TRACE_EDITOR, commandId, type CommandName } from "./contributions.ts";
import { Comparisons } from "./comparisons.ts";
import { baseName, isProgram, isVirtual } from "./documents.ts";
import type { Examined } from "./examined.ts";
import { FindingsTour } from "./findings-tour.ts";
import type { FocusFinder } from "./focus.ts";
import type { Log } from "./log.ts";
import { openExample } from "./open-example.ts";
import type { Platform } from "./platform.ts";
import type { ProgramOutput } from "./program-output.ts";
import type { Recording } from "./recording.ts";
import { reveal } from "./reveal.ts";
import { isOver, isRecorded } from "./run-state.ts";
import { RunChoices } from "./run-choices.ts";
import type { PanelOwner, TimelinePanels } from "./timeline-panels.ts";
import type { ShownRun } from "./shown-run.ts";
import type { TimelineHandlers } from "./timeline-view.ts";
import { told } from "./told.ts";
import type { TraceEditorOwner } from "./trace-editor.ts";
import { reasonOf } from "./trace-run.ts";
import type { TraceStore } from "./trace-store.ts";
import type { Tracer } from "./tracer.ts";
import { isTrusted } from "./trust.ts";
import { writeTypes } from "./write-types.ts";

export class TimelineActions implements PanelOwner, TraceEditorOwner, vscode.Disposable {
  readonly #tracer: Tracer;
  readonly #platform: Platform;
  readonly #store: TraceStore;
  readonly #log: Log;
  readonly #output: ProgramOutput;
  readonly #choices = new RunChoices();
  readonly #comparisons: Comparisons;
  readonly #tour = new FindingsTour();

  constructor(
    tracer: Tracer,
    platform: Platform,
    store: TraceStore,
    log: Log,
    output: ProgramOutput,
    extension: vscode.Uri,
  ) {
    this.#tracer = tracer;
    this.#platform = platform;
    this.#store = store;
    this.#log = log;
    this.#output = output;
    this.#comparisons = new Comparisons(extension, log, {
      doors: platform,
      plan: (document, runAs) => tracer.plan(document, runAs),
      runAs: (program) => this.#choices.of(program),
      ready: () => store.ready(),
      hold: (run) => store.use(run.id),
      keep: (program, run) => tracer.keepCompared(program, run),
      find: (id) => tracer.find(id),
      open: (program, run, runAs) => {
        this.#choices.choose(program, runAs);
        void tracer
          .take(program, run)
          .then(() => vscode.commands.executeCommand(commandId("openTimeline"), program));
      },
    });
  }

  dispose(): void {
    this.#comparisons.dispose();
  }

  commands(
    focus: FocusFinder,
    panels: TimelinePanels,
    extension: vscode.Uri,
  ): Commands<Exclude<CommandName, StepCommand | ExploreCommand>> {
    const program = (argument: unknown) => uriFrom(argument) ?? focus.now.program;
    const run = (argument: unknown) => {
      const named = uriFrom(argument);
      return named ? this.#tracer.last(named) : focus.now.run;
    };
    return {
      trace: (argument) => this.#trace(program(argument)),
      compareModels: (argument) => this.#compare(program(argument)),
      cancelTrace: (argument) => this.#tracer.cancel(uriFrom(argument) ?? this.#going(focus)),
      openTimeline: (argument) => {
        const uri = program(argument);
        const last = uri && this.#tracer.last(uri);
        if (uri && last) panels.show(uri, last, true, threadFrom(argument));
        else this.#say(told(EXTENSION_MESSAGES.noRecording, {}));
      },
      openTrace: () => this.#openTrace(),
      exportChrome: (argument) => this.#export(run(argument)),
      nextFinding: async (argument) => {
        const findings = run(argument)?.state.report?.findings ?? [];
        if (await this.#tour.next(findings)) return;
        this.#say(vscode.l10n.t("The last run has no findings."));
      },
      showOutput: () => this.#output.show(),
      showLog: () => this.#log.show(),
      openExample: (name) => openExample(extension, typeof name === "string" ? name : undefined),
      writeTypes: () => writeTypes(),
    };
  }

  handlersFor(of: vscode.Uri | ShownRun, panel: vscode.WebviewPanel): TimelineHandlers {
    const program = of instanceof vscode.Uri ? of : undefined;
    const run = () => (of instanceof vscode.Uri ? this.#tracer.last(of) : of);
    return {
      reveal: (place) =>
        void reveal(place, { preserveFocus: place.preserveFocus, avoid: panel.viewColumn }),
      command: (command) => {
        switch (command) {
          case "trace":
            return void this.#trace(program);
          case "cancel":
            return this.#tracer.cancel(program);
          case "export":
            return void this.#export(run());
          case "openOutput":
            return this.#output.show();
          case "compare":
            return void this.#compare(program);
          case "step":
            return void vscode.commands.executeCommand(commandId("stepThroughRun"), program);
        }
      },
      runAs: () => program && this.#choices.of(program),
      choose: (runAs) => {
        if (!program) return;
        this.#choices.choose(program, runAs);
        void this.#trace(program);
      },
    };
  }

  async restore(runId: string): Promise<{ run: ShownRun; program: vscode.Uri } | undefined> {
    return this.#tracer.restore(runId);
  }

  closed(program: vscode.Uri): void {
    this.#choices.forget(program);
  }

  hold(run: ShownRun): Disposable {
    return this.#store.use(run.id);
  }

  examine(file: string): Promise<Examined> {
    return this.#platform.examine(file);
  }

  openRecording(file: string): Promise<Recording> {
    return this.#platform.openRecording(file);
  }

  async #trace(program: vscode.Uri | undefined): Promise<void> {
    const document = await this.#programOf(program);
    if (!document) return;
    const runAs = this.#choices.of(document.uri);
    const isBrowser = this.#platform.kind === "browser";
    if (isBrowser && runAs.kind === "native") {
      this.#say(told(EXTENSION_MESSAGES.noThreadsHere, { file: baseName(document.uri) }));
    }
    const run = await this.#tracer.trace(document, runAs);
    const isMissing = ({ code }: { readonly code: string }) =>
      code === COMPILER_MESSAGES.missingImport.code;
    // In a browser every folder is virtual, and read: what is missing there is missing.
    if (!isBrowser && run?.state.diagnostics.some(isMissing) && isVirtual(document.uri)) {
      this.#say(told(EXTENSION_MESSAGES.virtualFolder, { file: baseName(document.uri) }));
    }
  }

  /** The program's document, if it may be run; why not is said. */
  async #programOf(program: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
    if (!(await isTrusted())) return undefined;
    const document = program && (await this.#documentOf(program));
    if (document && isProgram(document)) return document;
    const uri = document?.uri ?? vscode.window.activeTextEditor?.document.uri;
    const file = uri ? baseName(uri) : vscode.l10n.t("This");
    this.#say(told(EXTENSION_MESSAGES.notAProgram, { file }));
    return undefined;
  }

  async #compare(program: vscode.Uri | undefined): Promise<void> {
    const document = await this.#programOf(program);
    if (document) await this.#comparisons.compare(document);
  }

  async #documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
    try {
      return await vscode.workspace.openTextDocument(uri);
    } catch (error) {
      const values = { file: baseName(uri), reason: reasonOf(error) };
      this.#say(told(EXTENSION_MESSAGES.sourceGone, values));
      return undefined;
    }
  }

  /** The program to cancel where none was named: the one that is looked at, if it runs; else all that run. */
  #going(focus: FocusFinder): vscode.Uri | undefined {
    const { program, run } = focus.now;
    return run && !isOver(run.state) ? program : undefined;
  }

  async #openTrace(): Promise<void> {
    const chosen = await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Open Trace File"),
      filters: { [vscode.l10n.t("Threadloom traces")]: ["tltrace"] },
    });
    if (!chosen?.[0]) return;
    await vscode.commands.executeCommand("vscode.openWith", chosen[0], TRACE_EDITOR);
  }

  async #export(run: ShownRun | undefined): Promise<void> {
    if (!run || !isRecorded(run.state)) {
      this.#say(told(EXTENSION_MESSAGES.noRecording, {}));
      return;
    }
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `${run.title.replace(/(?<=.)\.[^.]*$/, "")}.trace.json`;
    const to = await vscode.window.showSaveDialog({
      title: vscode.l10n.t("Export Trace for Chrome and Perfetto"),
      ...(folder?.scheme === "file" ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
      filters: { [vscode.l10n.t("Chrome traces")]: ["json"] },
    });
    if (!to) return;
    try {
      await this.#platform.exportChrome(run.tracePath, to);
      this.#say(
        vscode.l10n.t("Written to {0}. Open it in ui.perfetto.dev or chrome://tracing.", to.fsPath),
      );
    } catch (error) {
      const values = { file: to.fsPath, reason: reasonOf(error) };
      void vscode.window.showErrorMessage(told(EXTENSION_MESSAGES.notWritten, values));
    }
  }

  #say(text: string): void {
    void vscode.window.showInformationMessage(text);
  }
}
