/** A value that parts of the panel watch. What has not changed (by identity) wakes nobody. */
import { useEffect, useState } from "preact/hooks";

export class Store<T extends object> {
  #value: T;
  readonly #watchers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(change: Partial<T>): void {
    const next = { ...this.#value, ...change };
    const differs = (Object.keys(change) as (keyof T)[]).some(
      (key) => !Object.is(next[key], this.#value[key]),
    );
    if (!differs) return;
    this.#value = next;
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Answers a function that ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
}

/** What `select` reads of the store; the component is rendered again when that changes. */
export function useStore<T extends object, S>(store: Store<T>, select: (value: T) => S): S {
  const [, again] = useState({});
  const selected = select(store.value);
  useEffect(() => {
    let last = selected;
    const look = (): void => {
      const now = select(store.value);
      if (Object.is(now, last)) return;
      last = now;
      again({});
    };
    look();
    return store.watch(look);
  });
  return selected;
}
