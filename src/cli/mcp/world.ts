/** The world of the tools on Node: the disk as it is, one compiler, and processes that are started when they are needed. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AgentWorld, Programs, RunningRun, RunningSearch } from "../../agents/world.ts";
import { createCompilerClient } from "../../compiler/client.ts";
import { Explorers } from "../../engine/native/explored/explorers.ts";
import { ExplorerHost } from "../../engine/native/explored/host.ts";
import { RunnerHost } from "../../engine/native/host.ts";
import type { RunnerOptions } from "../../engine/native/runner-process.ts";
import { Runners } from "../../engine/native/runners.ts";
import { NativeStepChannel } from "../../engine/native/stepped/channel.ts";
import { nearby } from "../../explore/node/nearby.ts";
import type { ExploreProgress, ExploreRequest } from "../../protocol/explore.ts";
import type { Compilation, CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions } from "../../protocol/run.ts";
import type { StepChannel } from "../../protocol/step.ts";
import { findPrograms } from "../check/programs.ts";
import { runnerPath } from "../../engine/native/runner-path.ts";

export class NodeWorld implements AgentWorld, AsyncDisposable {
  readonly folder: string;
  readonly memoryLimitBytes = 1 << 30;
  readonly #options: RunnerOptions;
  readonly #compiler = createCompilerClient();
  readonly #explorers: Explorers;
  readonly #runners: Runners;
  readonly #channels = new Set<StepChannel>();

  /** `folder`: what relative paths are relative to. */
  constructor(folder: string, version: string) {
    this.folder = folder;
    const options = (this.#options = { runnerPath: runnerPath(), version });
    const { memoryLimitBytes } = this;
    this.#explorers = new Explorers(() => new ExplorerHost({ ...options, memoryLimitBytes }));
    this.#runners = new Runners(() => new RunnerHost(options));
  }

  locate(place: string): string {
    return path.resolve(this.folder, place);
  }

  nearby(file: string): string {
    return nearby(path.resolve(this.folder, file), this.folder);
  }

  programsAt(place: string): Promise<Programs> {
    const found = findPrograms([this.locate(place)]);
    if ("complaint" in found) return Promise.resolve(found);
    return Promise.resolve({ files: found.files, isFolder: found.isList });
  }

  async readText(file: string): Promise<string | undefined> {
    const bytes = await this.readBytes(file);
    return bytes && new TextDecoder().decode(bytes);
  }

  async readBytes(file: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(file);
    } catch (error) {
      // A folder has no bytes either.
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "EISDIR" || code === "ENOTDIR") return undefined;
      throw error;
    }
  }

  compile(
    file: string,
    form: "native" | "model" | "debug",
    signal: AbortSignal,
  ): Promise<Compilation> {
    return this.#compiler.compile(file, {}, signal, form);
  }

  explore(request: ExploreRequest, tell: (progress: ExploreProgress) => void): RunningSearch {
    return this.#explorers.explore(request, tell);
  }

  run(program: CompiledProgram, options: RunOptions): RunningRun {
    return this.#runners.run(program, options);
  }

  openStepping(): StepChannel {
    const channel = new NativeStepChannel(this.#options);
    this.#channels.add(channel);
    return {
      request: (request) => channel.request(request),
      onEvent: (listener) => channel.onEvent(listener),
      dispose: () => {
        this.#channels.delete(channel);
        channel.dispose();
      },
    };
  }

  async scratchFile(): Promise<{ readonly path: string } & AsyncDisposable> {
    const folder = await mkdtemp(path.join(tmpdir(), "threadloom-"));
    return {
      path: path.join(folder, "run.tltrace"),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  }

  page(name: string): Promise<string> {
    const fromSource = import.meta.url.endsWith(".ts");
    const words = fromSource ? "../../../dist/words/" : "./words/";
    return readFile(fileURLToPath(new URL(`${words}${name}.md`, import.meta.url)), "utf8");
  }

  after(milliseconds: number, callBack: () => void): () => void {
    const timer = setTimeout(callBack, milliseconds).unref();
    return () => clearTimeout(timer);
  }

  now(): number {
    return performance.now();
  }

  /** Ends every process and thread that was started. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#explorers.dispose();
    this.#runners.dispose();
    for (const channel of [...this.#channels]) channel.dispose();
    await this.#compiler.dispose();
  }
}
