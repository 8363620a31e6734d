/** What people ask for who step: the commands, and what a stepper's page asks of the extension. */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import type { Diagnostic } from "../protocol/program.ts";
import { DEBUG_TYPE } from "../debug/launch-attributes.ts";
import { commandId } from "./contributions.ts";
import { uriFrom, type Commands, type StepCommand } from "./commands.ts";
import { configurationOf } from "./debug-configurations.ts";
import { baseName, isProgram } from "./documents.ts";
import type { FocusFinder } from "./focus.ts";
import type { Log } from "./log.ts";
import { wholeRecording } from "./recording.ts";
import { reveal } from "./reveal.ts";
import { isRecorded } from "./run-state.ts";
import type { ShownRun } from "./shown-run.ts";
import type { StepEdits } from "./step-edits.ts";
import type { StepSession } from "../engine/stepping/step-session.ts";
import type { StepOptions, StepRefusal, StepSessions } from "./step-sessions.ts";
import type { StepperOwner, StepperPanels } from "./stepper-panels.ts";
import type { StepperHandlers } from "./stepper-view.ts";
import { told } from "./told.ts";
import type { Tracer } from "./tracer.ts";
import { reasonOf } from "./trace-run.ts";
import { isTrusted } from "./trust.ts";

export class StepperActions implements StepperOwner {
  readonly #sessions: StepSessions;
  readonly #edits: StepEdits;
  readonly #log: Log;

  constructor(sessions: StepSessions, edits: StepEdits, log: Log) {
    this.#sessions = sessions;
    this.#edits = edits;
    this.#log = log;
  }

  commands(focus: FocusFinder, panels: StepperPanels, tracer: Tracer): Commands<StepCommand> {
    return {
      step: (argument) => this.#step(uriFrom(argument) ?? focus.now.program, panels),
      stepThroughRun: (argument) => {
        const program = uriFrom(argument) ?? focus.now.program;
        return this.#stepThrough(program, program && tracer.last(program), panels);
      },
    };
  }

  /** Begins with a run that follows a schedule to its end. */
  follow(program: vscode.Uri, schedule: string, panels: StepperPanels): Promise<void> {
    return this.#step(program, panels, { schedule });
  }

  stepperHandlers(program: vscode.Uri, panel: vscode.WebviewPanel): StepperHandlers {
    return {
      reveal: (place) =>
        void reveal(place, { preserveFocus: place.preserveFocus, avoid: panel.viewColumn }),
      command: (command) => {
        switch (command) {
          case "restart":
            return void vscode.commands.executeCommand(commandId("step"), program);
          case "copySchedule":
            return void this.#copySchedule(program);
        }
      },
      isEdited: (session) => this.#edits.isAnyEdited(session),
      endOf: (session) => endText(session),
    };
  }

  goneText(): string {
    return told(EXTENSION_MESSAGES.steppingGone, {});
  }

  /**
   * Begins to step through a program: in the panel, and in VS Code's own debugger, which joins the same session. Where the
   * debugger does not start, the panel is enough.
   */
  async #step(
    program: vscode.Uri | undefined,
    panels: StepperPanels,
    options: StepOptions = {},
  ): Promise<void> {
    if (!(await isTrusted())) return;
    const document = program && (await vscode.workspace.openTextDocument(program));
    if (!document || !isProgram(document)) {
      const uri = document?.uri ?? vscode.window.activeTextEditor?.document.uri;
      const file = uri ? baseName(uri) : vscode.l10n.t("This");
      this.#say(told(EXTENSION_MESSAGES.notAProgram, { file }));
      return;
    }
    const opening = await this.#sessions.open(document.uri, options);
    if (!opening.ok) return this.#refused(document, opening.why);
    using _held = opening.held;
    panels.show(document.uri, opening.session);
    await this.#debug(document);
  }

  /** Begins with the order in which a recorded run really went. */
  async #stepThrough(
    program: vscode.Uri | undefined,
    run: ShownRun | undefined,
    panels: StepperPanels,
  ): Promise<void> {
    if (!program || !run || !isRecorded(run.state)) {
      this.#say(told(EXTENSION_MESSAGES.noRecording, {}));
      return;
    }
    await this.#step(program, panels, { trace: await wholeRecording(run) });
  }

  async #copySchedule(program: vscode.Uri): Promise<void> {
    const session = this.#sessions.of(program);
    if (!session) return;
    try {
      await vscode.env.clipboard.writeText(String(await session.ask({ kind: "schedule" })));
      this.#say(vscode.l10n.t("The schedule that leads here is on the clipboard."));
    } catch (error) {
      this.#say(reasonOf(error));
    }
  }

  async #debug(document: vscode.TextDocument): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    try {
      // Another debug session of the program has let go of its run: a new one takes part in this.
      const configuration = {
        ...configurationOf(document),
        // The panel has the output.
        internalConsoleOptions: "neverOpen",
      };
      const started = await vscode.debug.startDebugging(folder, configuration, {
        // What is stepped through is what the editor shows, saved or not.
        suppressSaveBeforeStart: true,
        suppressDebugView: true,
      });
      if (!started) this.#log.warn(`no ${DEBUG_TYPE} debug session for ${document.uri.toString()}`);
    } catch (error) {
      this.#log.error("the debugger did not start; the panel works without it", error);
    }
  }

  async #refused(document: vscode.TextDocument, why: StepRefusal): Promise<void> {
    const file = baseName(document.uri);
    switch (why.kind) {
      case "replaced":
        return;
      case "compile":
        return this.#doesNotCompile(document, why.diagnostics);
      case "failed": {
        const { code, message, remedy } = why;
        const reason = [code ? `${code}: ${message}` : message, remedy ?? ""].join(" ").trim();
        const details = vscode.l10n.t("Show Log");
        const text = told(EXTENSION_MESSAGES.cannotStep, { file, reason });
        if ((await vscode.window.showErrorMessage(text, details)) === details) this.#log.show();
      }
    }
  }

  async #doesNotCompile(
    document: vscode.TextDocument,
    diagnostics: readonly Diagnostic[],
  ): Promise<void> {
    const first = diagnostics.find(({ stops }) => stops);
    const file = baseName(document.uri);
    const text = told(EXTENSION_MESSAGES.doesNotCompile, { file, problem: first?.message ?? "" });
    const show = vscode.l10n.t("Show Line");
    const answer = await vscode.window.showErrorMessage(text, ...(first ? [show] : []));
    if (answer === show && first) {
      await reveal(first, { preserveFocus: false, avoid: undefined });
    }
  }

  #say(text: string): void {
    void vscode.window.showInformationMessage(text);
  }
}

/** Why a session is over. */
function endText({ end, plan }: StepSession): string {
  switch (end?.kind) {
    case "failed": {
      const { code, message, remedy } = end;
      const reason = [code === "" ? message : `${code}: ${message}`, remedy ?? ""].join(" ").trim();
      return told(EXTENSION_MESSAGES.cannotStep, { file: plan.title, reason });
    }
    case "replaced":
      return vscode.l10n.t("Another session was begun for this program.");
    default:
      return vscode.l10n.t("This session is over.");
  }
}
