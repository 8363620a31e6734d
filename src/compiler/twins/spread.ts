/** How it spreads that something may stop: the least fixpoint over who calls whom. */
import type ts from "typescript";

/** A function, a class (what `new` runs), or what stands under a name. */
export type Key = ts.Node | string;

/** Adds to `stopping` whoever calls something in it. O(calls). */
export function spread(facts: ReadonlyMap<Key, ReadonlySet<Key>>, stopping: Set<Key>): void {
  const callers = new Map<Key, Key[]>();
  for (const [key, callees] of facts)
    for (const callee of callees) {
      const known = callers.get(callee);
      if (known === undefined) callers.set(callee, [key]);
      else known.push(key);
    }
  const open = [...stopping];
  for (let key = open.pop(); key !== undefined; key = open.pop())
    for (const caller of callers.get(key) ?? [])
      if (!stopping.has(caller)) {
        stopping.add(caller);
        open.push(caller);
      }
}
