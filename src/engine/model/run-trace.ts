/**
 * What a modelled run leaves: the bytes of its trace as it goes on, and what its host is told meanwhile. Where the bytes lie
 * (a file, a browser's memory) is the host's.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions, RunResult } from "../../protocol/run.ts";
import type { OutputLine, ProcessRow, ThreadRow } from "../../trace/tables.ts";
import { TraceWriter } from "../../trace/writer.ts";
import { executionModel } from "../models/named.ts";
import type { RunSink } from "./run-choices.ts";

export interface RunTraceParts {
  readonly program: CompiledProgram;
  readonly options: Pick<RunOptions, "control" | "outputLimitLines" | "argv">;
  readonly tool: string;
  /** Where the trace is written, if it is. */
  readonly write: ((bytes: Uint8Array) => void) | undefined;
  readonly tell: (news: RunNews) => void;
}

export type RunNews =
  | { readonly type: "traced"; readonly bytes: number; readonly events: number }
  | { readonly type: "output"; readonly lines: readonly OutputLine[] }
  | { readonly type: "thread"; readonly row: ThreadRow };

export class RunTrace implements RunSink {
  readonly #writer: TraceWriter | undefined;
  readonly #tellHost: RunTraceParts["tell"];
  readonly #argv: readonly string[];
  #linesLeft: number;
  #told = 0;

  constructor({ program, options, tool, write, tell }: RunTraceParts) {
    this.#linesLeft = options.outputLimitLines;
    this.#tellHost = tell;
    this.#argv = options.argv;
    if (write === undefined) return;
    this.#writer = new TraceWriter(write);
    const { model = "parallel" } = program.options;
    const { cores, quantum } = executionModel(program.options);
    const slices = Number.isFinite(quantum) ? { quantum } : {};
    const pictured = options.control === undefined ? { model, cores, ...slices } : {};
    const head = {
      program: program.entry,
      engine: "model" as const,
      tool,
      clock: "ticks" as const,
    };
    this.#writer.begin({
      head: { ...head, ...pictured },
      sites: program.sites,
      sources: program.sources,
    });
  }

  facts(facts: Parameters<NonNullable<RunSink["facts"]>>[0]): void {
    this.#writer?.facts({ ...facts, argv: this.#argv });
  }

  inputs(thread: ThreadId, piece: Uint8Array): void {
    this.#writer?.inputs(thread, piece);
  }

  records(words: Int32Array): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    writer.records(words);
    if (writer.bytes !== this.#told) this.#tell(writer);
  }

  strings(texts: Parameters<RunSink["strings"]>[0]): void {
    this.#writer?.strings(texts);
  }

  threads(rows: Parameters<RunSink["threads"]>[0]): void {
    this.#writer?.threads(rows);
    for (const row of rows) this.#tellHost({ type: "thread", row });
  }

  processes(rows: readonly ProcessRow[]): void {
    this.#writer?.processes(rows);
  }

  /** A program that prints without end shall not fill the disk: after so many lines, one says that there were more. */
  output(lines: Parameters<RunSink["output"]>[0]): void {
    if (this.#linesLeft <= 0) return;
    this.#linesLeft -= lines.length;
    const kept =
      this.#linesLeft > 0
        ? lines
        : [{ ...lines[0], text: "… more lines were printed than are kept" }];
    this.#writer?.output(kept);
    this.#tellHost({ type: "output", lines: kept });
  }

  end({ findings, ending, durationNs }: RunResult): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    writer.findings(findings);
    writer.end({ ending, durationNs });
    this.#tell(writer);
  }

  #tell(writer: TraceWriter): void {
    this.#told = writer.bytes;
    this.#tellHost({ type: "traced", bytes: writer.bytes, events: writer.events });
  }
}
