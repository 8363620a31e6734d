/**
 * What the timeline draws of a run: its lanes, each with the columns that `Timeline` worked out and what drawing adds to
 * them (densities, rows, colours). A picture is of one moment: when a timeline has advanced, another one is made.
 *
 * Nothing is worked out before it is needed: of a run with sixty locks the first paint shows ten lanes.
 */
import type { Nanoseconds, ObjectId, ThreadId } from "../../src/base/brand.ts";
import type { Columns } from "../../src/trace/columns.ts";
import type { CoreTrack } from "../../src/trace/timeline/core-track.ts";
import type { Messages } from "../../src/trace/timeline/messages.ts";
import type { ObjectTrack } from "../../src/trace/timeline/object-track.ts";
import { queueDepth } from "../../src/trace/timeline/steps.ts";
import { ThreadState, type ThreadTrack } from "../../src/trace/timeline/thread-track.ts";
import type { Timeline } from "../../src/trace/timeline/timeline.ts";
import { CellLane } from "./cell-lane.ts";
import { asOne, byState, densityOf, type Density } from "./density.ts";
import { lazily } from "./lazily.ts";
import { LockLane } from "./lock-lane.ts";
import type { Marks } from "./marks.ts";
import { medianQueued } from "./median-queued.ts";
import { type ProcessGroup, processGroups } from "./process-group.ts";
import { holdingRows, regionRows } from "./rows.ts";
import type { Run } from "./scale.ts";
import { SourceLane } from "./source-lane.ts";
import { stepsOf, type Steps } from "./steps.ts";
import { tasksOf, type Tasks } from "./task-rows.ts";
import { WireLane } from "./wire-lane.ts";

export type Lane =
  CoreLane | ThreadLane | LockLane | ChannelLane | WireLane | SourceLane | CellLane;

/** From so many wires, or sources, on they are drawn low. */
const DENSE_FROM = 7;

export class Picture {
  readonly timeline: Timeline;
  readonly events: Columns;
  /**
   * From the first thread's start, rather than the run's: making the runner ready takes longer than many a program.
   */
  readonly extent: Run;
  /** Whether all that has come of the run is in it; what is said of a run waits for that. */
  readonly isWhole: boolean;
  /** Of a run that played an execution model; the workers that carried green threads. */
  readonly cores: readonly CoreLane[];
  /** Whether these are threads of the system. */
  readonly areWorkers: boolean;
  /** Those of processes, too. */
  readonly threads: readonly ThreadLane[];
  /** Those that the program has started. */
  readonly processes: readonly ProcessGroup<ThreadLane, ChannelLane>[];
  /** And semaphores. */
  readonly locks: readonly LockLane[];
  /** But for those by which processes talk. */
  readonly channels: readonly ChannelLane[];
  /** Pipes, directions of connections, listeners. */
  readonly wires: readonly WireLane[];
  /** Those of them that were polled. */
  readonly sources: readonly SourceLane[];
  readonly cells: readonly CellLane[];
  readonly #lockOrders: ReadonlyMap<number, number>;
  readonly #parallelism = lazily(() => {
    const { time, value, count } = this.timeline.threadsIn(ThreadState.running);
    return stepsOf(time, value, count);
  });

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.events = timeline.trace.events;
    this.isWhole = timeline.isUpToDate;
    const began = timeline.threads.reduce((first, one) => Math.min(first, one.began), timeline.now);
    this.extent = {
      start: began as Nanoseconds,
      end: timeline.horizon as Nanoseconds,
      clock: timeline.trace.clock,
    };
    this.areWorkers = timeline.trace.head?.engine === "native";
    this.cores = timeline.cores.map((track) => new CoreLane(track));
    this.threads = timeline.threads.map((track) => new ThreadLane(this, track));
    this.processes = processGroups(
      timeline,
      this.threads,
      (...line) => new ChannelLane(this, ...line),
    );
    const locks = [...timeline.locks, ...timeline.objectsOf("semaphore")];
    this.#lockOrders = new Map(locks.map((lock, order) => [lock.id, order]));
    this.locks = locks
      .map((lock, order) => new LockLane(timeline, this.events, lock, order))
      .filter((lane) => lane.track.operations > 0);
    const lines = new Set(
      [...timeline.trace.processes.values()].flatMap(({ down, up }) => [down, up]),
    );
    this.channels = timeline.channels
      .filter(({ id, operations }) => operations > 0 && !lines.has(id))
      .map((channel) => new ChannelLane(this, channel));
    const wires = timeline.wires.filter(({ stream }) => stream !== undefined);
    this.wires = wires.map((wire) => new WireLane(timeline, wire, wires.length >= DENSE_FROM));
    const polled = wires.filter((wire) => wire.polled);
    this.sources = polled.map(
      (wire) => new SourceLane(timeline, this.events, wire, polled.length >= DENSE_FROM),
    );
    this.cells = (
      [
        "cell",
        "atomic",
        "atomicref",
        "condvar",
        "notify",
        "barrier",
        "latch",
        "waitgroup",
        "once",
        "pool",
        "threadlocal",
        "map",
        "queue",
        "stack",
        "counter",
      ] as const
    )
      .flatMap((kind) => timeline.objectsOf(kind))
      .filter((cell) => cell.operations > 0)
      .map((cell) => new CellLane(timeline, this.events, cell));
  }

  /** How many threads ran at once. O(n log n) when first asked for. */
  get parallelism(): Steps {
    return this.#parallelism();
  }

  /** A lock's place in order of creation, by which it has its colour; 0 for what is none. */
  lockOrder(object: number): number {
    return this.#lockOrders.get(object) ?? 0;
  }

  thread(id: number): ThreadLane | undefined {
    return this.threads.find((lane) => lane.id === id);
  }
}

