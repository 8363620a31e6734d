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
  /** Ends of pipes that go into the process, before the messages that hold them; and what was done to those that are parted. */
  readonly openings?: readonly PipeOpening[];
  readonly news?: readonly PipeNews[];
}

/** What was done on one side to a pipe that has an end on the other. */
export interface PipeNews {
  /** What whoever made it calls it. */
  readonly name: number;
  /** How many bytes in all, modulo 2^32; and those that are new, where the other side needs them. */
  readonly written: number;
  readonly bytes: Uint8Array;
  readonly read: number;
  /** Its writing end was closed, its reading end. */
  readonly ended: boolean;
  readonly deaf: boolean;
}

/** The end of a pipe as it goes into a process, with the pipe as it is, or as it has become since it is known there. */
export interface PipeOpening extends PipeNews {
  /** One of `EndSide`. */
  readonly side: number;
  /** What the pipe is known by: the place where it was made, and which it is of those of its name. */
  readonly site: number;
  readonly nth: number;
  readonly capacity: number;
  readonly news: PipeNews | undefined;
}

/** A pipe as the process calls it, by the number of an object, and as whoever made it does. */
export interface PipeNames {
  readonly id: number;
  readonly name: number;
}

/** What a process begins with. */
export interface ProcessStart {
  readonly name: string;
  /** Encoded: its body, and what its `@shared` variables hold. */
  readonly body: Int32Array;
  readonly shared: Int32Array;
  /** The ends of pipes among what it is given. */
  readonly pipes: readonly PipeOpening[];
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
  | {
      readonly type: "begun";
      readonly objects: readonly [number, number, number, number, number];
      readonly pipes: readonly PipeNames[];
    }
  /** Pipes of which it has got ends. */
  | { readonly type: "piped"; readonly pipes: readonly PipeNames[] }
  | { readonly type: "parcel"; readonly parcel: Parcel }
  | { readonly type: "trace"; readonly bytes: Uint8Array }
  /** Where nothing is recorded. */
  | { readonly type: "lines"; readonly lines: readonly OutputLine[] }
  /** None of its threads can move, having sent and been given so many messages. */
  | { readonly type: "idle"; readonly taken: number; readonly given: number }
  /** The last that it says. */
  | { readonly type: "over"; readonly findings: readonly Finding[] };
