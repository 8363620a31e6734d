/**
 * What one thread did, worked out from its own records alone. They come in order of time whatever the collector does,
 * so states, holdings and regions need nothing of other threads: a lock is held from the thread's `lock` to its own
 * `unlock` (guards cannot cross), a wait lasts from `block` to the thread's next record. A thread that is given a core
 * tells how long it had waited for one, so that much of what stands before is put right then.
 */
import type { ThreadId } from "../../base/brand.ts";
import { EventKind } from "../event.ts";
import { Numbers } from "./numbers.ts";
import { SpanColumns } from "./spans.ts";

/** What a thread does. Numbers are the `value` of its spans of states. */
export const ThreadState = {
  running: 0,
  /** Held up by another thread that holds a lock: this is what costs. */
  blocked: 1,
  /** Waits for an event: a join, a message, room in a channel, a notification. */
  waiting: 2,
  sleeping: 3,
  /** Waited for the recorder: not the program's own doing. */
  stalled: 4,
  /** Could go on, and waits for a core: where an execution model was played. */
  runnable: 5,
} as const;
export type ThreadState = (typeof ThreadState)[keyof typeof ThreadState];
export const THREAD_STATES = 6;

/** How a thread's life ended, if it did. */
type ThreadEnd = "running" | "returned" | "panicked";

/** Told as it happens, so that objects learn who held and who waited without looking through all threads. */
export interface TrackListener {
  held(lock: number, thread: ThreadId, row: number): void;
  waited(object: number, thread: ThreadId, row: number): void;
}

export class ThreadTrack {
  readonly id: ThreadId;
  /** `value` is a `ThreadState`; `object` what it is blocked on or waits for, `other` the thread that this is up to. */
  readonly states = new SpanColumns();
  /** Locks it held, by start. `value` is this thread, `object` the lock, `site` where it was taken. */
  readonly holdings = new SpanColumns();
  /** `value` is the depth, `object` the index of its text (-1: the site's name). By start. */
  readonly regions = new SpanColumns();
  /** All its records: rows of the trace's columns. */
  readonly events = new Numbers();
  /** Labels, output, panics. */
  readonly notable = new Numbers();
  /** How many tasks have begun in it, and how often one has awaited. */
  tasks = 0;
  /** Of a pool: how many jobs it has begun. */
  jobs = 0;
  awaits = 0;
  /** Who spawned it; -1 for main, and while that is not known. */
  parent = -1;
  began = 0;
  /** When it ended; while it has not, the timeline's `now`. */
  ended = 0;
  outcome: ThreadEnd = "running";

  readonly #listener: TrackListener;
  /** Rows of the holdings that have not ended: a few at most, so that looking through them beats any map. */
  readonly #open: number[] = [];
  readonly #openRegions: number[] = [];
  /** The state it is in, from `#since` on; it is the last row of `states`, kept up to date by `extend`. */
  #state: ThreadState = ThreadState.running;
  #since = 0;

  constructor(id: ThreadId, time: number, listener: TrackListener) {
    this.id = id;
    this.#listener = listener;
    this.began = this.#since = this.ended = time;
    this.states.add(time, time, ThreadState.running, 0, -1, 0, -1);
  }

  /** Makes room for so many more of each. */
  reserve(room: {
    readonly events: number;
    readonly states: number;
    readonly holdings: number;
    readonly regions: number;
  }): void {
    this.events.reserve(room.events);
    this.states.reserve(room.states);
    this.holdings.reserve(room.holdings);
    this.regions.reserve(room.regions);
  }

  /** Rows of `holdings` that have not ended. */
  get openHoldings(): readonly number[] {
    return this.#open;
  }

