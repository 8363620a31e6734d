// @threadloom
//
// A lock and what it protects are one thing: the only way to the database is through `lock()`. Look at the bar under
// main's lane: it begins at the lock and ends at the closing brace, where `using` gives the lock back.
import { assert, Mutex } from "threadloom:std";

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

{
  using guard = db.lock();
  guard.value.connect(1);
} // free again from here on

using guard = db.lock();
console.log(guard.value.connections);
assert(guard.value.connections.length === 1);
