/**
 * The page that compares execution models, in one webview: passes on what each run records, and what the person does. As for
 * a timeline, nothing here outlives what the runs know: each `ready` is answered with all of it again.
 */
import type * as vscode from "vscode";
import {
  COMPARE_PROTOCOL,
  TO_COMPARISON,
  readFromComparison,
  type ToComparison,
} from "../protocol/compare-view.ts";
import type { ToView } from "../protocol/webview.ts";
import type { Log } from "./log.ts";
import { RunFeed } from "./run-feed.ts";
import { pageStrings } from "./page-strings.ts";
import { putPage } from "./put-page.ts";
import type { ShownRun } from "./shown-run.ts";

export type ComparisonRow = Extract<ToComparison, { type: "begin" }>["rows"][number];

export interface ComparisonHandlers {
  open(run: ShownRun): void;
  again(): void;
  cancel(): void;
}

export class ComparisonView implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #log: Log;
  readonly #handlers: ComparisonHandlers;
  readonly #listening: vscode.Disposable;
  #names = { title: "", program: "" };
  #rows: readonly ComparisonRow[] = [];
  readonly #runs = new Map<string, ShownRun>();
  readonly #feeds = new Map<string, RunFeed>();
  #isReady = false;
  #isOver = false;
  #disposed = false;

  constructor(
    webview: vscode.Webview,
    extension: vscode.Uri,
    log: Log,
    handlers: ComparisonHandlers,
  ) {
    this.#webview = webview;
    this.#log = log;
    this.#handlers = handlers;
    this.#listening = webview.onDidReceiveMessage((message) => this.#receive(message));
    putPage(webview, extension, "compare");
  }

  /** A row for each run; what was shown before is forgotten. */
  begin(
    names: { readonly title: string; readonly program: string },
    rows: readonly ComparisonRow[],
  ): void {
    this.#names = names;
    this.#rows = rows;
    this.#runs.clear();
    this.#isOver = false;
    this.#restart();
  }

  /** Fills its row from now on. */
  show(run: ShownRun): void {
    this.#runs.set(run.id, run);
    if (this.#isReady) this.#feed(run);
  }

  over(): void {
    this.#isOver = true;
    if (this.#isReady) this.#sendOver();
  }

  dispose(): void {
    this.#disposed = true;
    this.#endFeeds();
    this.#listening.dispose();
  }

  /** Tells the page all that is known. */
  #restart(): void {
    this.#endFeeds();
    if (!this.#isReady || this.#rows.length === 0) return;
    const strings = pageStrings("timeline/");
    const begins = { protocol: COMPARE_PROTOCOL, ...this.#names, rows: this.#rows, strings };
    this.#send({ type: "begin", ...begins });
    for (const run of this.#runs.values()) this.#feed(run);
    if (this.#isOver) this.#sendOver();
  }

  #feed(run: ShownRun): void {
    this.#feeds.set(run.id, new RunFeed(run, (message) => this.#pass(message), this.#log));
  }

  #pass(message: ToView): void {
    // Findings are for the timeline: a row is about cores.
    if (Object.hasOwn(TO_COMPARISON, message.type)) this.#send(message as ToComparison);
  }

  #sendOver(): void {
    const cancelled = [...this.#runs.values()].some(({ state }) => state.phase === "cancelled");
    this.#send({ type: "over", cancelled });
  }

  #endFeeds(): void {
    for (const feed of this.#feeds.values()) feed[Symbol.dispose]();
    this.#feeds.clear();
  }

  #receive(raw: unknown): void {
    const message = readFromComparison(raw);
    switch (message?.type) {
      case undefined:
        return this.#log.warn("a comparison sent what is no message of ours");
      case "ready":
        this.#isReady = true;
        return this.#restart();
      case "took":
        return this.#feeds.get(message.run)?.took(message.offset);
      case "open": {
        const run = this.#runs.get(message.run);
        return run && this.#handlers.open(run);
      }
      case "again":
        return this.#handlers.again();
      case "cancel":
        return this.#handlers.cancel();
      case "problem":
        return this.#log.error(`in a comparison: ${message.text}`);
    }
  }

  #send(message: ToComparison): void {
    // False or rejected where the page has just gone: it will say `ready` when it is back.
    if (!this.#disposed) this.#webview.postMessage(message).then(undefined, () => undefined);
  }
}
