/**
 * What compiles, runs and examines programs: each in a thread or process of its own, started with the first program that
 * is seen (so that the first click finds them warm) and ended with the window.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as vscode from "vscode";
import { createCompilerClient, type CompilerClient } from "../../compiler/client.ts";
import { ExplorerHost } from "../../engine/native/explored/host.ts";
import { RunnerHost } from "../../engine/native/host.ts";
import type { RunnerOptions } from "../../engine/native/runner-process.ts";
import { NativeStepChannel } from "../../engine/native/stepped/channel.ts";
import type { ExploreProgress, ExploreRequest } from "../../protocol/explore.ts";
import type { Compilation, CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions } from "../../protocol/run.ts";
import type { StepChannel } from "../../protocol/step.ts";
import type { Examined } from "../examined.ts";
import type { RunningExploration } from "../exploration.ts";
import type { Folder } from "../folder.ts";
import type { Log } from "../log.ts";
import type { Platform, ToolboxModule } from "../platform.ts";
import type { Recording } from "../recording.ts";
import { reasonOf, type RunningProgram } from "../trace-run.ts";
import { diskFolder, openOnDisk } from "./disk.ts";
import { Examiner } from "./examiner.ts";
import { Explorers } from "../../engine/native/explored/explorers.ts";
import { Runners } from "../../engine/native/runners.ts";

export class Desktop implements Platform {
  readonly kind = "desktop";
  readonly homeFolder = process.cwd();
  readonly agentServer: string;
  readonly recordings: Folder;
  readonly #examiner: Examiner;
  readonly #runnerOptions: RunnerOptions;
  readonly #runners: Runners;
  readonly #explorers: Explorers;
  readonly #log: Log;
  readonly #tools: URL;
  #compilerMade: CompilerClient | undefined;

  /**
   * `dist` is the folder with our bundles, `recordings` the one for recordings; `version` is what these say they were made
   * with.
   */
  constructor(dist: string, recordings: string, version: string, log: Log) {
    this.recordings = diskFolder(recordings);
    this.#examiner = new Examiner(path.join(dist, "examine.mjs"));
    this.#runnerOptions = { runnerPath: path.join(dist, "runner.mjs"), version };
    this.#runners = new Runners(() => new RunnerHost(this.#runnerOptions));
    this.#explorers = new Explorers(() => new ExplorerHost(this.#runnerOptions));
    this.#log = log;
    this.agentServer = path.join(dist, "cli.mjs");
    this.#tools = pathToFileURL(path.join(dist, "agents.mjs"));
  }

  get #compiler(): CompilerClient {
    // Untitled documents resolve their imports from the first folder.
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
    return (this.#compilerMade ??= createCompilerClient(
      folder ? { currentDirectory: folder.uri.fsPath } : {},
    ));
  }

  compile(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
    engine?: "native" | "model" | "green",
  ): Promise<Compilation> {
    return this.#compiler.compile(entry, overlays, signal, engine);
  }

  run(program: CompiledProgram, options: RunOptions): RunningProgram {
    return this.#runners.run(program, options);
  }

  /** In the form that a debugger can stop in and look into. */
  compileToStep(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Compilation> {
    return this.#compiler.compile(entry, overlays, signal, "debug");
  }

  compileToFallBack(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Compilation> {
    return this.#compiler.compile(entry, overlays, signal, "native");
  }

  /** A session in a process of its own. */
  openStepping(): StepChannel {
    return new NativeStepChannel(this.#runnerOptions);
  }

  explore(request: ExploreRequest, tell: (progress: ExploreProgress) => void): RunningExploration {
    return this.#explorers.explore(request, tell);
  }

  examine(tracePath: string): Promise<Examined> {
    return this.#examiner.examine(tracePath);
  }

  openRecording(tracePath: string): Promise<Recording> {
    return openOnDisk(tracePath);
  }

  exportChrome(tracePath: string, to: vscode.Uri): Promise<void> {
    return this.#examiner.exportChrome(tracePath, to.fsPath);
  }

  /** A bundle of its own: most windows never need it. */
  async loadTools(): Promise<ToolboxModule> {
    return (await import(this.#tools.href)) as ToolboxModule;
  }

  /** Starts both ahead of their first use. That one fails is no failure yet: the first run will say so. */
  warm(): void {
    void this.#compiler.warm();
    this.#runners
      .warm()
      .catch((error: unknown) => this.#log.warn(`the runner is not warm: ${reasonOf(error)}`));
  }

  dispose(): void {
    this.#examiner[Symbol.dispose]();
    void this.#compilerMade?.dispose();
    this.#runners.dispose();
    this.#explorers.dispose();
  }
}
