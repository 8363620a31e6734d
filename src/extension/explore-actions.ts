/** What people ask for who explore: the commands, and the buttons of the page with the result, which come to the same. */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { savedScheduleText } from "../explore/saved-schedule.ts";
import { uriFrom, type Commands, type ExploreCommand } from "./commands.ts";
import { baseName, isProgram } from "./documents.ts";
import { failureOf, isFailure, type Failure } from "./exploration.ts";
import { savedScheduleUri, type Explorer } from "./explorer.ts";
import type { ExplorePanels } from "./explore-panels.ts";
import type { FocusFinder } from "./focus.ts";
import type { Platform } from "./platform.ts";
import { setting } from "./settings.ts";
import { told } from "./told.ts";
import { reasonOf } from "./trace-run.ts";
import { isTrusted } from "./trust.ts";

/** Opens the stepper on a run that follows a schedule. */
export type StepAlong = (program: vscode.Uri, schedule: string) => Promise<void>;

export class ExploreActions {
  readonly #explorer: Explorer;
  readonly #platform: Platform["kind"];
  readonly #stepAlong: StepAlong;

  constructor(explorer: Explorer, platform: Platform["kind"], stepAlong: StepAlong) {
    this.#explorer = explorer;
    this.#platform = platform;
    this.#stepAlong = stepAlong;
  }

  commands(focus: FocusFinder, panels: ExplorePanels): Commands<ExploreCommand> {
    const program = (argument: unknown) => uriFrom(argument) ?? focus.now.program;
    return {
      explore: (argument) => this.#explore(program(argument), panels),
      stopExploring: (argument) => this.#explorer.stop(uriFrom(argument) ?? this.#going(focus)),
      openExploration: (argument) => {
        const uri = program(argument);
        const last = uri && this.#explorer.last(uri);
        if (uri && last) panels.show(uri, last, true);
        else this.#sayNotExplored(uri);
      },
      stepFailure: async (argument) => {
        const uri = program(argument);
        const failure = uri && this.#failure(uri, argument);
        if (uri && failure) await this.#stepAlong(uri, failure.schedule);
      },
      saveSchedule: async (argument) => {
        const uri = program(argument);
        const failure = uri && this.#failure(uri, argument);
        if (uri && failure) await this.save(uri, failure);
      },
      showStory: (argument) => {
        const uri = program(argument);
        const last = uri && this.#explorer.last(uri);
        if (!uri || !last) return this.#sayNotExplored(uri);
        const failure = findingFrom(argument) ?? this.#index(uri);
        panels.show(uri, last, true, failure);
      },
    };
  }

  /** Explores a program as it is now; why not is said. */
  async #explore(program: vscode.Uri | undefined, panels: ExplorePanels): Promise<void> {
    if (!(await isTrusted())) return;
    const document = program && (await vscode.workspace.openTextDocument(program));
    if (!document || !isProgram(document)) {
      const uri = document?.uri ?? vscode.window.activeTextEditor?.document.uri;
      const file = uri ? baseName(uri) : vscode.l10n.t("This");
      return say(told(EXTENSION_MESSAGES.notAProgram, { file }));
    }
    if (this.#platform === "browser") {
      return say(told(EXTENSION_MESSAGES.cannotExploreHere, { file: baseName(document.uri) }));
    }
    const exploration = this.#explorer.explore(document);
    if (setting("explore.openResult")) panels.show(document.uri, exploration, true);
    await exploration.settled;
  }

  stepAlong(program: vscode.Uri, schedule: string): Promise<void> {
    return this.#stepAlong(program, schedule);
  }

  /** Keeps a failing schedule beside its program, where the next search tries it first. */
  async save(program: vscode.Uri, failure: Failure): Promise<void> {
    const file = baseName(program);
    if (program.scheme === "untitled") {
      return say(told(EXTENSION_MESSAGES.notSaveable, { file }));
    }
    const to = savedScheduleUri(program);
    try {
      const text = savedScheduleText(file, failure, failure.schedule);
      await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(text));
    } catch (error) {
      const values = { file: baseName(to), reason: reasonOf(error) };
      void vscode.window.showErrorMessage(told(EXTENSION_MESSAGES.notWritten, values));
      return;
    }
    const open = vscode.l10n.t("Open");
    const text = vscode.l10n.t("Kept as {0}: it is tried first from now on.", baseName(to));
    void vscode.window.showInformationMessage(text, open).then((answer) => {
      if (answer === open) void vscode.window.showTextDocument(to);
    });
  }

  /** The failure that a command is about: the one that it names, else the one that says most. What is missing is said. */
  #failure(program: vscode.Uri, argument: unknown): Failure | undefined {
    const state = this.#explorer.last(program)?.state;
    if (!state?.result) {
      this.#sayNotExplored(program);
      return undefined;
    }
    const index = findingFrom(argument);
    const named = index === undefined ? undefined : state.result.findings[index];
    const failure = named === undefined ? failureOf(state) : isFailure(named) ? named : undefined;
    if (!failure) say(told(EXTENSION_MESSAGES.nothingToStep, { file: baseName(program) }));
    return failure;
  }

  /** Of the failure that says most. */
  #index(program: vscode.Uri): number {
    const state = this.#explorer.last(program)?.state;
    const failure = state && failureOf(state);
    return failure ? state.result!.findings.indexOf(failure) : 0;
  }

  /** The program to stop where none was named: the one that is looked at, if it is explored; else all that are. */
  #going(focus: FocusFinder): vscode.Uri | undefined {
    const { program } = focus.now;
    return program && this.#explorer.isGoing(program) ? program : undefined;
  }

  #sayNotExplored(program: vscode.Uri | undefined): void {
    const file = program ? baseName(program) : vscode.l10n.t("This");
    say(told(EXTENSION_MESSAGES.notExplored, { file }));
  }
}

/** The finding that a link or an action names. */
function findingFrom(argument: unknown): number | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  const { finding } = argument as { readonly finding?: unknown };
  return Number.isSafeInteger(finding) && (finding as number) >= 0
    ? (finding as number)
    : undefined;
}

function say(text: string): void {
  void vscode.window.showInformationMessage(text);
}
