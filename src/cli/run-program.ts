/**
 * Compiles a program and runs it, with a trace. Compiler and runner start at the same time, in a thread and a process of
 * their own; both are gone when this returns, however it returns.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createCompilerClient } from "../compiler/client.ts";
import { RunnerHost } from "../engine/native/host.ts";
import { carriesMany, needsModel, type ModelChoice } from "../protocol/execution-model.ts";
import type { Compilation, CompiledProgram, Diagnostic } from "../protocol/program.ts";
import type { Control, RunResult } from "../protocol/run.ts";
import type { OutputLine } from "../trace/tables.ts";
import { readTrace } from "./read-trace.ts";
import type { ReadTrace } from "./read-trace.ts";
import { runnerPath } from "../engine/native/runner-path.ts";

export interface RunRequest {
  readonly file: string;
  /** Where the trace is kept; without it, it is thrown away. */
  readonly output?: string;
  readonly timeLimitMs: number;
  readonly memoryLimitBytes: number;
  readonly argv: readonly string[];
  readonly control?: Control;
  /** Absent: the one that can play the execution model which the program names. */
  readonly engine?: Engine;
  /** What the model engine plays instead of what the program names. */
  readonly model?: ModelChoice;
  readonly otherwise?: Otherwise;
}

/**
 * Why a run on the model shall be had on real threads instead; undefined if it shall not. Output comes once the engine is
 * settled.
 */
export type Otherwise = (ran: Ran) => string | undefined;

export type Engine = "native" | "model";

export interface RunWatcher {
  compiled(program: CompiledProgram, diagnostics: readonly Diagnostic[]): Refusal | undefined;
  output(lines: readonly OutputLine[]): void;
  traced(events: number): void;
  /** The model was no good, for this reason: real threads begin. */
  otherwise(reason: string): void;
}

export interface Ran {
  readonly kind: "ran";
  readonly program: CompiledProgram;
  readonly diagnostics: readonly Diagnostic[];
  readonly result: RunResult;
  readonly read: ReadTrace;
  /** The trace file's bytes, for a report. */
  readonly tracePath: string;
}

/** Why a program that compiles is not run. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

export type RunOutcome =
  | Ran
  | { readonly kind: "does-not-compile"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "interrupted" };

/** How much a program may print before it is stopped: enough for any person, too little to fill a disk. */
const OUTPUT_LIMIT_LINES = 1_000_000;

/** `use` sees the outcome while the trace file is still there. */
export async function runProgram<T>(
  request: RunRequest,
  watcher: RunWatcher,
  signal: AbortSignal,
  use: (outcome: RunOutcome) => Promise<T>,
): Promise<T> {
  const compiler = createCompilerClient();
  const runner = new RunnerHost({ runnerPath: runnerPath() });
  const folder = await mkdtemp(path.join(tmpdir(), "threadloom-"));
  try {
    void runner.warm();
    return await use(await run(request, watcher, signal, { folder, compiler, runner }));
  } finally {
    runner.dispose();
    await compiler.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Means {
  readonly folder: string;
  readonly compiler: ReturnType<typeof createCompilerClient>;
  readonly runner: RunnerHost;
}

async function run(
  request: RunRequest,
  watcher: RunWatcher,
  signal: AbortSignal,
  means: Means,
): Promise<RunOutcome> {
  const { otherwise } = request;
  if (otherwise === undefined) return attempt(request, watcher, signal, means);
  const held: OutputLine[] = [];
  const holding: RunWatcher = {
    compiled: (program, diagnostics) => watcher.compiled(program, diagnostics),
    output: (lines) => void held.push(...lines),
    traced: (events) => watcher.traced(events),
    otherwise: (reason) => watcher.otherwise(reason),
  };
  const outcome = await attempt(request, holding, signal, means);
  const reason = outcome.kind === "ran" ? otherwise(outcome) : undefined;
  if (reason === undefined) {
    if (held.length > 0) watcher.output(held);
    return outcome;
  }
  watcher.otherwise(reason);
  // What the compiler has to say has been said.
  const again: RunWatcher = { ...watcher, compiled: (program) => watcher.compiled(program, []) };
  return attempt({ ...request, engine: "native" }, again, signal, means);
}

async function attempt(
  request: RunRequest,
  watcher: RunWatcher,
  signal: AbortSignal,
  { folder, compiler, runner }: Means,
): Promise<RunOutcome> {
  const compilation = await compile(compiler, request, signal).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (compilation === undefined) return { kind: "interrupted" };
  const { diagnostics } = compilation;
  if (!compilation.ok) return { kind: "does-not-compile", diagnostics };
  const { program } = compilation;
  const refusal = watcher.compiled(program, diagnostics);
  if (refusal !== undefined) return { kind: "refused", refusal };

  const tracePath = path.resolve(request.output ?? path.join(folder, "run.tltrace"));
  const running = runner.run(program, {
    tracePath,
    timeLimitMs: request.timeLimitMs,
    memoryLimitBytes: request.memoryLimitBytes,
    outputLimitLines: OUTPUT_LIMIT_LINES,
    argv: request.argv,
    cwd: process.cwd(),
    ...(request.control === undefined ? {} : { control: request.control }),
    ...(request.model === undefined ? {} : { model: request.model }),
  });
  running.on({
    traced: (_bytes, events) => watcher.traced(events),
    output: (lines) => watcher.output(lines),
  });
  const cancel = () => running.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  const result = await running.ended;
  signal.removeEventListener("abort", cancel);
  if (signal.aborted) return { kind: "interrupted" };
  return { kind: "ran", program, diagnostics, result, read: await readTrace(tracePath), tracePath };
}

async function compile(
  compiler: ReturnType<typeof createCompilerClient>,
  { file, engine, control }: RunRequest,
  signal: AbortSignal,
): Promise<Compilation> {
  const compilation = await compiler.compile(file, {}, signal, engine);
  if (!compilation.ok || engine === "model") return compilation;
  // What a program names stands in its text: the compiler has read it by now, and is quick the second time.
  const { options } = compilation.program;
  if (carriesMany(options) && control === undefined)
    return compiler.compile(file, {}, signal, "green");
  if (engine !== undefined || !needsModel(options)) return compilation;
  return compiler.compile(file, {}, signal, "model");
}
