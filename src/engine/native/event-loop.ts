/**
 * Where tasks of a real thread stand: in the event loop of its worker, among whatever Node and packages have there. Jobs are
 * performed in one microtask of the language's, timers wait in one timer of Node's, in the order of their deadlines.
 */
import type { Milliseconds } from "../../base/brand.ts";
import { here } from "../../std/activation.ts";
import { installTasks } from "../../std/tasks/globals.ts";
import { installTaskHost, type TaskHost } from "../../std/tasks/host.ts";
import { awaitAny } from "../../std/tasks/awaiting.ts";
import { checkRejections, performJobs } from "../../std/tasks/loop.ts";
import { realNow } from "./real-world.ts";

// Node's own, before programs find ours under these names.
const { queueMicrotask, setTimeout, clearTimeout, setImmediate } = globalThis;
const nextTick = process.nextTick.bind(process);

/** How long it waits for an object while it also waits for promises of Node's or of a package's, which settle in Node's own loop. */
const SLICE_MS = 5;

/** The thread whose loop it is. */
export interface LoopThread {
  /** The place of what it does. */
  site: number;
  /** Nanoseconds since the run began. */
  now(): number;
  /** How often it has blocked so far. */
  readonly blocks: number;
  /** Milliseconds, where a scheduler decides who goes on. */
  readonly virtualMs: number | undefined;
  /** Stops the thread for so long: in a controlled run a step, as any other. */
  sleep(duration: Milliseconds): void;
  /** It has waited for a timer that was set at `site`, with nothing else to do since `since`. */
  waited(since: number, site: number): void;
}

class EventLoop implements TaskHost {
  readonly #thread: LoopThread;
  /** When it had nothing to do last. */
  #idleSince = 0;
  #armed: NodeJS.Timeout | undefined;
  /** Milliseconds. */
  #now = realNow();
  /** How often the thread had blocked when it was looked at the clock. */
  #blocks = 0;
  /** Code of the thread runs, as far as is known: its body, a job, a timer's callback. */
  #busy = true;

  constructor(thread: LoopThread) {
    this.#thread = thread;
    // When the thread's body has been run up to where it awaits.
    queueMicrotask(() => {
      this.#busy = false;
    });
  }

  /** `#awaitObjects` will be called. */
  #awaits = false;
  /** Promises of others that have yet to settle. */
  #foreign = 0;

  readonly #perform = (): void => {
    this.#busy = true;
    performJobs();
    this.#busy = false;
    this.#idleSince = this.#thread.now();
    // Promises of others may have jobs left that look at it.
    if (here.tasks.rejected.size > 0) nextTick(checkRejections);
  };
  readonly #fire = (): void => {
    this.#armed = undefined;
    this.#busy = true;
    try {
      if (this.#thread.virtualMs !== undefined) return this.#fireControlled();
      const { timers } = here.tasks;
      for (let first = timers.first; first !== undefined; first = timers.first) {
        if (first.deadline > realNow()) break;
        this.#thread.waited(this.#idleSince, first.site);
        this.#now = Math.max(this.now(), first.deadline);
        first.fire();
        performJobs();
        this.#idleSince = this.#thread.now();
      }
    } finally {
      this.#busy = false;
      if (here.tasks.rejected.size > 0) nextTick(checkRejections);
      this.timersChanged();
    }
  };

  /** One timer, for which the thread stands before its scheduler; what Node has to do comes between two. */
  #fireControlled(): void {
    const { first } = here.tasks.timers;
    if (first === undefined) return;
    this.#thread.site = first.site;
    this.#thread.sleep(Math.max(0, first.deadline - this.now()) as Milliseconds);
    first.fire();
    performJobs();
  }

  get site(): number {
    return this.#thread.site;
  }

  /**
   * The thread's own clock: it stands while code runs, and is a timer's deadline in that timer's callback. So what comes first
   * of two timers depends on what the program asks for, not on how busy the machine is; as on the model engine.
   */
  now(): number {
    const { virtualMs, blocks } = this.#thread;
    if (virtualMs !== undefined) return virtualMs;
    if (!this.#busy || blocks !== this.#blocks) this.#catchUp();
    return this.#now;
  }

  /** Time has passed in which the thread had nothing to do, or was blocked. */
  #catchUp(): void {
    this.#blocks = this.#thread.blocks;
    this.#now = Math.max(this.#now, realNow());
  }

  wake(): void {
    if (!this.#busy) this.#catchUp();
    queueMicrotask(this.#perform);
  }

  awaitsForeign(promise: Promise<unknown>): void {
    // It settles in the same event loop, which must come round for that.
    const settled = (): void => {
      this.#foreign--;
    };
    this.#foreign++;
    promise.then(settled, settled);
  }

  awaitsObject(): void {
    if (this.#awaits) return;
    this.#awaits = true;
    clearTimeout(this.#armed);
    this.#armed = undefined;
    setImmediate(this.#awaitObjects);
  }

  /** With nothing else to do: blocks until an object lets one of its tasks go on, or its next timer is due. */
  readonly #awaitObjects = (): void => {
    this.#awaits = false;
    const { tasks } = here;
    this.#busy = true;
    performJobs();
    if (tasks.awaiting.size > 0) {
      const next = tasks.timers.keepsAlive ? tasks.timers.first : undefined;
      const left = next === undefined ? Infinity : Math.max(0, next.deadline - this.now());
      const slice = this.#foreign > 0 && left > SLICE_MS;
      const came = awaitAny((slice ? SLICE_MS : left) as Milliseconds);
      if (!came && !slice) next!.fire();
      performJobs();
    }
    this.#busy = false;
    this.#idleSince = this.#thread.now();
    if (tasks.rejected.size > 0) nextTick(checkRejections);
    if (tasks.awaiting.size > 0) this.awaitsObject();
    else this.timersChanged();
  };

  timersChanged(): void {
    clearTimeout(this.#armed);
    this.#armed = undefined;
    const { timers, awaiting } = here.tasks;
    // With objects to wait for, it waits for the timer with them.
    if (timers.first === undefined || awaiting.size > 0) return;
    this.#idleSince = this.#thread.now();
    const isFree = this.#thread.virtualMs === undefined;
    const left = isFree ? Math.ceil(timers.first.deadline - realNow()) : 0;
    this.#armed = setTimeout(this.#fire, Math.max(1, left));
    if (!timers.keepsAlive) this.#armed.unref();
  }
}

/** Has programs of this thread find promises and timers of ours. */
export function installEventLoop(target: object, thread: LoopThread): void {
  installTaskHost(new EventLoop(thread));
  installTasks(target);
}
