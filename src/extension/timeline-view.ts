/**
 * One timeline in one webview, whether in a panel or in a custom editor: shows a run, goes on with it while it grows, and
 * passes on what the person does there.
 *
 * VS Code throws a hidden webview away, and the page says `ready` when it comes back; so nothing here lives longer than
 * what the run itself knows: each `ready` is answered with the whole run again, out of its file.
 */
import type * as vscode from "vscode";
import type { RunAs } from "../protocol/execution-model.ts";
import {
  VIEW_PROTOCOL,
  type FromView,
  type ToView,
  type ViewCommand,
} from "../protocol/webview.ts";
import { sameDocument } from "./documents.ts";
import type { Log } from "./log.ts";
import { pageStrings } from "./page-strings.ts";
import { putPage } from "./put-page.ts";
import { RunFeed } from "./run-feed.ts";
import type { ShownRun } from "./shown-run.ts";
import { readFromView } from "./view-messages.ts";

export interface TimelineHandlers {
  reveal(message: Extract<FromView, { type: "reveal" }>): void;
  command(command: ViewCommand): void;
  /** What the program is run as; undefined where it cannot be run from here. */
  runAs(): RunAs | undefined;
  choose(runAs: RunAs): void;
}

export class TimelineView implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #log: Log;
  readonly #handlers: TimelineHandlers;
  readonly #listening: vscode.Disposable;
  #run: ShownRun | undefined;
  /** The run that this page has been told of, and goes on with. */
  #feed: RunFeed | undefined;
  #isReady = false;
  #cursor: Extract<ToView, { type: "cursor" }> | undefined;
  #wanted: Extract<ToView, { type: "thread" }> | undefined;
  #disposed = false;

  constructor(
    webview: vscode.Webview,
    extension: vscode.Uri,
    log: Log,
    handlers: TimelineHandlers,
  ) {
    this.#webview = webview;
    this.#log = log;
    this.#handlers = handlers;
    this.#listening = webview.onDidReceiveMessage((message) => this.#receive(message));
    putPage(webview, extension, "webview");
  }

  /** The run that is shown, if any. */
  get run(): ShownRun | undefined {
    return this.#run;
  }

  /** Shows `run` from now on. `again`: it is of the same program, so zoom and the rest stay as they are. */
  show(run: ShownRun, again: boolean): void {
    this.#run = run;
    if (this.#isReady) this.#begin(again);
  }

  /** Lights up the events of these lines, which count from 1, if the run has any of that document. */
  cursor(document: vscode.Uri, line: number, endLine: number): void {
    const file = this.#run?.state.files.find((name) => sameDocument(name, document));
    if (file === undefined) return;
    this.#cursor = { type: "cursor", file, line, endLine };
    if (this.#isReady) this.#send(this.#cursor);
  }

  /** Brings the lane of a thread into sight; as soon as the page is there, if it is not yet. */
  goToThread(thread: number): void {
    if (!this.#run) return;
    this.#wanted = { type: "thread", run: this.#run.id, thread };
    if (this.#isReady) this.#sendWanted();
  }

  #sendWanted(): void {
    if (this.#wanted) this.#send(this.#wanted);
    this.#wanted = undefined;
  }

  dispose(): void {
    this.#disposed = true;
    this.#feed?.[Symbol.dispose]();
    this.#listening.dispose();
  }

  #begin(again: boolean): void {
    this.#feed?.[Symbol.dispose]();
    this.#feed = undefined;
    if (!this.#run) return;
    const runAs = this.#handlers.runAs();
    this.#send({
      type: "begin",
      protocol: VIEW_PROTOCOL,
      run: this.#run.id,
      title: this.#run.title,
      again,
      ...(runAs === undefined ? {} : { runAs }),
      strings: pageStrings("timeline/"),
    });
    this.#feed = new RunFeed(this.#run, (message) => this.#send(message), this.#log);
    if (this.#cursor) this.#send(this.#cursor);
    this.#sendWanted();
  }

  #receive(raw: unknown): void {
    const message = readFromView(raw);
    if (!message) {
      this.#log.warn(`a timeline sent what is no message of ours: ${shortened(raw)}`);
      return;
    }
    switch (message.type) {
      case "ready":
        this.#isReady = true;
        this.#begin(true);
        return;
      case "took":
        if (message.run === this.#run?.id) this.#feed?.took(message.offset);
        return;
      case "reveal":
        if (this.#knows(message.file)) this.#handlers.reveal(message);
        else this.#log.warn(`a timeline asked for ${message.file}, which is no file of its run`);
        return;
      case "command":
        return this.#handlers.command(message.command);
      case "runAs":
        return this.#handlers.choose(message.runAs);
      case "painted":
        this.#log.info(`${message.run}: painted, ${message.events} events`);
        return;
      case "problem":
        this.#log.error(`in the timeline: ${message.text}`);
        return;
    }
  }

  #knows(file: string): boolean {
    if (!this.#run) return false;
    const { files, diagnostics } = this.#run.state;
    return files.includes(file) || diagnostics.some((diagnostic) => diagnostic.file === file);
  }

  #send(message: ToView): void {
    // False or rejected where the page has just gone: it will say `ready` when it is back.
    if (!this.#disposed) this.#webview.postMessage(message).then(undefined, () => undefined);
  }
}

function shortened(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}
