/** `ConcurrentMap`: each method is one operation of `objects/map.ts`, but for `getOrInsert`, which looks, makes, and inserts. */
import type { Address } from "../../base/brand.ts";
import { RUNTIME_MESSAGES } from "../../base/catalogue/runtime.ts";
import { EntryWord, map, MapOperation } from "../../objects/map.ts";
import { text } from "../errors.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "../handle.ts";
import { copyToStore, identity, release, take } from "../identity.ts";
import { inspected } from "../inspect.ts";
import { engine } from "../intrinsics.ts";
import { entryToFind, entryToInsert, giveBack, kept, keyNumber, notKept } from "./entry.ts";

export class ConcurrentMap<K, V> {
  readonly #at = adoptedObject() || engine.create(map);

  constructor() {
    remember(this.#at, this);
  }

  get(key: K): V | undefined {
    return this.#find(key)?.value;
  }

  set(key: K, value: V): V | undefined {
    const entry = this.#entry(key, value);
    const low = engine.perform(this.#at, MapOperation.SET, keyNumber, entry);
    const { high, low: spare } = engine;
    if (spare === 0) kept(entry);
    else notKept(entry);
    return take(low, high) as V | undefined;
  }

  delete(key: K): boolean {
    const asking = entryToFind(key, this.#at);
    const entry = engine.perform(this.#at, MapOperation.DELETE, keyNumber, asking) as Address;
    giveBack(asking);
    if (entry === 0) return false;
    const { words } = engine;
    release(words[entry + EntryWord.VALUE_LOW], words[entry + EntryWord.VALUE_HIGH]);
    giveBack(entry);
    return true;
  }

  getOrInsert(key: K, make: () => V): V {
    if (typeof make !== "function") {
      const told = { operation: "getOrInsert", expected: "a function", value: typeof make };
      throw new TypeError(text(RUNTIME_MESSAGES.notAnInteger, told));
    }
    const { site } = engine;
    const there = this.#find(key);
    if (there !== undefined) return there.value;
    const value = make();
    engine.site = site;
    const entry = this.#entry(key, value);
    const low = engine.perform(this.#at, MapOperation.INSERT, keyNumber, entry);
    const { high, low: spare, words } = engine;
    if (spare === 0) {
      kept(entry);
      return value;
    }
    release(words[entry + EntryWord.VALUE_LOW], words[entry + EntryWord.VALUE_HIGH]);
    notKept(entry);
    return take(low, high) as V;
  }

  get size(): number {
    return engine.perform(this.#at, MapOperation.SIZE);
  }

  get [crossing](): Crossing {
    return { kind: "ConcurrentMap", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `ConcurrentMap(${engine.nameOf(this.#at)})`;
  }

  #find(key: K): { readonly value: V } | undefined {
    const asking = entryToFind(key, this.#at);
    const low = engine.perform(this.#at, MapOperation.GET, keyNumber, asking);
    const { high, low: isThere } = engine;
    giveBack(asking);
    return isThere === 0 ? undefined : { value: take(low, high) as V };
  }

  /** An entry with a copy of the value. Throws `NotSendError`, also where something in it would move. */
  #entry(key: K, value: V): Address {
    copyToStore(value, this.#at);
    const { low, high } = identity;
    let entry: Address;
    try {
      entry = entryToInsert(key, this.#at);
    } catch (error) {
      release(low, high);
      throw error;
    }
    const { words } = engine;
    words[entry + EntryWord.VALUE_LOW] = low;
    words[entry + EntryWord.VALUE_HIGH] = high;
    return entry;
  }
}

crosses("ConcurrentMap", "shared", (object) => adopt(object, () => new ConcurrentMap()));
