/**
 * What a trace has of inputs, so that each thread of a replay finds its own: threads are known again by who started them and
 * as which child, as their numbers are given in whatever order they happen to start.
 */
import type { ThreadId } from "../../base/brand.ts";
import { EventKind } from "../../trace/event.ts";
import type { Facts } from "../../trace/tables.ts";
import type { Trace } from "../../trace/trace.ts";

/** Plain data: it goes to workers. */
export interface RecordedInputs {
  readonly facts: Facts;
  /** By thread of the trace: the threads that it started, in order. */
  readonly children: readonly (readonly ThreadId[])[];
  /** By thread of the trace: its whole stream. */
  readonly streams: readonly Uint8Array[];
  /** By thread of the trace that began a process: that process's number in its system. */
  readonly pids: readonly number[];
}

/** Undefined for a trace that holds no inputs. */
export function recordedInputs({
  facts,
  inputs,
  events,
  processes,
}: Trace): RecordedInputs | undefined {
  if (facts === undefined) return undefined;
  const children: ThreadId[][] = [];
  for (let index = 0; index < events.count; index++) {
    const thread = events.thread[index];
    if (events.kind[index] !== EventKind.spawn) continue;
    (children[thread] ??= []).push(events.argument[index] as ThreadId);
  }
  const streams: Uint8Array[] = [];
  for (const [thread, pieces] of inputs) streams[thread] = joined(pieces);
  const pids: number[] = [];
  for (const { thread, pid } of processes.values()) pids[thread] = pid;
  return { facts, children, streams, pids };
}

/** In shared memory where there is some, as each worker of a native run is given all of them. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const shares = typeof SharedArrayBuffer === "function";
  const whole = new Uint8Array(shares ? new SharedArrayBuffer(length) : new ArrayBuffer(length));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Who in the trace the child `nth` of `parent` is; -1 for nobody. */
export function roleOfChild(
  recorded: RecordedInputs | undefined,
  parent: ThreadId | -1,
  nth: number,
): ThreadId | -1 {
  return (parent === -1 ? undefined : recorded?.children[parent]?.[nth]) ?? -1;
}
