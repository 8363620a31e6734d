/** Compiles and runs small programs for the benchmarks, with a trace and without; they print what they measured. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createCompilerClient } from "../../src/compiler/client.ts";
import { RunnerHost } from "../../src/engine/native/host.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import type { Control } from "../../src/protocol/run.ts";
import type { OutputLine } from "../../src/trace/tables.ts";
import { median } from "../row.ts";

const root = path.join(import.meta.dirname, "../..");

/** What a program printed with a trace and without, and what its peers took in the same minutes. */
export interface Both<Name extends string> {
  readonly traced: number;
  readonly untraced: number;
  readonly peers: Readonly<Record<Name, number>>;
}

export class Bench implements AsyncDisposable {
  readonly compiler = createCompilerClient();
  readonly runner = new RunnerHost({ runnerPath: path.join(root, "dist/runner.mjs") });
  readonly #folder = mkdtempSync(path.join(tmpdir(), "threadloom-bench-"));

  /** `form` "green": with green threads on two workers. */
  async compile(text: string, form: "native" | "green" = "native"): Promise<CompiledProgram> {
    const entry = path.join(root, "bench/programs/measured.ts");
    const head = form === "green" ? "// @threadloom model=green cores=2" : "// @threadloom";
    const files = { [entry]: `${head}\n${text}` };
    const compilation = await this.compiler.compile(entry, files, undefined, form);
    if (compilation.ok) return compilation.program;
    throw new Error(compilation.diagnostics.map(({ message }) => message).join("\n"));
  }

  /** The number that the program prints. */
  async measure(program: CompiledProgram, traced: boolean, control?: Control): Promise<number> {
    const figure = Number(await this.#said(program, traced, control));
    if (!Number.isFinite(figure)) throw new Error("The program printed no number");
    return figure;
  }

  /** The numbers that the program prints as an object of JSON: medians of some rounds, of which the first does not count. */
  async figures(
    text: string,
    traced: boolean,
    form: "native" | "green" = "native",
    rounds = 3,
  ): Promise<Record<string, number>> {
    const program = await this.compile(text, form);
    const all: Record<string, number>[] = [];
    for (let round = 0; round <= rounds; round++) {
      const figures = JSON.parse(await this.#said(program, traced)) as Record<string, number>;
      if (round > 0) all.push(figures);
    }
    const names = Object.keys(all[0]);
    return Object.fromEntries(names.map((name) => [name, median(all.map((one) => one[name]))]));
  }

  /** The last line that the program prints. */
  async #said(program: CompiledProgram, traced: boolean, control?: Control): Promise<string> {
    const run = this.runner.run(program, {
      ...(control === undefined ? {} : { control }),
      ...(traced ? { tracePath: path.join(this.#folder, "run.tltrace") } : {}),
      timeLimitMs: 120_000,
      memoryLimitBytes: 2 ** 30,
      outputLimitLines: 1000,
      argv: [],
      cwd: root,
    });
    const lines: OutputLine[] = [];
    run.on({ output: (more) => void lines.push(...more) });
    const { ending, findings } = await run.ended;
    const said = lines.at(-1)?.text;
    if (ending.kind === "finished" && said !== undefined) return said;
    throw new Error(`The program ended by ${ending.kind}: ${JSON.stringify(findings)}`);
  }

  /**
   * Medians of some rounds, traced, untraced and the peers by turns, so that a busy machine disturbs all alike. The first
   * round does not count.
   */
  async both<Name extends string>(
    text: string,
    peers: Readonly<Record<Name, () => number | Promise<number>>>,
    rounds = 5,
  ): Promise<Both<Name>> {
    const program = await this.compile(text);
    const names = Object.keys(peers) as Name[];
    const all: (readonly number[])[] = [];
    for (let round = 0; round <= rounds; round++) {
      const figures = [await this.measure(program, true), await this.measure(program, false)];
      for (const name of names) figures.push(await peers[name]());
      if (round > 0) all.push(figures);
    }
    const column = (index: number) => median(all.map((figures) => figures[index]));
    return {
      traced: column(0),
      untraced: column(1),
      peers: Object.fromEntries(names.map((name, index) => [name, column(2 + index)])) as Record<
        Name,
        number
      >,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.runner.dispose();
    await this.compiler.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
