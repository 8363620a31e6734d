/** Programs as text, compiled by the real compiler and explored in the real process: one of each serves a whole test file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { createCompilerClient } from "../../../src/compiler/client.ts";
import {
  ExplorerHost,
  type ExplorerOptions,
  type Exploring,
} from "../../../src/engine/native/explored/host.ts";
import type { ExploreOptions, ExploreProgress } from "../../../src/protocol/explore.ts";
import type { CompiledProgram } from "../../../src/protocol/program.ts";

export const RUNNER = path.resolve(import.meta.dirname, "../../../dist/runner.mjs");

export const DPOR: ExploreOptions = { strategy: "dpor", seed: 0 };
/** Until somebody stops it. */
export const RANDOM: ExploreOptions = { strategy: "random", seed: 7, maxSeconds: 60 };

export class Explored {
  readonly host: ExplorerHost;
  readonly #compiler = createCompilerClient();
  readonly #folder = mkdtempSync(path.join(tmpdir(), "threadloom-test-"));
  #count = 0;

  constructor(options: Omit<ExplorerOptions, "runnerPath"> = {}) {
    this.host = new ExplorerHost({ runnerPath: RUNNER, cwd: this.#folder, ...options });
    after(async () => {
      this.host.dispose();
      await this.#compiler.dispose();
      rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  /** `std` is imported for it. */
  async compile(text: string): Promise<CompiledProgram> {
    const file = path.join(this.#folder, `program-${++this.#count}.ts`);
    const whole = `// @threadloom\nimport * as std from "threadloom:std";\n${text}`;
    const compilation = await this.#compiler.compile(file, { [file]: whole }, undefined, "model");
    if (compilation.ok) return compilation.program;
    throw new Error(compilation.diagnostics.map((one) => `${one.line}: ${one.message}`).join("\n"));
  }

  async start(
    text: string,
    options: ExploreOptions,
    tell?: (progress: ExploreProgress) => void,
  ): Promise<Exploring> {
    return this.host.explore({ program: await this.compile(text), options }, tell);
  }
}

/** Two threads that each lose nothing, and have two orders to be told apart. */
export const TWO_ORDERS = `
const last = new std.Mutex("");
const threads = ["a", "b"].map((name) => std.spawn(() => { using guard = last.lock(); guard.value = name; }));
for (const thread of threads) thread.join();
using guard = last.lock();
console.log(guard.value);
`;

/** More interleavings than anybody waits for. */
export const ENDLESS = `
const total = new std.AtomicI32(0);
for (let i = 0; i < 6; i++) std.spawn(() => { for (let j = 0; j < 8; j++) total.fetchAdd(1); });
`;
