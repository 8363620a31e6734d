/** What is said of locks while typing: guarded variables without their lock, and awaits with one in hand. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { check, load } from "./check.ts";

const HEAD = `// @threadloom
import { spawn, drop, Mutex, RwLock } from "threadloom:std";
spawn; drop; Mutex; RwLock;
const m = new Mutex(0), other = new Mutex(0), rw = new RwLock(0);
other; rw;
/** @shared @guardedBy m */ let counter = 0;
/** @shared @guardedBy rw */ let table = { rows: 0 };
table;
`.replace("\ntable;\n", "\n");

suite("an access of a guarded variable without its lock", () => {
  test("is said in a thread's body, with a fix that takes the lock", () => {
    check(
      `${HEAD}/** @thread */ function careless() { [|counter|]++; }
/** @thread */ function careful() { using guard = m.lock(); counter++; }
`,
      [
        {
          says: "TL1308 counter is written here without m",
          severity: "warning",
          stops: false,
          fixed: "/** @thread */ function careless() { { using guard = m.lock(); counter++; } }",
        },
      ],
    );
  });

  test("is said behind the block that held it, and under another lock", () => {
    check(
      `${HEAD}spawn(() => {
  { using guard = m.lock(); counter++; }
  console.log([|counter|]);
});
spawn(() => { using guard = other.lock(); [|counter|]++; });
`,
      ["TL1308 counter is read here", "TL1308 counter is written here"],
    );
  });

  test("is said in what a thread calls without it, in methods too, and not where all callers hold it", () => {
    check(
      `${HEAD}class Account {
  add() { [|counter|]++; }
  held() { counter--; }
}
const account = new Account();
const step = () => { account.add(); };
spawn(() => { step(); });
spawn(() => { using guard = m.lock(); step(); account.held(); });
`,
      ["TL1308 counter is written here"],
    );
  });

  test("is said of what only reads are held for", () => {
    check(
      `${HEAD}spawn(() => { using guard = rw.read(); console.log(table.rows); [|table|].rows = 1; });
spawn(() => { using guard = rw.write(); table.rows = 2; });
`,
      ["TL1308 table is written here without rw"],
    );
  });

  test("is said at the top level, and in what an array calls at once", () => {
    check(
      `${HEAD}console.log([|counter|]);
spawn(() => { [1, 2].forEach((by) => { [|counter|] += by; }); });
spawn(() => { using guard = m.lock(); [1, 2].forEach((by) => { counter += by; }); });
`,
      ["TL1308 counter is read", "TL1308 counter is written"],
    );
  });

  test("is not said where somebody may have taken it: tries, helpers, guards that are handed on, loops", () => {
    check(
      `${HEAD}import type { MutexGuard } from "threadloom:std";
const locked = (run: () => void) => { using guard = m.lock(); run(); };
const take = () => m.lock();
const add = (guard: MutexGuard<number>) => { counter += guard.value; };
class Section {
  #guard: MutexGuard<number> | undefined;
  enter() { this.#guard = m.lock(); }
  leave() { this.#guard?.unlock(); }
}
spawn(() => { locked(() => { counter++; }); });
spawn(() => { const guard = take(); counter++; guard.unlock(); });
spawn(() => { using guard = m.lock(); add(guard); });
spawn(() => { const guard = m.tryLock(); if (guard) { counter++; guard.unlock(); } });
spawn(() => { const section = new Section(); section.enter(); counter++; section.leave(); });
spawn(() => {
  let guard: MutexGuard<number> | undefined;
  for (let i = 0; i < 2; i++) { if (guard) counter++; guard ??= m.lock(); }
});
export const neverCalled = () => counter;
`,
      [],
    );
  });

  test("is found in another file than the lock's, by the name that it has there", () => {
    const { diagnostics } = load({
      "/program/main.ts": `// @threadloom
import { spawn } from "threadloom:std";
import { add } from "./bank.ts";
spawn(() => { add(); });
`,
      "/program/bank.ts": `import { Mutex } from "threadloom:std";
export const m = new Mutex(0);
/** @shared @guardedBy m */ let total = 0;
export function add() { total++; }
`,
    });
    const said = diagnostics.map(({ code, file, line, fix }) => [code, file, line, fix?.text]);
    assert.deepEqual(said, [
      ["TL1308", "/program/bank.ts", 4, "{ using guard = m.lock(); total++; }"],
    ]);
  });
});

suite("an await with a lock in hand", () => {
  test("is said, with a fix that gives the lock back first", () => {
    check(
      `${HEAD}const save = async () => { counter; };
async function task() {
  using guard = other.lock();
  guard.value++;
  [|await|] save();
}
void task();
`.replace("counter; }", "}"),
      [
        {
          says: "TL1309 This awaits while guard holds a lock (other.lock()).",
          severity: "warning",
          stops: false,
          fixed: "  guard.unlock();",
        },
      ],
    );
  });

  test("is said of guards without using, of blocks around, and of for await; in methods and literals", () => {
    check(
      `${HEAD}async function* feed() { yield 1; }
class Store {
  async flush() { const guard = rw.write(); if (guard.value > 0) { [|await|] null; } guard.unlock(); }
}
void new Store().flush();
spawn(async () => { using guard = m.lock(); for [|await|] (const n of feed()) guard.value += n; });
`,
      ["TL1309 This awaits while guard holds", "TL1309 This awaits while guard holds"],
    );
  });

  test("is not said where the lock is given back, another function awaits, or the lock is a task's", () => {
    check(
      `${HEAD}import * as tasks from "threadloom:async";
async function one() { { using guard = m.lock(); guard.value++; } await null; }
async function two() { const guard = m.lock(); guard.unlock(); await null; }
async function three() { const guard = m.lock(); drop(guard); await null; }
async function four() { using guard = m.lock(); const later = async () => { await null; }; void later; }
const soft = new tasks.Mutex(0);
async function five() { using guard = await soft.lock(); await null; guard.value; }
void [one(), two(), three(), four(), five()];
`,
      [],
    );
  });
});
