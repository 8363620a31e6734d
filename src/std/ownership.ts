/**
 * What this thread owns: the channel ends that it dropped neither nor gave away. They are dropped when it ends (SEMANTICS,
 * Values: an owner is an activation), but for those that module variables hold.
 */
import { here, type Owned } from "./activation.ts";
import { crossingOf } from "./handle.ts";
import { engine } from "./intrinsics.ts";

export function own(end: Owned): void {
  here.owned.add(end);
}

export function disown(end: Owned): void {
  here.owned.delete(end);
}

/** Drops, in the order in which they came to be owned, all but those that `keep` holds. */
export function dropOwned(keep: ReadonlySet<unknown>): void {
  for (const end of [...here.owned]) if (!keep.has(end)) end.drop();
}

/** The same where a job of a pool has ended: what the thread's own variables hold is the thread's, which goes on. */
export function dropOwnedByJob(keep: ReadonlySet<unknown>): void {
  if (here.locals.size === 0) return dropOwned(keep);
  const own = reachable([...here.locals.values()]);
  dropOwned(new Set([...keep, ...own]));
}

/**
 * Everything that can be reached from `roots` through plain data: the handles that module variables hold. Iterative, so that
 * long chains are no trouble.
 */
export function reachable(roots: readonly unknown[]): Set<unknown> {
  return reached(roots, () => []);
}

/** `captured`: what a function leads to. */
function reached(
  roots: readonly unknown[],
  captured: (made: object) => readonly unknown[],
): Set<unknown> {
  const seen = new Set<unknown>();
  const open: unknown[] = [...roots];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "function" && !seen.has(value)) {
      seen.add(value);
      open.push(...captured(value));
    }
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) continue;
    if (value instanceof Map) open.push(...value.keys(), ...value.values());
    else if (value instanceof Set) open.push(...value);
    for (const key of Object.keys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      if (property !== undefined && "value" in property) open.push(property.value);
    }
  }
  return seen;
}

/**
 * The ends that a task of this thread captures become the task's, as a thread's would: those that it still has when it ends are
 * dropped (SEMANTICS, Values). Answers what is to be done at its end. The variables that hold them are shared by the tasks of one
 * thread, so that nothing can be told of a use by others before that.
 */
export function handToTask(body: object): () => void {
  const { holders } = here.tasks;
  const task = {};
  const ends: Owned[] = [];
  for (const one of reached([body], (made) => engine.capturesOf(made))) {
    const end = crossingOf(one as object)?.moves?.end;
    if (end === undefined || !here.owned.has(end)) continue;
    ends.push(end);
    holders.set(end, task);
  }
  return () => {
    for (const end of ends) {
      if (holders.get(end) !== task) continue;
      holders.delete(end);
      if (here.owned.has(end)) end.drop();
    }
  };
}
