/**
 * Turns chunks of rows into the tables of a trace. All or nothing: a chunk with one bad row changes no table.
 *
 * Tables that a run fills as it goes on have no limit of their own: a row takes at least as many bytes in the file, which
 * is the bound.
 */
import type { ThreadId } from "../base/brand.ts";
import { MAX_THREAD } from "./event.ts";
import { ChunkKind, INPUT_HEAD_BYTES } from "./file.ts";
import {
  RowError,
  endRow,
  factsRow,
  findingRow,
  headRow,
  outputRow,
  processRow,
  siteRow,
  sourceRow,
  stringRow,
  threadRow,
} from "./rows.ts";
import type { Trace } from "./trace.ts";

interface Table {
  readonly name: string;
  take(payload: Uint8Array, trace: Trace): void;
}

/** A table whose chunks are lists of rows. */
function listOf<Row>(
  name: string,
  check: (value: unknown) => Row,
  keep: (trace: Trace, row: Row) => void,
): Table {
  return {
    name,
    take(payload, trace) {
      const value = parse(payload);
      if (!Array.isArray(value)) throw new RowError("it is no list");
      const rows = value.map((row) => check(row));
      for (const row of rows) keep(trace, row);
    },
  };
}

const TABLES: ReadonlyMap<number, Table> = new Map([
  [
    ChunkKind.head,
    {
      name: "head",
      take(payload: Uint8Array, trace: Trace): void {
        if (trace.head !== undefined) throw new RowError("there is a second one");
        trace.head = headRow(parse(payload));
      },
    },
  ],
  [ChunkKind.sites, listOf("sites", siteRow, (trace, row) => trace.sites.push(row))],
  [ChunkKind.sources, listOf("sources", sourceRow, (trace, row) => trace.sources.push(row))],
  [ChunkKind.threads, listOf("threads", threadRow, (trace, row) => trace.threads.set(row.id, row))],
  [
    ChunkKind.processes,
    listOf("processes", processRow, (trace, row) => trace.processes.set(row.id, row)),
  ],
  [
    ChunkKind.strings,
    listOf("strings", stringRow, (trace, [index, text]) => trace.strings.set(index, text)),
  ],
  [
    ChunkKind.facts,
    {
      name: "facts",
      take(payload: Uint8Array, trace: Trace): void {
        trace.facts = factsRow(parse(payload));
      },
    },
  ],
  [
    ChunkKind.inputs,
    {
      name: "inputs",
      take(payload: Uint8Array, trace: Trace): void {
        if (payload.length < INPUT_HEAD_BYTES) throw new RowError("it names no thread");
        const thread = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
        if (thread > MAX_THREAD) throw new RowError(`there is no thread ${thread}`);
        const pieces = trace.inputs.get(thread as ThreadId) ?? [];
        trace.inputs.set(thread as ThreadId, pieces);
        pieces.push(payload.slice(INPUT_HEAD_BYTES));
      },
    },
  ],
  [ChunkKind.output, listOf("output", outputRow, (trace, row) => trace.output.push(row))],
  [ChunkKind.findings, listOf("findings", findingRow, (trace, row) => trace.findings.push(row))],
  [
    ChunkKind.end,
    {
      name: "end",
      take(payload: Uint8Array, trace: Trace): void {
        trace.end = endRow(parse(payload));
      },
    },
  ],
]);

export class RowsDecoder {
  readonly #trace: Trace;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Whether chunks of this kind hold rows that this version knows. */
  knows(kind: number): boolean {
    return TABLES.has(kind);
  }

  /** What a message calls the table. */
  name(kind: number): string {
    return TABLES.get(kind)?.name ?? "unknown";
  }

  /** Adds a chunk's rows to the trace, or answers why it cannot. */
  decode(kind: number, payload: Uint8Array): string | undefined {
    try {
      TABLES.get(kind)?.take(payload, this.#trace);
      return undefined;
    } catch (error) {
      if (error instanceof RowError) return error.message;
      throw error;
    }
  }
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch (error) {
    // Both can only fail for what the bytes are.
    throw new RowError(error instanceof Error ? error.message : String(error));
  }
}
