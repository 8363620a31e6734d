/**
 * The custom editor of `.tltrace` files: the same timeline, of a run that somebody recorded. Nothing runs, so it opens in
 * folders that are not trusted, too. A file that is being written is followed as it grows.
 */
import * as vscode from "vscode";
import { Listeners } from "../base/listeners.ts";
import { TRACE_EDITOR } from "./contributions.ts";
import { baseName, nameOf } from "./documents.ts";
import type { Log } from "./log.ts";
import { BEFORE_ALL, type RunState } from "./run-state.ts";
import type { Recording } from "./recording.ts";
import type { ShownRun } from "./shown-run.ts";
import { TimelineView, type TimelineHandlers } from "./timeline-view.ts";
import type { Examined } from "./examined.ts";
import { reasonOf } from "./trace-run.ts";

export interface TraceEditorOwner {
  examine(path: string): Promise<Examined>;
  openRecording(path: string): Promise<Recording>;
  handlersFor(run: ShownRun, panel: vscode.WebviewPanel): TimelineHandlers;
}

class TraceDocument implements vscode.CustomDocument, ShownRun {
  readonly uri: vscode.Uri;
  readonly #owner: TraceEditorOwner;
  readonly changed = new Listeners<RunState>();
  #state: RunState = { ...BEFORE_ALL, phase: "ended" };
  readonly #watcher: vscode.FileSystemWatcher;

  constructor(uri: vscode.Uri, owner: TraceEditorOwner) {
    this.uri = uri;
    this.#owner = owner;
    const folder = vscode.Uri.joinPath(uri, "..");
    const pattern = new vscode.RelativePattern(folder, baseName(uri));
    this.#watcher = vscode.workspace.createFileSystemWatcher(pattern, true, false, true);
  }

  get id(): string {
    return this.uri.toString();
  }

  get title(): string {
    return baseName(this.uri);
  }

  get tracePath(): string {
    return nameOf(this.uri);
  }

  open(): Promise<Recording> {
    return this.#owner.openRecording(this.tracePath);
  }

  get state(): RunState {
    return this.#state;
  }

  change(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change };
    this.changed.tell(this.#state);
  }

  onGrowth(listener: () => void): void {
    this.#watcher.onDidChange(listener);
  }

  dispose(): void {
    this.#watcher.dispose();
  }
}

export class TraceEditors
  implements vscode.Disposable, vscode.CustomReadonlyEditorProvider<TraceDocument>
{
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  readonly #owner: TraceEditorOwner;
  readonly #open = new Map<vscode.WebviewPanel, TimelineView>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registered: vscode.Disposable;
  /** One was opened, closed, or became the active one. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.Uri, log: Log, owner: TraceEditorOwner) {
    this.#extension = extension;
    this.#log = log;
    this.#owner = owner;
    this.#registered = vscode.window.registerCustomEditorProvider(TRACE_EDITOR, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  get views(): Iterable<TimelineView> {
    return this.#open.values();
  }

  /** The trace whose editor has the focus. */
  get active(): ShownRun | undefined {
    return [...this.#open].find(([panel]) => panel.active)?.[1].run;
  }

  async openCustomDocument(uri: vscode.Uri): Promise<TraceDocument> {
    const document = new TraceDocument(uri, this.#owner);
    const load = async () => {
      const { size } = await vscode.workspace.fs.stat(uri);
      document.change({ bytes: size });
      const { report, files, events, threads, clock } = await this.#owner.examine(
        document.tracePath,
      );
      document.change({ report, files, events, threads, clock });
    };
    const reload = () =>
      load().catch((error: unknown) => {
        document.change({ failure: { stage: "examining", reason: reasonOf(error) } });
        this.#log.error(`${document.tracePath} could not be examined`, error);
      });
    // Not awaited: the picture comes first, what there is to say of it follows.
    void reload();
    document.onGrowth(() => void reload());
    return document;
  }

  resolveCustomEditor(document: TraceDocument, panel: vscode.WebviewPanel): void {
    const handlers = this.#owner.handlersFor(document, panel);
    const view = new TimelineView(panel.webview, this.#extension, this.#log, handlers);
    this.#open.set(panel, view);
    view.show(document, true);
    panel.onDidChangeViewState(() => this.#changed.fire());
    panel.onDidDispose(() => {
      this.#open.delete(panel);
      view.dispose();
      this.#changed.fire();
    });
    this.#changed.fire();
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
