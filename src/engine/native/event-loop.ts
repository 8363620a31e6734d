/**
 * Where tasks of a real thread stand: in the event loop of its worker, among whatever Node and packages have there. Jobs are
 * performed in one microtask of the language's, timers wait in one timer of Node's, in the order of their deadlines. What goes
 * first of a timer, a callback of `setImmediate` and an awaited object is `std/tasks/loop.ts`'s to say: on the model it is the same.
 */
import type { Milliseconds } from "../../base/brand.ts";
import { here } from "../../std/activation.ts";
import { FOREVER } from "../../std/end.ts";
import { installTasks } from "../../std/tasks/globals.ts";
import { installTaskHost, type TaskHost } from "../../std/tasks/host.ts";
import { awaitAny } from "../../std/tasks/awaiting.ts";
import {
  call,
  checkRejections,
  fireImmediate,
  nextTimer,
  performJobs,
  timeOfCallback,
} from "../../std/tasks/loop.ts";
import type { Timer } from "../../std/tasks/timer-queue.ts";
import type { World } from "../outside/world.ts";
import { realNow } from "./real-world.ts";

// Node's own, before programs find ours under these names.
const { queueMicrotask, setTimeout, clearTimeout, setImmediate } = globalThis;
const nextTick = process.nextTick.bind(process);

/** How long it waits for an object while it also waits for promises of Node's or of a package's, which settle in Node's own loop. */
const SLICE_MS = 5 as Milliseconds;

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
  /** Who answers what time it is, where answers are recorded. */
  readonly #world: World | undefined;
  /** When it had nothing to do last. */
  #idleSince = 0;
  #armed: NodeJS.Timeout | undefined;
  /** Milliseconds. */
  #now = realNow();
  /** How often the thread had blocked when it was looked at the clock. */
  #blocks = 0;
  /** Code of the thread runs, as far as is known: its body, a job, a timer's callback. */
  #busy = true;

  constructor(thread: LoopThread, world: World | undefined) {
    this.#thread = thread;
    this.#world = world;
    // When the thread's body has been run up to where it awaits.
    queueMicrotask(() => {
      this.#busy = false;
    });
  }

  /** `#turn` will be called. */
  #turns = false;
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
      const isFree = this.#thread.virtualMs === undefined;
      const { timers } = here.tasks;
      // One timer of a controlled run, for which the thread stands before its scheduler: what Node has to do comes between two.
      for (let left = isFree ? Infinity : 1; left > 0; left--) {
        const { first } = timers;
        if (first === undefined || this.#hasTurns || (isFree && first.deadline > realNow())) break;
        this.#fireTimer(first);
      }
    } finally {
      this.#busy = false;
      if (here.tasks.rejected.size > 0) nextTick(checkRejections);
      this.timersChanged();
    }
  };

  #fireTimer(timer: Timer): void {
    if (this.#thread.virtualMs === undefined) {
      this.#thread.waited(this.#idleSince, timer.site);
      this.#now = Math.max(this.#own(), timer.deadline);
    } else {
      this.#thread.site = timer.site;
      this.#thread.sleep(this.until(timer.deadline));
    }
    call(timer);
    performJobs();
    this.#idleSince = this.#thread.now();
  }

  /** Something has its turn beside timers. */
  get #hasTurns(): boolean {
    const { awaiting, immediates } = here.tasks;
    return awaiting.size + immediates.size > 0;
  }

  get site(): number {
    return this.#thread.site;
  }

  /**
   * The thread's own clock: it stands while code runs, and is a timer's deadline in that timer's callback. So what comes first
   * of two timers depends on what the program asks for, not on how busy the machine is; as on the model engine.
   */
  now(): number {
    return this.#world === undefined ? this.#own() : this.#world.timers(this.#ask) / 1e6;
  }

  readonly #ask = (): number => Math.round(this.#own() * 1e6);

  until(deadline: number): Milliseconds {
    return Math.max(0, deadline - this.#own()) as Milliseconds;
  }

  #own(): number {
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

  awaitsTurn(): void {
    if (this.#turns) return;
    this.#turns = true;
    clearTimeout(this.#armed);
    this.#armed = undefined;
    setImmediate(this.#turn);
  }

  /** A callback of `setImmediate`; with nothing else to do, blocks until an object lets one of its tasks go on, or its next timer is due. */
  readonly #turn = (): void => {
    this.#turns = false;
    const { tasks } = here;
    this.#busy = true;
    performJobs();
    if (fireImmediate()) {
      // While callbacks come one after the other, the thread is never without something to do: yet time passes.
      this.#catchUp();
      const takes = this.#thread.virtualMs === undefined ? undefined : timeOfCallback();
      if (takes !== undefined) this.#thread.sleep(takes);
    } else {
      const next = nextTimer();
      if (tasks.awaiting.size > 0) this.#awaitObject(next);
      else if (tasks.immediates.size > 0) this.#fireTimer(next!);
    }
    performJobs();
    this.#busy = false;
    this.#idleSince = this.#thread.now();
    if (tasks.rejected.size > 0) nextTick(checkRejections);
    if (this.#hasTurns) this.awaitsTurn();
    else this.timersChanged();
  };

  #awaitObject(next: Timer | undefined): void {
    const left = next === undefined ? FOREVER : this.until(next.deadline);
    const slice = this.#foreign > 0 && left > SLICE_MS;
    const came = awaitAny(slice ? SLICE_MS : left);
    if (!came && !slice) call(next!);
  }

  timersChanged(): void {
    clearTimeout(this.#armed);
    this.#armed = undefined;
    const { timers } = here.tasks;
    // With objects to wait for, it waits for the timer with them; who calls back at once looks at the timers, too.
    if (timers.first === undefined || this.#hasTurns) return;
    this.#idleSince = this.#thread.now();
    const isFree = this.#thread.virtualMs === undefined;
    const left = isFree ? Math.ceil(timers.first.deadline - realNow()) : 0;
    this.#armed = setTimeout(this.#fire, Math.max(1, left));
    if (!timers.keepsAlive) this.#armed.unref();
  }
}

/** Has programs of this thread find promises and timers of ours. `world`: what stands between it and the world, if anything does. */
export function installEventLoop(target: object, thread: LoopThread, world?: World): void {
  installTaskHost(new EventLoop(thread, world));
  installTasks(target);
}
