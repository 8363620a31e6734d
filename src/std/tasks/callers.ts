/**
 * The async functions that wait for what runs: a stack goes on with them, as Node's does (`at async f`). Like there, a promise that
 * several wait for, or somebody by `then`, is where it ends.
 */
import type { SiteId } from "../../base/brand.ts";
import type { Job } from "./job.ts";
import { onlyWaiter, type TaskPromise } from "./promise.ts";
import { type AsyncCaller, writeStack } from "./written-callers.ts";

/** As many frames as V8 writes. */
const MOST = 10;

/** A call of an async function, as who looks for callers knows it. */
export abstract class AsyncCall implements AsyncCaller {
  abstract readonly name: string;
  abstract readonly site: SiteId;
  abstract readonly promise: TaskPromise<unknown>;
}

/** Who waits for a call (`Tasks.running`), the innermost first. */
export function callersOf(call: object | undefined): readonly AsyncCaller[] {
  const callers: AsyncCaller[] = [];
  for (let at = waiterOf(call); at !== undefined && callers.length < MOST; at = waiterOf(at)) {
    callers.push({ name: at.name, site: at.site });
  }
  return callers;
}

function waiterOf(call: object | undefined): AsyncCall | undefined {
  const job: Job | undefined = call instanceof AsyncCall ? onlyWaiter(call.promise) : undefined;
  return job instanceof AsyncCall ? job : undefined;
}

/** The stack of an error that leaves a call is written while it is known who waits: later it is not. */
export function tellCallers(error: unknown, call: object | undefined): void {
  if (!(error instanceof Error) || !Object.hasOwn(error, "stack")) return;
  writeStack(error, callersOf(call));
}
