/**
 * Where tasks of a real thread stand: in the event loop of its worker, among whatever Node and packages have there. Jobs are
 * performed in one microtask of the language's, timers wait in one timer of Node's, in the order of their deadlines.
 */
import { performance } from "node:perf_hooks";
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
  readonly site: number;
  /** Nanoseconds since the run began. */
  now(): number;
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

  constructor(thread: LoopThread) {
    this.#thread = thread;
  }

  get site(): number {
    return this.#thread.site;
  }

  now(): number {
    return now();
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
    this.#armed = setTimeout(this.#fire, Math.max(1, Math.ceil(timers.first.deadline - now())));
    if (!timers.keepsAlive) this.#armed.unref();
  }
}

/** Has programs of this thread find promises and timers of ours. */
export function installEventLoop(target: object, thread: LoopThread): void {
  installTaskHost(new EventLoop(thread));
  installTasks(target);
}
