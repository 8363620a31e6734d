/** `spawnBlocking`: a job on a thread of its own, awaited by a task, so that the other tasks of this thread go on meanwhile. */
import { ThreadOperation } from "../../objects/thread.ts";
import { crossing } from "../handle.ts";
import { awaitCase } from "../tasks/awaiting.ts";
import type { TaskPromise } from "../tasks/promise.ts";
import { spawn } from "../thread.ts";
import { OperationCase } from "./cases.ts";

export function spawnBlocking<T>(job: () => T): TaskPromise<Awaited<T>> {
  const thread = spawn(job);
  const { object } = thread[crossing];
  // It has ended by then: joining it as every thread is joined gives its result, or its panic.
  return awaitCase(new OperationCase(object, ThreadOperation.JOIN, 0, () => thread.join()));
}
