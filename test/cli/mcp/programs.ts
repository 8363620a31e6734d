/** Programs for agents: each small, and wrong in a way of its own. */

/** An increment is lost where both load before either stores. */
export const LOST = `// @threadloom
import { assert, AtomicI32, spawn } from "threadloom:std";
const counter = new AtomicI32(0);
const one = spawn(() => { const seen = counter.load(); counter.store(seen + 1); }, { name: "alice" });
const other = spawn(() => { const seen = counter.load(); counter.store(seen + 1); }, { name: "bob" });
one.join();
other.join();
console.log(\`counter is \${counter.load()}\`);
assert(counter.load() === 2, "an increment was lost");
`;

export const RACE = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter >= 1
`;

export const DEADLOCK = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const left = new Mutex(0);
const right = new Mutex(0);
const one = spawn(() => { using a = left.lock(); using b = right.lock(); b.value += a.value; }, { name: "alice" });
const other = spawn(() => { using b = right.lock(); using a = left.lock(); a.value += b.value; }, { name: "bob" });
one.join();
other.join();
`;

export const FINE = `// @threadloom
import { channel, spawn } from "threadloom:std";
const [tx, rx] = channel<number>();
spawn(() => { tx.send(1); tx.send(2); });
for (const one of rx) console.log(one);
`;

/** More interleavings than anybody has time for. */
export const ENDLESS = `// @threadloom
import { AtomicI32, scope } from "threadloom:std";
const counters = [1, 2, 3, 4].map(() => new AtomicI32(0));
scope((s) => {
  for (let i = 0; i < 6; i++) s.spawn(() => { for (let n = 0; n < 6; n++) for (const c of counters) c.fetchAdd(1); });
});
`;

export const BROKEN = `// @threadloom
const a = ;
`;
