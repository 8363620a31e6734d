/**
 * What `std` remembers for one thread. A native worker runs one thread and has one of these for its whole life; the model
 * engine runs many threads in one isolate, and enters a thread's own whenever that thread goes on.
 */
import type { Address } from "../base/brand.ts";
import { Tasks } from "./tasks/state.ts";

export interface Owned {
  drop(): void;
}

/** A thread's own value of a `ThreadLocal`. */
export interface Own {
  value: unknown;
  /** Its `init` runs. */
  making: boolean;
}

export class Activation {
  /** Shared handles of this thread, by object. */
  readonly handles = new Map<Address, WeakRef<object>>();
  /** Channel ends that it dropped neither nor gave away. */
  readonly owned = new Set<Owned>();
  /** Its own values of thread-locals, by object. */
  readonly locals = new Map<Address, Own>();
  /** Its own `Thread` handle. */
  self: object | undefined;
  /** Whether the disposal under way is because of an exception. */
  exceptionPasses = false;
  /** Its jobs, timers and callbacks. */
  readonly tasks = new Tasks();
}

export let here = new Activation();

export function enter(activation: Activation): void {
  here = activation;
}
