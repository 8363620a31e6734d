/**
 * The messages between the extension (or the HTML report's loader) and the timeline. Each side validates what it gets:
 * a message of another version or shape is dropped with a line in the log, never acted on.
 */
import type { RunAs } from "./execution-model.ts";
import type { Finding } from "../trace/finding.ts";

export const VIEW_PROTOCOL = 1;

/** To the timeline. */
export type ToView =
  /** A run begins: forget the last one (but keep zoom and collapsed lanes if `again`). */
  | {
      readonly type: "begin";
      readonly protocol: number;
      readonly run: string;
      readonly title: string;
      readonly again: boolean;
      /** What the program is run as; absent where the page cannot have it run again. */
      readonly runAs?: RunAs;
      readonly strings: Readonly<Record<string, string>>;
    }
  /** Bytes of a `.tltrace`, in order; `offset` tells where they belong. Acknowledged by `took`. */
  | {
      readonly type: "bytes";
      readonly run: string;
      readonly offset: number;
      readonly bytes: Uint8Array;
    }
  /** Where the run is: shown in the head of the panel. */
  | {
      readonly type: "status";
      readonly run: string;
      readonly phase: "compiling" | "starting" | "running" | "ended" | "failed" | "cancelled";
      readonly text: string;
    }
  | { readonly type: "findings"; readonly run: string; readonly findings: readonly Finding[] }
  /** The editor's cursor is in these lines (1-based, inclusive): light up their events. */
  | {
      readonly type: "cursor";
      readonly file: string;
      readonly line: number;
      readonly endLine: number;
    }
  /** Bring the lane of a thread into sight, at what it waited for longest. */
  | { readonly type: "thread"; readonly run: string; readonly thread: number }
  /** Diagnostics instead of a run. */
  | {
      readonly type: "problems";
      readonly run: string;
      readonly problems: readonly {
        readonly text: string;
        readonly file: string;
        readonly line: number;
        readonly column: number;
        readonly code: string;
        readonly remedy?: string;
      }[];
    };

export const VIEW_COMMANDS = [
  "trace",
  "cancel",
  "export",
  "openOutput",
  "compare",
  "step",
] as const;
export type ViewCommand = (typeof VIEW_COMMANDS)[number];

/** From the timeline. */
export type FromView =
  /** Loaded and listening. `state` is what it had kept (`setState`), if anything. */
  | { readonly type: "ready"; readonly protocol: number }
  | { readonly type: "took"; readonly run: string; readonly offset: number }
  | {
      readonly type: "reveal";
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly preserveFocus: boolean;
    }
  | { readonly type: "command"; readonly command: ViewCommand }
  /** Run the program again, as this. */
  | { readonly type: "runAs"; readonly runAs: RunAs }
  /** The first picture of a run was painted: milliseconds by the view's clock, for the bench. */
  | { readonly type: "painted"; readonly run: string; readonly events: number }
  | { readonly type: "problem"; readonly text: string };
