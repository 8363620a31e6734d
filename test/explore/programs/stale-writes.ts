/** Writes to what a lock protects, outside a live guard of it. */
import type { ExpectedProgram } from "./expected.ts";

export const STALE_WRITES: Readonly<Record<string, ExpectedProgram>> = {
  "a reference that outlives its guard is written through": {
    text: `
      const rows = new std.Mutex({ list: [1] });
      const guard = rows.lock();
      const kept = guard.value;
      guard.unlock();
      kept.list.push(2);
      using again = rows.lock();
    `,
    verdict: "race",
  },
  "a #private field of what a lock protects is written to, by a method": {
    text: `
      class Account { #balance = 0; add() { this.#balance++; } get balance() { return this.#balance; } }
      const account = new std.Mutex(new Account());
      const guard = account.lock();
      const kept = guard.value;
      guard.unlock();
      kept.add();
      using again = account.lock();
    `,
    verdict: "race",
  },
  "an object in a #private field of a base class is written to": {
    text: `
      class Base { #rows: number[] = []; add() { this.#rows.push(1); } }
      class Table extends Base { #name = "t"; get name() { return this.#name; } }
      const tables = new std.Mutex({ list: [new Table()] });
      const guard = tables.lock();
      const [kept] = guard.value.list;
      guard.unlock();
      kept.add();
      using again = tables.lock();
    `,
    verdict: "race",
  },
  "#private fields are written to under the guard": {
    text: `
      class Account { #balance = 0; add() { this.#balance++; } get balance() { return this.#balance; } }
      const account = new std.Mutex(new Account());
      const body = () => { using guard = account.lock(); guard.value.add(); };
      const threads = [1, 2].map(() => std.spawn(body));
      for (const thread of threads) thread.join();
      using guard = account.lock();
      console.log(guard.value.balance);
    `,
    verdict: "ok",
    outputs: ["2"],
  },
  "what a lock was made from is written to": {
    text: `
      const list: number[] = [];
      const rows = new std.Mutex(list);
      list.push(1);
      const other = std.spawn(() => { using guard = rows.lock(); guard.value.push(2); });
      other.join();
      using guard = rows.lock();
    `,
    verdict: "race",
  },
  "a write under a guard that only reads": {
    text: `
      const rows = new std.RwLock({ n: 0 });
      { using guard = rows.read(); guard.value.n++; }
      using guard = rows.read();
    `,
    verdict: "race",
  },
  "a write between two waits, beside the guard": {
    text: `
      const rows = new std.Mutex({ n: 0 });
      const kept: { n: number }[] = [];
      const body = () => { using guard = rows.lock(); kept.push(guard.value); };
      body();
      kept[0].n = 1;
      body();
    `,
    verdict: "race",
  },
  "writes under the guard, and a copy outside of it": {
    text: `
      const rows = new std.Mutex({ list: [1], byName: new Map([["a", 1]]) });
      const body = () => { using guard = rows.lock(); guard.value.list.push(2); guard.value.byName.set("b", 2); };
      const threads = [1, 2].map(() => std.spawn(body));
      for (const thread of threads) thread.join();
      let copy: number[];
      { using guard = rows.lock(); copy = [...guard.value.list]; }
      copy.push(4);
      using guard = rows.lock();
      console.log(guard.value.list.length);
    `,
    verdict: "ok",
    outputs: ["3"],
  },
  "a value that is replaced, and one that waits for a condition": {
    text: `
      const state = new std.Mutex<{ ready: boolean; by?: string }>({ ready: false });
      const changed = new std.Condvar();
      const setter = std.spawn(() => {
        using guard = state.lock();
        guard.value = { ready: true, by: "setter" };
        changed.notifyAll();
      });
      {
        using guard = state.lock();
        changed.waitWhile(guard, (value) => !value.ready);
        guard.value.by = "main";
      }
      setter.join();
      using guard = state.lock();
      console.log(guard.value.by);
    `,
    verdict: "ok",
    outputs: ["main"],
  },
};
