/** What the runners of a process and of whoever has started it say to each other, over the process channel. */
import type { Finding } from "../trace/finding.ts";
import type { OutputLine } from "../trace/tables.ts";

/** What goes over the process channel at a time. */
export interface Parcel {
  /** Encoded values, in order. */
  readonly messages: readonly Int32Array[];
  /** Nothing more will come; nobody takes what comes. */
  readonly closed: boolean;
  readonly deaf: boolean;
}

/** What a process begins with. */
export interface ProcessStart {
  readonly name: string;
  /** Encoded: its body, and what its `@shared` variables hold. */
  readonly body: Int32Array;
  readonly shared: Int32Array;
  /** Monotonic process time at which the whole run began, milliseconds: one time-line for all. */
  readonly beganMs: number;
  readonly traced: boolean;
  /** The place where it was started. */
  readonly site: number;
  /** What its main thread draws random numbers of, where something is recorded. */
  readonly seed: number | undefined;
}

export type ToProcess = { readonly type: "parcel"; readonly parcel: Parcel };

export type FromProcess =
  /** The numbers of its objects: the console, its main thread, the process itself, and the channels to and from it. */
  | { readonly type: "begun"; readonly objects: readonly [number, number, number, number, number] }
  | { readonly type: "parcel"; readonly parcel: Parcel }
  | { readonly type: "trace"; readonly bytes: Uint8Array }
  /** Where nothing is recorded. */
  | { readonly type: "lines"; readonly lines: readonly OutputLine[] }
  /** None of its threads can move, having sent and been given so many messages. */
  | { readonly type: "idle"; readonly taken: number; readonly given: number }
  /** The last that it says. */
  | { readonly type: "over"; readonly findings: readonly Finding[] };
