/**
 * The page that tells of exploring, in one webview. Nothing here outlives what the exploration knows: each `ready` is answered
 * with all of it again.
 */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import {
  EXPLORE_PROTOCOL,
  readFromExploration,
  type FromExploration,
  type ToExploration,
} from "../protocol/explore-view.ts";
import type { Place } from "../trace/finding.ts";
import { explanationOf } from "./explanations.ts";
import {
  isAsExpected,
  isFailure,
  isStale,
  type Exploration,
  type ExplorationState,
  type Failure,
} from "./exploration.ts";
import type { Log } from "./log.ts";
import { pageStrings } from "./page-strings.ts";
import { putPage } from "./put-page.ts";
import { shownResult } from "./shown-result.ts";
import { told } from "./told.ts";

export interface ExploreHandlers {
  again(): void;
  stop(): void;
  reveal(place: Place): void;
  step(schedule: string): void;
  save(failure: Failure): void;
}

export class ExploreView implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #log: Log;
  readonly #handlers: ExploreHandlers;
  readonly #listening: vscode.Disposable;
  readonly #program: { readonly uri: string; readonly title: string };
  #shown: Exploration | undefined;
  #state: ExplorationState | undefined;
  #watching: Disposable | undefined;
  /** Where the outcomes that the page shows stand in the result. */
  #outcomes: readonly number[] = [];
  #goTo: number | undefined;
  #isReady = false;
  #disposed = false;

  constructor(
    webview: vscode.Webview,
    extension: vscode.Uri,
    program: { readonly uri: string; readonly title: string },
    log: Log,
    handlers: ExploreHandlers,
  ) {
    this.#webview = webview;
    this.#log = log;
    this.#handlers = handlers;
    this.#program = program;
    this.#listening = webview.onDidReceiveMessage((message) => this.#receive(message));
    putPage(webview, extension, "explore");
  }

  get exploration(): Exploration | undefined {
    return this.#shown;
  }

  show(exploration: Exploration): void {
    this.#watching?.[Symbol.dispose]();
    this.#shown = exploration;
    this.#goTo = undefined;
    this.#watching = exploration.changed.add((state) => this.#changed(state));
    if (this.#isReady) this.#begin();
  }

  /** Brings a finding of the result into sight. */
  goTo(finding: number): void {
    this.#goTo = finding;
    if (this.#isReady) this.#go();
  }

  dispose(): void {
    this.#disposed = true;
    this.#watching?.[Symbol.dispose]();
    this.#listening.dispose();
  }

  #begin(): void {
    const { uri, title } = this.#program;
    const strings = pageStrings("explore/");
    this.#send({ type: "begin", protocol: EXPLORE_PROTOCOL, program: uri, title, strings });
    if (this.#shown) {
      this.#tell(this.#shown.state);
      this.#go();
    } else {
      const text = told(EXTENSION_MESSAGES.notExplored, { file: title });
      this.#send({ type: "none", text, problems: [] });
    }
  }

  #changed(state: ExplorationState): void {
    if (!this.#isReady) return;
    const before = this.#state;
    if (before?.result === undefined || before.result !== state.result) return this.#tell(state);
    this.#state = state;
    this.#send({ type: "edited", edited: isStale(state) });
  }

  #tell(state: ExplorationState): void {
    this.#state = state;
    const { phase, progress, result, expected, failure, diagnostics } = state;
    switch (phase) {
      case "compiling":
      case "exploring":
        return this.#send({ type: "going", ...(progress === undefined ? {} : { progress }) });
      case "cancelled":
        return this.#none(vscode.l10n.t("Cancelled before it began."));
      case "failed": {
        const file = this.#program.title;
        if (failure !== undefined)
          return this.#none(told(EXTENSION_MESSAGES.exploringFailed, { file, reason: failure }));
        const [first] = diagnostics.filter(({ stops }) => stops);
        const values = { file, problem: first?.message ?? "" };
        return this.#none(told(EXTENSION_MESSAGES.notExplorable, values), state);
      }
      case "done": {
        const { shown, order } = shownResult(result!, expected, isAsExpected(state) === true);
        this.#outcomes = order;
        return this.#send({ type: "result", result: shown, edited: isStale(state) });
      }
    }
  }

  #none(text: string, state?: ExplorationState): void {
    const stopping = (state?.diagnostics ?? []).filter(({ stops }) => stops);
    const problems = stopping.map(({ message, file, line, column, code }) => ({
      ...{ text: message, file, line, column, code },
    }));
    this.#send({ type: "none", text, problems });
  }

  #go(): void {
    if (this.#goTo === undefined || this.#state?.result === undefined) return;
    this.#send({ type: "goTo", finding: this.#goTo });
    this.#goTo = undefined;
  }

  #receive(raw: unknown): void {
    const message = readFromExploration(raw);
    if (!message) return this.#log.warn("a page of exploring sent what is no message of ours");
    this.#take(message);
  }

  #take(message: FromExploration): void {
    const result = this.#state?.result;
    switch (message.type) {
      case "ready":
        this.#isReady = true;
        return this.#begin();
      case "again":
        return this.#handlers.again();
      case "stop":
        return this.#handlers.stop();
      case "reveal": {
        const { file, line, column } = message;
        // It leads to files of the program, and nowhere else.
        if (Object.hasOwn(this.#shown?.state.texts ?? {}, file))
          return this.#handlers.reveal({ file, line, column });
        return this.#log.warn(`a page of exploring asked for ${file}, no file of its program`);
      }
      case "stepFinding": {
        const finding = result?.findings[message.finding];
        const schedule = message.nearest ? finding?.nearest?.schedule : finding?.schedule;
        return schedule === undefined ? undefined : this.#handlers.step(schedule);
      }
      case "stepOutcome": {
        const outcome = result?.outcomes[this.#outcomes[message.outcome]];
        return outcome && this.#handlers.step(outcome.schedule);
      }
      case "save": {
        const finding = result?.findings[message.finding];
        return finding && isFailure(finding) ? this.#handlers.save(finding) : undefined;
      }
      case "explain":
        return void vscode.commands.executeCommand("vscode.open", explanationOf(message.code));
      case "problem":
        return this.#log.error(`in a page of exploring: ${message.text}`);
    }
  }

  #send(message: ToExploration): void {
    // False or rejected where the page has just gone: it will say `ready` when it is back.
    if (!this.#disposed) this.#webview.postMessage(message).then(undefined, () => undefined);
  }
}
