/**
 * What locks protect, as each thread last had it by right: so that a write outside a guard is seen when the thread takes the
 * lock again (SEMANTICS, Values: `stale-write`). Only in runs that look for it, as all that a lock protects is looked at
 * each time.
 */
import { empty } from "../../base/empty.ts";
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { KeptState } from "./kept-state.ts";

interface Kept {
  readonly state: KeptState;
  /** Where the thread had it. */
  readonly at: SiteId;
}

/** Something was written outside a guard: to `path` of the value, since the thread had it at `from`. */
export interface Changed {
  readonly path: string;
  readonly from: SiteId;
}

export class LockedValues {
  /** By thread, then by lock. */
  readonly #kept: Map<Address, Kept>[] = [];

  reset(): void {
    empty(this.#kept);
  }

  /** This is what the thread has of the lock's value, as it ought to be; undefined: nothing that could be written to. */
  keep(thread: ThreadId, lock: Address, value: unknown, at: SiteId): void {
    const kept = (this.#kept[thread] ??= new Map<Address, Kept>());
    if (typeof value === "object" && value !== null) {
      kept.set(lock, { state: new KeptState(value), at });
    } else {
      kept.delete(lock);
    }
  }

  /** Whether the thread has changed it since. */
  changed(thread: ThreadId, lock: Address): Changed | undefined {
    const kept = this.#kept[thread]?.get(lock);
    const path = kept?.state.changed();
    return path === undefined ? undefined : { path, from: kept!.at };
  }
}
