/**
 * A trace as it was read: the records as columns, and the tables that give them names. It grows while it is read; what
 * is worked out from it (spans, holdings, names) is in `timeline/`.
 */
import type { SiteId, ThreadId } from "../base/brand.ts";
import { Columns } from "./columns.ts";
import type { Clock } from "../base/duration.ts";
import type { Finding, Place } from "./finding.ts";
import type {
  Ending,
  Facts,
  OutputLine,
  ProcessRow,
  Site,
  SourceText,
  ThreadRow,
  TraceHead,
} from "./tables.ts";

export class Trace {
  /** Absent until the head has come. */
  head: TraceHead | undefined;
  /** Index = `SiteId`. */
  readonly sites: (Site | null)[] = [];
  readonly sources: SourceText[] = [];
  readonly events = new Columns();
  /** By `ThreadId`. A thread may have records before it has its row. */
  readonly threads = new Map<ThreadId, ThreadRow>();
  /** Those that the program has started, by their number. */
  readonly processes = new Map<number, ProcessRow>();
  /** Texts of labels and regions. */
  readonly strings = new Map<number, string>();
  readonly output: OutputLine[] = [];
  /** Absent where nothing of the kind was recorded: then no replay can give it again. */
  facts: Facts | undefined;
  /** By thread: its stream of inputs (`inputs.ts`), in the pieces in which it came. */
  readonly inputs = new Map<ThreadId, Uint8Array[]>();
  /** What the engine found while the program ran. */
  readonly findings: Finding[] = [];
  /** Absent while the run goes on, and for ever when its recorder was killed. */
  end:
    { readonly ending: Ending; readonly durationNs: number; readonly events: number } | undefined;

  /** What its times count. */
  get clock(): Clock {
    return this.head?.clock ?? "nanoseconds";
  }

  /** The instrumented place, if the site has one. */
  site(id: SiteId): Site | undefined {
    return this.sites[id] ?? undefined;
  }

  /** Where a site begins. */
  place(id: SiteId): Place | undefined {
    const site = this.sites[id];
    return site ? { file: site.file, line: site.line, column: site.column } : undefined;
  }

  /** What a person calls the thread, with its process if that is not the program's own; a thread without a row yet is called by its number. */
  threadName(id: ThreadId): string {
    const row = this.threads.get(id);
    if (row === undefined) return id === 0 ? "main" : `thread ${id}`;
    const process = row.process === undefined ? undefined : this.processes.get(row.process);
    // Its main thread is called what the process is called.
    return process === undefined || process.thread === id
      ? row.name
      : `${process.name}: ${row.name}`;
  }
}