  /** Takes in its next record. `time` may be less than the last one's in a damaged trace only; then it counts as that. */
  take(
    row: number,
    time: number,
    kind: number,
    object: number,
    version: number,
    argument: number,
    site: number,
  ): void {
    this.events.push(row);
    if (this.outcome !== "running") return;
    switch (kind) {
      case EventKind.block:
        // What sort of wait it is depends on the object, whose `create` may still be on its way: the timeline settles it.
        this.#change(time, ThreadState.waiting, object, argument, site, row);
        this.#listener.waited(object, this.id, this.states.count - 1);
        return;
      case EventKind.sleep:
        this.#change(time, ThreadState.sleeping, 0, -1, site, row);
        return;
      case EventKind.stall:
        this.#change(time, ThreadState.stalled, 0, -1, 0, row);
        this.#change(
          this.#since + Math.max(0, argument) * 1000,
          ThreadState.running,
          0,
          -1,
          0,
          row,
        );
        return;
      case EventKind.onCore:
        this.#placed(time, version, row);
        return;
      case EventKind.offCore:
        this.#change(time, ThreadState.runnable, 0, -1, 0, row);
        return;
      case EventKind.threadStart:
        this.parent = argument;
        break;
      case EventKind.threadEnd:
        this.#end(time, argument === 1 ? "panicked" : "returned");
        return;
      case EventKind.lock:
        if (argument === 0) this.#hold(time, object, site, row);
        break;
      case EventKind.readLock:
      case EventKind.writeLock:
        if (argument === 0) this.#holdToo(time, object, site, row);
        break;
      case EventKind.unlock:
      case EventKind.readUnlock:
      case EventKind.writeUnlock:
        this.#release(time, object);
        break;
      case EventKind.conditionWait:
        this.#release(time, argument);
        break;
      case EventKind.regionBegin:
        this.#openRegions.push(
          this.regions.add(time, time, this.#openRegions.length, argument, -1, site, row),
        );
        break;
      case EventKind.regionEnd: {
        const region = this.#openRegions.pop();
        if (region !== undefined) this.regions.end[region] = time;
        break;
      }
      case EventKind.taskBegin:
        this.tasks++;
        break;
      case EventKind.jobStart:
        this.jobs++;
        break;
      case EventKind.taskAwait:
        this.awaits++;
        break;
      case EventKind.label:
      case EventKind.output:
      case EventKind.panic:
        this.notable.push(row);
        break;
    }
    if (this.#state !== ThreadState.running) this.#change(time, ThreadState.running, 0, -1, 0, row);
  }

  /** Lets everything that is still open last until `now`. */
  extend(now: number): void {
    if (this.outcome === "running") {
      this.ended = Math.max(now, this.#since);
      this.states.end[this.states.count - 1] = this.ended;
    }
    // A thread that ended with a lock leaves it locked.
    for (const row of this.#open) this.holdings.end[row] = now;
    for (const row of this.#openRegions) this.regions.end[row] = this.ended;
  }

  /** It has a core, for which it had waited so long. */
  #placed(time: number, waited: number, row: number): void {
    if (waited > 0 && this.#state !== ThreadState.runnable) {
      const from = time - waited;
      if (this.events.count === 1) this.#beginAt(from);
      else this.#backTo(from);
      this.#change(from, ThreadState.runnable, 0, -1, 0, row);
    }
    if (this.#state === ThreadState.runnable && this.#since === time) this.#stayed();
    if (this.#state !== ThreadState.running) this.#change(time, ThreadState.running, 0, -1, 0, row);
  }

  /** It went from one core to another without waiting: it ran on. */
  #stayed(): void {
    const { states } = this;
    const before = states.count - 2;
    if (before < 0 || states.value[before] !== ThreadState.running) return;
    states.count--;
    this.#state = ThreadState.running;
    this.#since = states.start[before];
  }

  /** Before anything was known of it: its first record is that it was given a core. */
  #beginAt(time: number): void {
    this.began = this.#since = this.states.start[0] = time;
  }

  /** What it recorded since, others did for it (they completed its operation): it was not running by itself. */
  #backTo(time: number): void {
    const { start, value } = this.states;
    let last = this.states.count - 1;
    while (last > 0 && value[last] === ThreadState.running && start[last] >= time) last--;
    this.states.count = last + 1;
    this.#state = value[last] as ThreadState;
    this.#since = start[last];
  }

  #change(
    at: number,
    state: ThreadState,
    object: number,
    other: number,
    site: number,
    event: number,
  ): void {
    const { states } = this;
    const time = Math.max(at, this.#since);
    const last = states.count - 1;
    // Running for no time at all is between two records of one moment: not worth a span.
    if (this.#state === ThreadState.running && time === this.#since) states.count = last;
    else states.end[last] = time;
    states.add(time, time, state, object, other, site, event);
    this.#state = state;
    this.#since = time;
  }

  #end(time: number, outcome: ThreadEnd): void {
    this.outcome = outcome;
    this.ended = Math.max(time, this.#since);
    this.states.end[this.states.count - 1] = this.ended;
    for (const row of this.#openRegions) this.regions.end[row] = this.ended;
    this.#openRegions.length = 0;
  }

  #hold(time: number, lock: number, site: number, event: number): void {
    this.#release(time, lock); // Never happens but in a damaged trace: a mutex is not taken twice.
    this.#holdToo(time, lock, site, event);
  }

  /** Beside what it holds of the same lock: a reader may read again. */
  #holdToo(time: number, lock: number, site: number, event: number): void {
    const row = this.holdings.add(time, time, this.id, lock, -1, site, event);
    this.#open.push(row);
    this.#listener.held(lock, this.id, row);
  }

  #release(time: number, lock: number): void {
    const { object, start, end } = this.holdings;
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const row = this.#open[at];
      if (object[row] !== lock) continue;
      end[row] = Math.max(time, start[row]);
      this.#open.splice(at, 1);
      return;
    }
  }
}
