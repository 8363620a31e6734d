/**
 * Breaches of `@guardedBy`: accesses of a `@shared` variable by a thread that does not hold the lock (SEMANTICS, Verdicts). Objects
 * are known by the places where they are made; locks that a thread holds, by its own events alone, so that the order among threads
 * is of no matter. Left out: what is told of it.
 */
import { EventKind } from "./event.ts";
import type { HappenedEvent } from "./happens-before.ts";
import type { Site } from "./tables.ts";

/** Which lock guards what, by the places where they are made. */
export class Guards {
  /** By the site of a variable. */
  readonly #locks = new Map<number, number>();
  readonly #byName = new Map<string, number>();
  readonly #sites: readonly (Site | null)[];

  constructor(sites: readonly (Site | null)[]) {
    this.#sites = sites;
    sites.forEach((site, id) => {
      if (site?.guardedBy === undefined) return;
      this.#locks.set(id, site.guardedBy);
      this.#byName.set(site.name ?? "", site.guardedBy);
    });
  }

  get isEmpty(): boolean {
    return this.#locks.size === 0;
  }

  /** The site of the lock that guards a cell which was made here, `name` where it has one of its own (`s.x`); 0: none does. */
  lockOf(site: number, name = this.#sites[site]?.name ?? ""): number {
    return this.#locks.get(site) ?? this.#byName.get(name.split(/[.[]/, 1)[0]) ?? 0;
  }
}

const Mode = { READS: 1, WRITES: 2 } as const;

/** Which locks threads hold, by the events of each thread in its order. */
export class HeldLocks {
  /** By thread, then lock: how, and how often. */
  readonly #held = new Map<number, Map<number, { mode: number; times: number }>>();

  reset(): void {
    this.#held.clear();
  }

  take({ thread, kind, object, argument, partner }: HappenedEvent): void {
    switch (kind) {
      case EventKind.lock:
      case EventKind.writeLock:
        if (argument === 0) this.#takes(thread, object, Mode.WRITES);
        return;
      case EventKind.readLock:
        if (argument === 0) this.#takes(thread, object, Mode.READS);
        return;
      case EventKind.unlock:
      case EventKind.writeUnlock:
      case EventKind.readUnlock:
        return this.#gives(thread, object);
      case EventKind.conditionWait:
        return this.#gives(thread, partner);
      default:
    }
  }

  /** Whether the thread holds a lock of which this is true, to write or at least to read. */
  holds(thread: number, isLock: (object: number) => boolean, toWrite: boolean): boolean {
    for (const [object, { mode }] of this.#held.get(thread) ?? []) {
      if ((mode === Mode.WRITES || !toWrite) && isLock(object)) return true;
    }
    return false;
  }

  #takes(thread: number, object: number, mode: number): void {
    let own = this.#held.get(thread);
    if (own === undefined) this.#held.set(thread, (own = new Map<number, never>()));
    const held = own.get(object);
    if (held === undefined) own.set(object, { mode, times: 1 });
    else held.times++;
  }

  #gives(thread: number, object: number): void {
    const own = this.#held.get(thread);
    const held = own?.get(object);
    if (held !== undefined && --held.times === 0) own!.delete(object);
  }
}
