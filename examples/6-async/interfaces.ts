// @threadloom
//
// Async methods behind an interface: who calls them does not know which of the two stores it has, nor whether it waits. One
// answers at once, the other after a while; `await` takes both. Look at the marks of the tasks: awaiting the first lets others in
// as well, for a moment.
import { join, Runtime, sleep } from "threadloom:async";

interface Store {
  get(key: string): Promise<string | undefined>;
}

class InMemory implements Store {
  readonly #values = new Map([["greeting", "hello"]]);

  async get(key: string): Promise<string | undefined> {
    return this.#values.get(key);
  }
}

class FarAway implements Store {
  readonly #behind: Store;

  constructor(behind: Store) {
    this.#behind = behind;
  }

  async get(key: string): Promise<string | undefined> {
    await sleep(5);
    return this.#behind.get(key);
  }
}

const near: Store = new InMemory();
const stores: [string, Store][] = [
  ["far", new FarAway(near)],
  ["near", near],
];

using runtime = new Runtime();
const ask = ([name, store]: [string, Store]) =>
  runtime.spawn(async () => {
    console.log(`${name}: ${await store.get("greeting")}`);
  });
runtime.blockOn(join(...stores.map(ask)));
