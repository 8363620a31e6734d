/** The trace of a stepped run, in memory: whole after each move, begun anew with each run. */
import type { CompiledProgram } from "../../protocol/program.ts";
import type { StepEvent } from "../../protocol/step.ts";
import type { RunResult } from "../../protocol/run.ts";
import { TraceWriter } from "../../trace/writer.ts";
import type { RunSink } from "../model/run-choices.ts";
import { Pieces } from "./pieces.ts";

export class Recording implements RunSink {
  readonly #pieces = new Pieces();
  readonly #writer = new TraceWriter((bytes) => this.#pieces.push(bytes));

  constructor(program: CompiledProgram, tool: string) {
    this.#writer.begin({
      head: { program: program.entry, engine: "model", tool, clock: "ticks" },
      sites: program.sites,
      sources: program.sources,
    });
  }

  records(words: Int32Array): void {
    this.#writer.records(words);
  }

  strings(texts: Parameters<RunSink["strings"]>[0]): void {
    this.#writer.strings(texts);
  }

  threads(rows: Parameters<RunSink["threads"]>[0]): void {
    this.#writer.threads(rows);
  }

  processes(rows: Parameters<NonNullable<RunSink["processes"]>>[0]): void {
    this.#writer.processes(rows);
  }

  output(lines: Parameters<RunSink["output"]>[0]): void {
    this.#writer.output(lines);
  }

  facts(facts: Parameters<NonNullable<RunSink["facts"]>>[0]): void {
    this.#writer.facts(facts);
  }

  inputs(...given: Parameters<NonNullable<RunSink["inputs"]>>): void {
    this.#writer.inputs(...given);
  }

  end({ findings, ending, durationNs }: RunResult): void {
    this.#writer.findings(findings);
    this.#writer.end({ ending, durationNs });
  }

  /** What was not taken yet. */
  take(): Extract<StepEvent, { kind: "trace" }> | undefined {
    this.#writer.flush();
    return this.#pieces.take();
  }
}
