/**
 * The extension's platform where there is no Node: vscode.dev, github.dev, any VS Code in a browser without a server behind it.
 * Programs run on the model engine, each in a worker of the browser.
 */
import * as vscode from "vscode";
import type { CompilerClient } from "../../compiler/requests.ts";
import type { Compilation, CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions } from "../../protocol/run.ts";
import type { StepChannel } from "../../protocol/step.ts";
import type { Examined } from "../examined.ts";
import type { Folder } from "../folder.ts";
import type { Platform } from "../platform.ts";
import type { Recording } from "../recording.ts";
import type { RunningProgram } from "../trace-run.ts";
import { createWebCompiler } from "./compiler.ts";
import { chromeTraceOf, examineBytes } from "./examiner.ts";
import { ModelRun } from "./model-run.ts";
import { WebRecordings } from "./recordings.ts";
import { openWebStepping } from "./step-channel.ts";
import { Workers } from "./workers.ts";

export class Browser implements Platform {
  readonly kind = "browser";
  readonly homeFolder = "/";
  readonly #workers: Workers;
  readonly #recordings: WebRecordings;
  readonly #compiler: CompilerClient;
  readonly #running = new Set<ModelRun>();
  /** What recordings say they were made with. */
  readonly #tool: string;

  constructor(extension: vscode.Uri, storage: vscode.Uri, version: string) {
    this.#workers = new Workers(extension);
    this.#recordings = new WebRecordings(storage);
    this.#compiler = createWebCompiler(extension, this.#workers);
    this.#tool = `threadloom ${version}`;
  }

  get recordings(): Folder {
    return this.#recordings.folder;
  }

  /** For the model engine, whatever engine is asked for: there is no other. */
  compile(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Compilation> {
    return this.#compiler.compile(entry, overlays, signal, "model");
  }

  run(program: CompiledProgram, options: RunOptions): RunningProgram {
    const run = new ModelRun(this.#workers, this.#tool, this.#recordings, program, options);
    this.#running.add(run);
    void run.ended.then(() => this.#running.delete(run));
    return run;
  }

  compileToStep(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Compilation> {
    return this.#compiler.compile(entry, overlays, signal, "debug");
  }

  openStepping(): StepChannel {
    return openWebStepping(this.#workers, this.#tool);
  }

  async examine(tracePath: string): Promise<Examined> {
    return examineBytes(this.#workers, await this.#recordings.whole(tracePath));
  }

  openRecording(tracePath: string): Promise<Recording> {
    return this.#recordings.open(tracePath);
  }

  async exportChrome(tracePath: string, to: vscode.Uri): Promise<void> {
    const text = await chromeTraceOf(this.#workers, await this.#recordings.whole(tracePath));
    await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(text));
  }

  warm(): void {
    void this.#compiler.warm();
  }

  dispose(): void {
    for (const run of this.#running) run.cancel();
    void this.#compiler.dispose();
  }
}
