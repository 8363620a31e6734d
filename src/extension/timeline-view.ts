/**
 * One timeline in one webview, whether in a panel or in a custom editor: shows a run, goes on with it while it grows, and
 * passes on what the person does there.
 *
 * VS Code throws a hidden webview away, and the page says `ready` when it comes back; so nothing here lives longer than
 * what the run itself knows: each `ready` is answered with the whole run again, out of its file.
 */
import { randomBytes } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import * as vscode from "vscode";
import type { Diagnostic } from "../protocol/program.ts";
import { VIEW_PROTOCOL, type FromView, type ToView } from "../protocol/webview.ts";
import { ByteFlow } from "./byte-flow.ts";
import { sameDocument } from "./documents.ts";
import type { Log } from "./log.ts";
import { isOver, type RunState } from "./run-state.ts";
import { phaseText } from "./status-text.ts";
import { nonceOf, timelinePage } from "./timeline-page.ts";
import { readFromView } from "./view-messages.ts";

/** What a timeline shows: a run that goes on, or one that is kept in a file. */
export interface ShownRun {
  readonly id: string;
  readonly title: string;
  readonly tracePath: string;
  readonly state: RunState;
  readonly changed: { add(listener: (state: RunState) => void): Disposable };
}

export interface TimelineHandlers {
  reveal(message: Extract<FromView, { type: "reveal" }>): void;
  command(command: Extract<FromView, { type: "command" }>["command"]): void;
}

const CHUNK = 512 * 1024;
const WINDOW = 4 * 1024 * 1024;

export class TimelineView implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #log: Log;
  readonly #handlers: TimelineHandlers;
  readonly #listening: vscode.Disposable;
  #run: ShownRun | undefined;
  /** The run that this page has been told of, and goes on with. */
  #showing: Showing | undefined;
  #isReady = false;
  #cursor: Extract<ToView, { type: "cursor" }> | undefined;
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
    const dist = vscode.Uri.joinPath(extension, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#listening = webview.onDidReceiveMessage((message) => this.#receive(message));
    const inDist = (name: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString(true);
    webview.html = timelinePage({
      script: inDist("webview.js"),
      style: inDist("webview.css"),
      source: webview.cspSource,
      nonce: nonceOf(randomBytes(16)),
      language: vscode.env.language,
      title: "Threadloom",
    });
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

  dispose(): void {
    this.#disposed = true;
    this.#showing?.[Symbol.dispose]();
    this.#listening.dispose();
  }

  #begin(again: boolean): void {
    this.#showing?.[Symbol.dispose]();
    this.#showing = undefined;
    if (!this.#run) return;
    this.#send({
      type: "begin",
      protocol: VIEW_PROTOCOL,
      run: this.#run.id,
      title: this.#run.title,
      again,
      strings: translations(),
    });
    this.#showing = new Showing(this.#run, (message) => this.#send(message), this.#log);
    if (this.#cursor) this.#send(this.#cursor);
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
        if (message.run === this.#run?.id) this.#showing?.took(message.offset);
        return;
      case "reveal":
        if (this.#knows(message.file)) this.#handlers.reveal(message);
        else this.#log.warn(`a timeline asked for ${message.file}, which is no file of its run`);
        return;
      case "command":
        return this.#handlers.command(message.command);
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

/** Keeps one page up with one run. */
class Showing implements Disposable {
  readonly #run: ShownRun;
  readonly #send: (message: ToView) => void;
  readonly #log: Log;
  readonly #listening: Disposable;
  readonly #flow = new ByteFlow({ chunk: CHUNK, window: WINDOW });
  #told: RunState | undefined;
  #said = "";
  #pumping = false;
  /** The file is gone or too short: what was sent is all that there will be. */
  #unreadable = false;
  #over = false;

  constructor(run: ShownRun, send: (message: ToView) => void, log: Log) {
    this.#run = run;
    this.#send = send;
    this.#log = log;
    this.#listening = run.changed.add((state) => this.#tell(state));
    this.#tell(run.state);
  }

  [Symbol.dispose](): void {
    this.#over = true;
    this.#listening[Symbol.dispose]();
  }

  took(offset: number): void {
    this.#flow.took(offset);
    void this.#pump();
  }

  #tell(state: RunState): void {
    const run = this.#run.id;
    const before = this.#told;
    this.#told = state;
    if (!isOver(state)) this.#status();
    if (state.phase === "failed" && before?.phase !== "failed" && state.diagnostics.length > 0) {
      this.#send({ type: "problems", run, problems: state.diagnostics.map(problemOf) });
    }
    if (state.report && state.report !== before?.report) {
      this.#send({ type: "findings", run, findings: state.report.findings });
    }
    this.#flow.grow(state.bytes);
    void this.#pump();
  }

  /** That a run is over is said when all of its bytes have been: the page then knows that no more come. */
  #status(): void {
    const { phase } = this.#run.state;
    const text = phaseText(this.#run.state);
    if (this.#said === `${phase} ${text}`) return;
    this.#said = `${phase} ${text}`;
    this.#send({ type: "status", run: this.#run.id, phase, text });
  }

  /** Sends as much as the flow allows. The file is open only while there is something to read. */
  async #pump(): Promise<void> {
    if (this.#pumping || this.#over || this.#unreadable) return;
    this.#pumping = true;
    let file: FileHandle | undefined;
    try {
      for (let chunk; !this.#over && (chunk = this.#flow.next());) {
        file ??= await open(this.#run.tracePath, "r");
        const bytes = new Uint8Array(chunk.length);
        const { bytesRead } = await file.read(bytes, 0, chunk.length, chunk.offset);
        if (bytesRead < chunk.length) throw new Error("the recording is shorter than was said");
        if (this.#over) break;
        this.#send({ type: "bytes", run: this.#run.id, offset: chunk.offset, bytes });
      }
    } catch (error) {
      this.#unreadable = true;
      this.#log.error(`the recording ${this.#run.tracePath} could not be read`, error);
    } finally {
      this.#pumping = false;
      await file?.close();
    }
    // While the file was closed more may have come, and another round of this may be at it.
    const complete = !this.#pumping && (this.#flow.isSent || this.#unreadable);
    if (!this.#over && complete && isOver(this.#run.state)) this.#status();
  }
}

/** What comes before the keys of the page's strings in our bundle of translations. */
const PAGE = "timeline/";

/** The page's strings in the person's language; none in English, which the page knows by itself. */
function translations(): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, translated] of Object.entries(vscode.l10n.bundle ?? {})) {
    if (key.startsWith(PAGE) && typeof translated === "string") {
      strings[key.slice(PAGE.length)] = translated;
    }
  }
  return strings;
}

function problemOf({ message, file, line, column, code, remedy }: Diagnostic) {
  return { text: message, file, line, column, code, ...(remedy === undefined ? {} : { remedy }) };
}

function shortened(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}
