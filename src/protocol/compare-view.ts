/**
 * The messages between the extension and the page that compares execution models. What is told of each run is what a
 * timeline is told of its own (`webview.ts`); the run says which row it is about.
 */
import {
  bytes,
  flag,
  list,
  object,
  oneOf,
  picked,
  table,
  text,
  whole,
  wrongField,
  type Shape,
} from "../base/shape.ts";
import { EXECUTION_MODELS, type ExecutionModelName } from "./execution-model.ts";
import type { ToView } from "./webview.ts";

export const COMPARE_PROTOCOL = 1;

/** To the page. */
export type ToComparison =
  /** A comparison begins: forget the last one. */
  | {
      readonly type: "begin";
      readonly protocol: number;
      readonly title: string;
      /** Which program, as VS Code names its document: by it and the rows the page comes back after a reload. */
      readonly program: string;
      /** From top to bottom. */
      readonly rows: readonly { readonly run: string; readonly model: ExecutionModelName }[];
      readonly strings: Readonly<Record<string, string>>;
    }
  | Extract<ToView, { readonly type: "bytes" | "status" | "problems" }>
  /** All runs are over. */
  | { readonly type: "over"; readonly cancelled: boolean };

/** From the page. */
export type FromComparison =
  | { readonly type: "ready"; readonly protocol: number }
  | { readonly type: "took"; readonly run: string; readonly offset: number }
  /** Show this row's run in the timeline. */
  | { readonly type: "open"; readonly run: string }
  | { readonly type: "again" }
  | { readonly type: "cancel" }
  | { readonly type: "problem"; readonly text: string };

const problem = object({ text, file: text, line: whole, column: whole, code: text });

export const TO_COMPARISON: Readonly<Record<ToComparison["type"], Shape>> = {
  begin: {
    protocol: oneOf(COMPARE_PROTOCOL),
    title: text,
    program: text,
    rows: list(object({ run: text, model: oneOf(...EXECUTION_MODELS) })),
    strings: table,
  },
  bytes: { run: text, offset: whole, bytes },
  status: {
    run: text,
    phase: oneOf("compiling", "starting", "running", "ended", "failed", "cancelled"),
    text,
  },
  problems: { run: text, problems: list(problem) },
  over: { cancelled: flag },
};

const FROM_COMPARISON: Readonly<Record<FromComparison["type"], Shape>> = {
  ready: { protocol: oneOf(COMPARE_PROTOCOL) },
  took: { run: text, offset: whole },
  open: { run: text },
  again: {},
  cancel: {},
  problem: { text },
};

/** Undefined for what is no message of ours: a page shows text of the person's programs, so it is not trusted. */
export function readFromComparison(message: unknown): FromComparison | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type } = message as { readonly type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(FROM_COMPARISON, type)) return undefined;
  const shape = FROM_COMPARISON[type as FromComparison["type"]];
  if (wrongField(message, shape) !== undefined) return undefined;
  return { type, ...picked(message, shape) } as FromComparison;
}
