/**
 * Where tasks of a real thread stand: in the event loop of its worker, among whatever Node and packages have there. Jobs are
 * performed in one microtask of the language's, timers wait in one timer of Node's, in the order of their deadlines.
 */
import { performance } from "node:perf_hooks";
import { here } from "../../std/activation.ts";
import { installTasks } from "../../std/tasks/globals.ts";
import { installTaskHost, type TaskHost } from "../../std/tasks/host.ts";
import { checkRejections, fireDue, performJobs } from "../../std/tasks/loop.ts";

// Node's own, before programs find ours under these names.
const { queueMicrotask, setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);
const nextTick = process.nextTick.bind(process);

class EventLoop implements TaskHost {
  readonly #where: () => number;
  #armed: NodeJS.Timeout | undefined;
  readonly #perform = (): void => {
    performJobs();
    // Promises of others may have jobs left that look at it.
    if (here.tasks.rejected.size > 0) nextTick(checkRejections);
  };
  readonly #fire = (): void => {
    this.#armed = undefined;
    try {
      while (fireDue()) performJobs();
    } finally {
      if (here.tasks.rejected.size > 0) nextTick(checkRejections);
      this.timersChanged();
    }
  };

  constructor(where: () => number) {
    this.#where = where;
  }

  get site(): number {
    return this.#where();
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
    this.#armed = setTimeout(this.#fire, Math.max(1, Math.ceil(timers.first.deadline - now())));
    if (!timers.keepsAlive) this.#armed.unref();
  }
}

/** Has programs of this thread find promises and timers of ours. `where`: the place of what the thread does. */
export function installEventLoop(target: object, where: () => number): void {
  installTaskHost(new EventLoop(where));
  installTasks(target);
}
