/**
 * The processes of a run, each a group of lanes: what it was sent and sends, and its threads. Beneath whoever has started it, so
 * that the order on the page is that of the tree.
 */
import { processEnds, type ProcessEnd } from "../../src/trace/timeline/process-ends.ts";
import type { ProcessRow } from "../../src/trace/tables.ts";
import type { ObjectTrack } from "../../src/trace/timeline/object-track.ts";
import type { ThreadTrack } from "../../src/trace/timeline/thread-track.ts";
import type { Timeline } from "../../src/trace/timeline/timeline.ts";
import type { ThreadId } from "../../src/base/brand.ts";

/** What is needed of the lanes, which are the picture's. */
export interface ThreadOf {
  readonly id: ThreadId;
  readonly process: number | undefined;
  readonly track: ThreadTrack;
}
export interface LineOf {
  readonly messages: { readonly count: number };
}

export interface ProcessGroup<Thread extends ThreadOf = ThreadOf, Line extends LineOf = LineOf> {
  readonly id: number;
  readonly name: string;
  readonly pid: number;
  /** How many processes are around it. */
  readonly depth: number;
  readonly end: ProcessEnd;
  /** Its main thread first, then as they began. */
  readonly threads: readonly Thread[];
  /** Messages to it and from it, where there were any. */
  readonly lines: readonly Line[];
  /** Since the run began, until the last of its threads had ended. */
  readonly began: number;
  readonly ended: number;
}

/** `lineOf`: the lane of the way to a process of this name, or from it. */
export function processGroups<Thread extends ThreadOf, Line extends LineOf>(
  timeline: Timeline,
  threads: readonly Thread[],
  lineOf: (track: ObjectTrack, line: "down" | "up", name: string) => Line,
): readonly ProcessGroup<Thread, Line>[] {
  const { trace } = timeline;
  if (trace.processes.size === 0) return [];
  const ends = processEnds(trace);
  const rows = [...trace.processes.values()];
  const linesOf = ({ name, down, up }: ProcessRow): Line[] =>
    [down, up].flatMap((object) => {
      const track = timeline.channels.find((channel) => channel.id === object);
      if (track === undefined) return [];
      const lane = lineOf(track, object === down ? "down" : "up", name);
      return lane.messages.count === 0 ? [] : [lane];
    });
  const groupOf = (row: ProcessRow, depth: number): ProcessGroup<Thread, Line> => {
    const { id, name, pid } = row;
    const own = threads
      .filter((lane) => lane.process === id)
      .toSorted((one, other) => rank(one, row) - rank(other, row));
    const began = Math.min(timeline.now, ...own.map(({ track }) => track.began));
    const ended = Math.max(began, ...own.map(({ track }) => track.ended));
    const end = ends.get(id)!;
    return { ...{ id, name, pid, depth, end, began, ended }, threads: own, lines: linesOf(row) };
  };
  const beneath = (parent: number | undefined, depth: number): ProcessGroup<Thread, Line>[] =>
    rows
      .filter((row) => row.parent === parent)
      .flatMap((row) => [groupOf(row, depth), ...beneath(row.id, depth + 1)]);
  return beneath(undefined, 0);
}

function rank({ id, track }: ThreadOf, { thread }: ProcessRow): number {
  return id === thread ? -1 : track.began;
}
