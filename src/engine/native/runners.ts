/**
 * Runner processes: one is kept warm, and there are as many as programs run at once, so that an endless program in one
 * editor never holds up another.
 */
import type { RunnerHost } from "./host.ts";
import { type Run } from "./host.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions } from "../../protocol/run.ts";

export class Runners {
  readonly #make: () => RunnerHost;
  readonly #idle: RunnerHost[] = [];
  readonly #busy = new Set<RunnerHost>();

  constructor(make: () => RunnerHost) {
    this.#make = make;
  }

  /** Has one ready. */
  async warm(): Promise<void> {
    if (this.#idle.length === 0) this.#idle.push(this.#make());
    await this.#idle[0].warm();
  }

  run(program: CompiledProgram, options: RunOptions): Run {
    const host = this.#idle.pop() ?? this.#make();
    this.#busy.add(host);
    const run = host.run(program, options);
    void run.ended.then(() => {
      // Not there any more: all were disposed of meanwhile.
      if (!this.#busy.delete(host)) return;
      if (this.#idle.length === 0) this.#idle.push(host);
      else host.dispose();
    });
    return run;
  }

  dispose(): void {
    for (const host of [...this.#idle, ...this.#busy]) host.dispose();
    this.#idle.length = 0;
    this.#busy.clear();
  }
}
