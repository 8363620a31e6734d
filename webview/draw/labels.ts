/**
 * Words on bands: the longest form that fits, or none. Strings are made once and kept, so that a picture that only moves
 * makes none.
 */
import type { Spans } from "../../src/trace/timeline/spans.ts";
import type { ObjectKindName } from "../../src/trace/event.ts";
import type { ReadyFor } from "../../src/trace/timeline/readiness.ts";
import type { ChannelLane } from "../model/picture.ts";
import type { CellLane } from "../model/cell-lane.ts";
import { Op, type DisplayList } from "../model/display.ts";
import type { LockLane } from "../model/lock-lane.ts";
import type { ProcessGroup } from "../model/process-group.ts";
import type { StyleId } from "../model/style.ts";
import type { WireLane } from "../model/wire-lane.ts";

export interface Labels {
  /** Width of a text in pixels: `plain` as on a plate, else bold as on a band. */
  measure(text: string, plain: boolean): number;
  /** What a thread's state may be called, the longest first. */
  state(spans: Spans, index: number): readonly string[];
  /** What a task is called, and what it awaits. */
  task(spans: Spans, index: number): readonly string[];
  thread(id: number): readonly string[];
  object(id: number): readonly string[];
  /** Who holds a lock, alone or beside others. */
  holder(lane: LockLane, alone: boolean, thread: number): readonly string[];
  /** Of a label or region: `argument` and `site` as its record has them. */
  text(argument: number, site: number): readonly string[];
  /** What a channel comes to: messages, their time in the queue, the most that were queued. */
  channel(lane: ChannelLane): readonly string[];
  /** How a process ended. */
  process(group: ProcessGroup): readonly string[];
  /** What went through a pipe, a connection or a listener. */
  wire(lane: WireLane): readonly string[];
  /** How many bytes one parcel of it has. */
  parcel(lane: WireLane, index: number): readonly string[];
  /** What a source is ready for. */
  ready(what: ReadyFor, kind: ObjectKindName | undefined): readonly string[];
  /** What a number that goes up and down says. */
  level(lane: CellLane, value: number): readonly string[];
  /** Who does what is done once; `DONE`: it is done. */
  once(thread: number): readonly string[];
  /** What was written. */
  value(value: number): readonly string[];
  duration(time: number): readonly string[];
  /** A moment as precise as the picture is. */
  moment(time: number, pxPerNs: number): readonly string[];
  /** "3 waiting". */
  waiting(count: number): readonly string[];
  /** What a notable event says: a label's text, that it is a panic. */
  mark(event: number): readonly string[];
}

const PADDING = 6;

/** The first of `forms` that fits into `room` is written; -1 if none does, else the width that it takes. */
export function write(
  list: DisplayList,
  labels: Labels,
  style: StyleId,
  plate: boolean,
  left: number,
  middle: number,
  room: number,
  forms: readonly string[],
): number {
  for (const form of forms) {
    const width = labels.measure(form, plate);
    if (width + PADDING * 2 > room) continue;
    list.addText(plate ? Op.plate : Op.text, style, left + PADDING, middle, width, form);
    return width + PADDING * 2;
  }
  return -1;
}
