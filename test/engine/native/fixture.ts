/**
 * Programs as text, compiled by the real compiler and run in the real runner: what the tests of the native engine have in
 * common. One runner and one compiler serve a whole test file.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { createCompilerClient } from "../../../src/compiler/client.ts";
import type { Form } from "../../../src/compiler/compile.ts";
import { type Run, RunnerHost } from "../../../src/engine/native/host.ts";
import type { CompiledProgram } from "../../../src/protocol/program.ts";
import type { RunOptions, RunResult } from "../../../src/protocol/run.ts";
import type { OutputLine } from "../../../src/trace/tables.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { readTrace } from "../../trace/records.ts";

export const RUNNER = path.resolve(import.meta.dirname, "../../../dist/runner.mjs");

/** Which engine a whole file's programs run on: `test/engine/model/same-programs.test.ts` has them run on the other. */
const FORM = (process.env["THREADLOOM_TEST_FORM"] ?? "native") as Form;

export interface Ran extends RunResult {
  /** What was printed, a line each. */
  readonly output: readonly string[];
  readonly lines: readonly OutputLine[];
  /** What was recorded, as far as it goes. */
  readonly trace: Trace;
  /** Kinds of the findings, in order. */
  readonly kinds: readonly string[];
}

export interface Started {
  readonly run: Run;
  readonly ran: Promise<Ran>;
  readonly tracePath: string;
}

export class Programs {
  readonly host = new RunnerHost({ runnerPath: RUNNER });
  readonly folder = mkdtempSync(path.join(tmpdir(), "threadloom-test-"));
  readonly #compiler = createCompilerClient();
  readonly #form: Form;
  #count = 0;

  /** `form`: the engine that programs are compiled for. */
  constructor(form: Form = FORM) {
    this.#form = form;
    after(async () => {
      this.host.dispose();
      await this.#compiler.dispose();
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** Compiles a program of one file; `std` names are imported for it. Throws with the diagnostics if it does not compile. */
  compile(text: string, name = `program-${++this.#count}.ts`): Promise<CompiledProgram> {
    return this.compileAs(text, this.#form, name);
  }

  /** For another engine than the file's. */
  async compileAs(
    text: string,
    form: Form,
    name = `program-${++this.#count}.ts`,
  ): Promise<CompiledProgram> {
    const file = path.join(this.folder, name);
    const whole = `// @threadloom\nimport * as std from "threadloom:std";\n${text}`;
    const named = text.includes("threadloom:std") ? text : whole;
    const compiling = this.#compiler.compile(file, { [file]: named }, undefined, form);
    const compilation = await compiling;
    if (compilation.ok) return compilation.program;
    throw new Error(compilation.diagnostics.map((one) => `${one.line}: ${one.message}`).join("\n"));
  }

  /** Compiles a program where it lies. */
  async compileFile(file: string, form: Form = this.#form): Promise<CompiledProgram> {
    const compilation = await this.#compiler.compile(file, {}, undefined, form);
    if (compilation.ok) return compilation.program;
    throw new Error(compilation.diagnostics.map((one) => `${one.line}: ${one.message}`).join("\n"));
  }

  start(program: CompiledProgram, options: Partial<RunOptions> = {}): Started {
    const tracePath = path.join(this.folder, `${++this.#count}.tltrace`);
    const run = this.host.run(program, {
      tracePath,
      timeLimitMs: 120_000,
      memoryLimitBytes: 1 << 29,
      outputLimitLines: 10_000,
      argv: [],
      cwd: this.folder,
      ...options,
    });
    const lines: OutputLine[] = [];
    run.on({ output: (more) => lines.push(...more) });
    const ran = run.ended.then((result) => ({
      ...result,
      lines,
      output: lines.map(({ text }) => text),
      kinds: result.findings.map(({ kind }) => kind),
      get trace() {
        return readTrace(readFileSync(tracePath));
      },
    }));
    return { run, ran, tracePath };
  }

  async run(text: string, options: Partial<RunOptions> = {}): Promise<Ran> {
    return this.start(await this.compile(text), options).ran;
  }

  /** Runs the program, compares what it prints, and answers the run. */
  readonly printed = async (text: string, expected: readonly string[]): Promise<Ran> => {
    const ran = await this.run(text);
    assert.deepEqual(ran.output, expected, ran.findings.map(({ message }) => message).join("\n"));
    return ran;
  };

  /** Runs the program and compares what it prints. */
  readonly prints = async (text: string, expected: readonly string[]): Promise<void> => {
    await this.printed(text, expected);
  };
}
