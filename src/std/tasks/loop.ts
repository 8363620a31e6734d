/**
 * What runs a thread's jobs. `performJobs` is what both engines call when no code of the thread is on the stack; `runLoop` is
 * the whole loop, for the model engine, where nothing comes from outside: it sleeps until the next timer, as a thread does.
 */
import { here } from "../activation.ts";
import type { Milliseconds, SiteId } from "../../base/brand.ts";
import { engine } from "../intrinsics.ts";
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
    job.perform(jobs.state, jobs.value);
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
function settle(): void {
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
    immediate.fire();
    return true;
  }
  return false;
}

/**
 * Runs the thread's tasks, timers and callbacks until none is left, or until `awaited` has come to something. Each timer is
 * waited for, be its time past: so a thread makes the same steps however late it is.
 */
export function runLoop(awaited: TaskPromise<unknown> | undefined): void {
  const { timers } = here.tasks;
  for (;;) {
    settle();
    if (awaited !== undefined && stateOf(awaited) !== State.PENDING) return;
    const due = dueTimer();
    if (due === undefined && fireImmediate()) continue;
    const next = due ?? (timers.keepsAlive ? timers.first : undefined);
    if (next === undefined) return;
    engine.site = next.site as SiteId;
    engine.sleep(Math.max(0, next.deadline - host.now()) as Milliseconds);
    next.fire();
  }
}

/** Throws what it is rejected with out of the loop. */
export const thrower: Job = {
  perform(state: State, value: unknown): void {
    if (state === State.REJECTED) throw value;
  },
};
