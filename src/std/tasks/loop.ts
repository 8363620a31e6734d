/**
 * What runs a thread's jobs. `performJobs` is what both engines call when no code of the thread is on the stack; `runLoop` is
 * the whole loop, for the model engine, where nothing comes from outside: it sleeps until the next timer, as a thread does.
 */
import { here } from "../activation.ts";
import type { Milliseconds, SiteId } from "../../base/brand.ts";
import { FOREVER } from "../end.ts";
import { engine } from "../intrinsics.ts";
import { awaitAny } from "./awaiting.ts";
import { host } from "./host.ts";
import { type Job, State } from "./job.ts";
import { stateOf, type TaskPromise } from "./promise.ts";
import type { Timer } from "./timer-queue.ts";

/** Performs jobs until none is left. Throws what a callback of `queueMicrotask` throws. */
export function performJobs(): void {
  const { tasks } = here;
  tasks.awake = true;
  const { jobs } = tasks;
  for (let job = jobs.take(); job !== undefined; job = jobs.take()) {
    tasks.performing = true;
    job.perform(jobs.state, jobs.value);
    tasks.performing = false;
  }
  tasks.awake = false;
}

/** Throws the reason of a rejection that nobody has looked at by now: the thread panics with it, as Node ends. */
export function checkRejections(): void {
  const { rejected } = here.tasks;
  if (rejected.size === 0) return;
  const [reason] = rejected.values();
  rejected.clear();
  throw reason;
}

/** Between two callbacks: jobs and ticks until there are neither. */
export function settle(): void {
  const { ticks, jobs } = here.tasks;
  performJobs();
  while (ticks.length > 0 || !jobs.isEmpty) {
    for (let tick = ticks.shift(); tick !== undefined; tick = ticks.shift()) tick();
    performJobs();
  }
  checkRejections();
}

/** How long so many callbacks of `setImmediate` take, where time is virtual. */
const CALLBACKS = 1000;
const TAKE_MS = 1 as Milliseconds;

/**
 * How long the thread shall sleep after a callback of `setImmediate` where time is virtual, which moves only when nobody can go
 * on: a loop that looks for something at each turn could always go on, and would never see a timer's time come. Turning takes time
 * in the world, too, a microsecond or so.
 */
export function timeOfCallback(): Milliseconds | undefined {
  const { tasks } = here;
  tasks.called++;
  return tasks.called % CALLBACKS === 0 ? TAKE_MS : undefined;
}

/**
 * Has the first callback of `setImmediate` called, unless there is none or a timer's time has come, which goes before. The clock
 * is asked only where there are both.
 */
export function fireImmediate(): boolean {
  const { immediates, timers } = here.tasks;
  const [immediate] = immediates;
  if (immediate === undefined) return false;
  if (timers.first !== undefined && timers.first.deadline <= host.now()) return false;
  immediates.delete(immediate);
  call(immediate);
  return true;
}

/** What the thread waits for with nothing else to do: a timer for which it lives on, or that goes before a callback. */
export function nextTimer(): Timer | undefined {
  const { timers, immediates } = here.tasks;
  return timers.keepsAlive || immediates.size > 0 ? timers.first : undefined;
}

/** Has a callback called. It is code of the thread that no task is: `blockOn` may not be in it. */
export function call(callback: { fire(): void }): void {
  const { tasks } = here;
  tasks.performing = true;
  callback.fire();
  tasks.performing = false;
}

/**
 * Waits for what comes next, and has it done: a timer, an operation that tasks wait for. False if there is nothing. Each timer is
 * waited for, be its time past: so a thread makes the same steps however late it is.
 */
export function takeTurn(): boolean {
  if (fireImmediate()) {
    const takes = timeOfCallback();
    if (takes !== undefined) engine.sleep(takes);
    return true;
  }
  const next = nextTimer();
  if (here.tasks.awaiting.size > 0) {
    if (awaitAny(next === undefined ? FOREVER : host.until(next.deadline))) return true;
  } else {
    if (next === undefined) return false;
    engine.site = next.site as SiteId;
    engine.sleep(host.until(next.deadline));
  }
  call(next!);
  return true;
}

/** Runs the thread's tasks, timers and callbacks until none is left, or until `awaited` has come to something. */
export function runLoop(awaited: TaskPromise<unknown> | undefined): void {
  for (;;) {
    settle();
    if (awaited !== undefined && stateOf(awaited) !== State.PENDING) return;
    if (!takeTurn()) return;
  }
}

/** Throws what it is rejected with out of the loop. */
export const thrower: Job = {
  perform(state: State, value: unknown): void {
    if (state === State.REJECTED) throw value;
  },
};
