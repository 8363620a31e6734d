/** What is held for a while and given back by whoever has it: none of it crosses to another thread. */
import { Acting } from "./actors/actor.ts";
import { Coroutine } from "./async/coroutine.ts";
import { EventLoop } from "./async/event-loop.ts";
import { Future } from "./async/future.ts";
import { Runtime } from "./async/runtime.ts";
import { Stream } from "./async/stream.ts";
import { Task } from "./async/task.ts";
import { Poller } from "./io/poller.ts";
import { Timer } from "./io/timer.ts";
import { Permit } from "./semaphore.ts";
import { isGuard } from "./value-guard.ts";

/** By prototype: what is driven by the tasks of the thread that made it. */
const OF_TASKS: ReadonlyMap<object, string> = new Map<object, string>([
  [Future.prototype, "a Future"],
  [Task.prototype, "a Task"],
  [Runtime.prototype, "a Runtime"],
  [Stream.prototype, "a Stream"],
  [EventLoop.prototype, "an EventLoop"],
  [Coroutine.prototype, "a coroutine"],
  [Acting.prototype, "an actor's Context"],
]);

/** Why a value cannot cross, if it is one of these. */
export function refusedGuard(
  value: object,
): { readonly what: string; readonly why: string; readonly remedy: string } | undefined {
  if (isGuard(value)) {
    return {
      what: "a guard",
      why: "a lock is given back by the thread that took it",
      remedy: "Send the lock itself, and lock it where the value is needed.",
    };
  }
  const ofTasks = OF_TASKS.get(Object.getPrototypeOf(value) as object);
  if (ofTasks !== undefined) {
    return {
      what: ofTasks,
      why: "it lives among the tasks of the thread that made it",
      remedy: "Make one over there, or let its value cross: send it through a channel.",
    };
  }
  if (value instanceof Poller || value instanceof Timer) {
    return {
      what: value instanceof Poller ? "a Poller" : "a Timer",
      why: "it waits for the thread that made it",
      remedy: "Make one over there, and send it the sources: streams, listeners and pipes move.",
    };
  }
  if (value instanceof Permit) {
    return {
      what: "a permit",
      why: "it is given back where it was acquired",
      remedy: "Call `forget()` here, and `release()` of the Semaphore over there.",
    };
  }
  return undefined;
}
