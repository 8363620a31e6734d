/** What programs print, in the Output view: the last run that began has it. */
import * as vscode from "vscode";
import type { OutputLine } from "../trace/tables.ts";
import type { TraceRun } from "./trace-run.ts";

export class ProgramOutput implements vscode.Disposable {
  #made: vscode.OutputChannel | undefined;
  #latest: TraceRun | undefined;

  get #channel(): vscode.OutputChannel {
    return (this.#made ??= vscode.window.createOutputChannel("Threadloom: Program"));
  }

  /** Shows what this run prints, until the answer is disposed or another run begins. */
  begin(run: TraceRun): vscode.Disposable {
    this.#latest = run;
    this.#made?.clear();
    const printing = run.printed.add((lines) => {
      if (this.#latest !== run) return;
      const text = lines.map((line) => printed(line, run.threadNames.get(line.thread)));
      this.#channel.append(text.join(""));
    });
    return new vscode.Disposable(() => printing[Symbol.dispose]());
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#made?.dispose();
  }
}

/** `worker-1 │ text`; the further lines of a text stand under the first. */
function printed({ text, stream, thread }: OutputLine, name = `thread ${thread}`): string {
  const mark = stream === "error" || stream === "warn" ? `${stream}: ` : "";
  const rest = `\n${" ".repeat(name.length)} │ `;
  return `${name} │ ${mark}${text.replaceAll("\n", rest)}\n`;
}
