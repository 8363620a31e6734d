/**
 * What this thread owns: the channel ends that it dropped neither nor gave away. They are dropped when it ends (SEMANTICS,
 * Values: an owner is an activation), but for those that module variables hold.
 */
import { here, type Owned } from "./activation.ts";

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
  const seen = new Set<unknown>();
  const open: unknown[] = [...roots];
  while (open.length > 0) {
    const value = open.pop();
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
