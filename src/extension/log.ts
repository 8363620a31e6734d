/** The extension's own log, `Threadloom` in the Output view: made when there is something to write. */
import * as vscode from "vscode";

export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string, error?: unknown): void;
  show(): void;
}

export class OutputLog implements Log, vscode.Disposable {
  #made: vscode.LogOutputChannel | undefined;

  get #channel(): vscode.LogOutputChannel {
    return (this.#made ??= vscode.window.createOutputChannel("Threadloom", { log: true }));
  }

  info(text: string): void {
    this.#channel.info(text);
  }

  warn(text: string): void {
    this.#channel.warn(text);
  }

  error(text: string, error?: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : error;
    if (detail === undefined) this.#channel.error(text);
    else this.#channel.error(text, detail);
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#made?.dispose();
  }
}
