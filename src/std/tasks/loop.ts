/**
 * What runs a thread's jobs. `performJobs` is what both engines call when no code of the thread is on the stack; `runLoop` is
 * the whole loop, for the model engine, where nothing comes from outside: it sleeps until the next timer, as a thread does.
 */
import { here } from "../activation.ts";
import type { Milliseconds, SiteId } from "../../base/brand.ts";
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

/** The timer whose time has come, if there is one. */
function dueTimer(): Timer | undefined {
  const { first } = here.tasks.timers;
  return first === undefined || first.deadline > host.now() ? undefined : first;
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

function fireImmediate(): boolean {
  const { immediates } = here.tasks;
  for (const immediate of immediates) {
    immediates.delete(immediate);
    call(immediate);
    return true;
  }
  return false;
}

/** Code of the thread that no task is: `blockOn` may not be in it. */
function call(callback: { fire(): void }): void {
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
  const { timers, awaiting } = here.tasks;
  const due = dueTimer();
  if (due === undefined && fireImmediate()) return true;
  const next = due ?? (timers.keepsAlive ? timers.first : undefined);
  if (awaiting.size > 0) {
    const left = next === undefined ? Infinity : Math.max(0, next.deadline - host.now());
    if (awaitAny(left as Milliseconds)) return true;
  } else {
    if (next === undefined) return false;
    engine.site = next.site as SiteId;
    engine.sleep(Math.max(0, next.deadline - host.now()) as Milliseconds);
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
