/**
 * Where tasks of a real thread stand: in the event loop of its worker, among whatever Node and packages have there. Jobs are
 * performed in one microtask of the language's, timers wait in one timer of Node's, in the order of their deadlines.
 */
import { performance } from "node:perf_hooks";
import type { Milliseconds } from "../../base/brand.ts";
import { here } from "../../std/activation.ts";
import { installTasks } from "../../std/tasks/globals.ts";
import { installTaskHost, type TaskHost } from "../../std/tasks/host.ts";
import { checkRejections, dueTimer, performJobs } from "../../std/tasks/loop.ts";

// Node's own, before programs find ours under these names.
const { queueMicrotask, setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);
const nextTick = process.nextTick.bind(process);

/** The thread whose loop it is. */
export interface LoopThread {
  /** The place of what it does. */
  site: number;
  /** Nanoseconds since the run began. */
  now(): number;
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
  readonly #perform = (): void => {
    performJobs();
    this.#idleSince = this.#thread.now();
    // Promises of others may have jobs left that look at it.
    if (here.tasks.rejected.size > 0) nextTick(checkRejections);
  };
  readonly #fire = (): void => {
    this.#armed = undefined;
    try {
      if (this.#thread.virtualMs !== undefined) return this.#fireControlled();
      for (let timer = dueTimer(); timer !== undefined; timer = dueTimer()) {
        this.#thread.waited(this.#idleSince, timer.site);
        timer.fire();
        performJobs();
        this.#idleSince = this.#thread.now();
      }
    } finally {
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

  constructor(thread: LoopThread) {
    this.#thread = thread;
  }

  get site(): number {
    return this.#thread.site;
  }

  now(): number {
    return this.#thread.virtualMs ?? now();
  }

  wake(): void {
    queueMicrotask(this.#perform);
  }

  awaitsForeign(): void {
    // It settles in the same event loop.
  }

  timersChanged(): void {
    clearTimeout(this.#armed);
    this.#armed = undefined;
    const { timers } = here.tasks;
    if (timers.first === undefined) return;
    this.#idleSince = this.#thread.now();
    const isFree = this.#thread.virtualMs === undefined;
    const left = isFree ? Math.ceil(timers.first.deadline - now()) : 0;
    this.#armed = setTimeout(this.#fire, Math.max(1, left));
    if (!timers.keepsAlive) this.#armed.unref();
  }
}

/** Has programs of this thread find promises and timers of ours. */
export function installEventLoop(target: object, thread: LoopThread): void {
  installTaskHost(new EventLoop(thread));
  installTasks(target);
}
