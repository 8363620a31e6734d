// @threadloom
//
// Ten threads connect to one database. Look at the lane of `db`: ten holders, one after the other, in an order that
// changes from run to run, and hatched where somebody had to queue. A captured mutex is shared, so that nothing like
// Rust's `Arc` is needed; the class comes back with its private field.
import { assert, Mutex, spawn } from "threadloom:std";

class Database {
  readonly #connections: number[] = [];

  connect(id: number) {
    this.#connections.push(id);
  }

  get connections(): readonly number[] {
    return this.#connections;
  }
}

const db = new Mutex(new Database());

const handles = Array.from({ length: 10 }, (_, i) =>
  spawn(() => {
    using guard = db.lock();
    guard.value.connect(i);
  }),
);
for (const handle of handles) handle.join();

using guard = db.lock();
console.log(guard.value.connections);
assert(guard.value.connections.length === 10);