/** One core of an execution model: who was on it when. */
export class CoreLane {
  readonly kind = "core";
  readonly id: number;
  /** What a filter calls it. */
  readonly name: string;
  readonly track: CoreTrack;
  readonly #stays: () => Density;
  readonly #busy: () => number;

  constructor(track: CoreTrack) {
    this.id = track.id;
    this.name = String(track.id);
    this.track = track;
    this.#stays = lazily(() => densityOf(track.spans, asOne));
    this.#busy = lazily(() => {
      const { start, end, count } = track.spans;
      let sum = 0;
      for (let row = 0; row < count; row++) sum += end[row] - start[row];
      return sum;
    });
  }

  /** Who was on it: `value` is the thread. */
  get stays(): Density {
    return this.#stays();
  }

  /** For how long somebody was. */
  get busy(): number {
    return this.#busy();
  }
}

export class ThreadLane {
  readonly kind = "thread";
  readonly id: ThreadId;
  readonly name: string;
  readonly track: ThreadTrack;
  /** The number of its process, undefined for the program's own. */
  readonly process: number | undefined;
  /** Everything it recorded. */
  readonly marks: Marks;
  /** What is always worth showing: labels, output, panics. */
  readonly notable: Marks;
  readonly #states: () => Density;
  readonly #holds: () => readonly Density[];
  readonly #regions: () => readonly Density[];
  readonly #tasks: () => Tasks;
  readonly #taskRows: () => readonly Density[];

  constructor({ timeline, events }: Picture, track: ThreadTrack) {
    this.id = track.id;
    this.name = timeline.trace.threadName(track.id);
    this.process = timeline.trace.threads.get(track.id)?.process;
    this.track = track;
    this.marks = { events, rows: track.events.at, count: track.events.count };
    this.notable = { events, rows: track.notable.at, count: track.notable.count };
    this.#states = lazily(() => densityOf(track.states, byState));
    this.#holds = lazily(() => holdingRows(track.holdings).map((row) => densityOf(row, asOne)));
    this.#regions = lazily(() => regionRows(track.regions).map((row) => densityOf(row, asOne)));
    // Most threads have none: their records are not looked through.
    const records = track.tasks + track.jobs > 0 ? this.marks : { ...this.marks, count: 0 };
    this.#tasks = lazily(() => tasksOf(records, track.ended));
    this.#taskRows = lazily(() => this.tasks.rows.map((row) => densityOf(row, byState)));
  }

  /** What it did; `value` is a `ThreadState`. */
  get states(): Density {
    return this.#states();
  }

  /** Locks that it held, in rows, since holdings nest and overlap; `object` is the lock. */
  get holds(): readonly Density[] {
    return this.#holds();
  }

  /** Regions, the outermost in the first row; `object` and `site` give the text. */
  get regions(): readonly Density[] {
    return this.#regions();
  }

  /** Calls of async functions on it. */
  get tasks(): Tasks {
    return this.#tasks();
  }

  /** Those that are drawn; `value` is a `ThreadState`. */
  get taskRows(): readonly Density[] {
    return this.#taskRows();
  }
}

export class ChannelLane {
  readonly kind = "channel";
  readonly id: ObjectId;
  readonly name: string;
  readonly track: ObjectTrack;
  readonly #messages: () => Messages;
  readonly #depth: () => Steps;
  /** It is the way to a process, or from it. */
  readonly line: "down" | "up" | undefined;
  readonly #median: () => number;

  /** `name`: of the process, where it is such a way. */
  constructor({ timeline }: Picture, track: ObjectTrack, line?: "down" | "up", name?: string) {
    this.id = track.id;
    this.line = line;
    this.name = name ?? timeline.nameOf(track.id);
    this.track = track;
    this.#messages = lazily(() => timeline.messages(track.id));
    this.#depth = lazily(() => {
      const { time, value, count } = queueDepth(this.messages);
      return stepsOf(time, value, count);
    });
    this.#median = lazily(() => medianQueued(this.messages));
  }

  /** In the order in which they were sent. */
  get messages(): Messages {
    return this.#messages();
  }

  /** How many were queued. */
  get depth(): Steps {
    return this.#depth();
  }

  /** How long a message was queued, at the median of those that were received. */
  get medianQueuedNs(): number {
    return this.#median();
  }
}
