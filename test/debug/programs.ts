// Programs that the debugger's tests step through: small, and each about one thing. Lines count from the first after the tick.

export const LOST_UPDATE = `// @threadloom
/** @shared */
let counter = 0;
/** @thread */
function alice() {
  const before = counter;
  counter = before + 1;
}
/** @thread */
function bob() {
  const before = counter;
  counter = before + 1;
}
// @final counter === 2
`;

export const DEADLOCK = `// @threadloom
import { Mutex, spawn, syncChannel } from "threadloom:std";
const left = new Mutex(0);
const right = new Mutex(0);
const [ready, wait] = syncChannel<number>(0);
const alice = spawn(() => {
  using one = left.lock();
  ready.send(1);
  using two = right.lock();
}, { name: "alice" });
const bob = spawn(() => {
  using one = right.lock();
  wait.recv();
  using two = left.lock();
}, { name: "bob" });
alice.join();
bob.join();
`;

export const PING_PONG = `// @threadloom
import { channel, spawn } from "threadloom:std";
const [ping, atPong] = channel<number>();
const [pong, atPing] = channel<number>();
const ponger = spawn(() => {
  for (const ball of atPong) {
    console.log("pong", ball);
    pong.send(ball + 1);
  }
}, { name: "ponger" });
ping.send(1);
const back = atPing.recv();
console.log("back", back);
ping.drop();
ponger.join();
`;

export const RECURSION = `// @threadloom
import { spawn } from "threadloom:std";
function factorial(n: number): number {
  if (n <= 1) {
    return 1;
  }
  const rest = factorial(n - 1);
  return n * rest;
}
const handle = spawn(() => {
  const result = factorial(4);
  return result;
}, { name: "maths" });
console.log(handle.join());
`;

export const PANIC = `// @threadloom
import { spawn } from "threadloom:std";
class Account {
  #balance = 10;
  withdraw(amount: number) {
    if (amount > this.#balance) {
      throw new RangeError("not enough money");
    }
    this.#balance -= amount;
  }
}
const account = new Account();
const robber = spawn(() => {
  account.withdraw(100);
}, { name: "robber" });
robber.join();
`;

export const ENDLESS = `// @threadloom
import { spawn } from "threadloom:std";
spawn(() => {
  let turns = 0;
  for (let i = 0; ; i++) {
    turns = i;
    if (turns < 0) break;
  }
}, { name: "hamster" }).join();
`;

export const VALUES = `// @threadloom
import { AtomicI32, channel, Mutex, spawn } from "threadloom:std";
class Point {
  #hidden = 1;
  x = 1;
  get sum() {
    return this.x + this.#hidden;
  }
}
/** @shared */
let total = 7;
const lock = new Mutex({ owner: "nobody" });
const hits = new AtomicI32(3);
const [tx, rx] = channel<string>();
function work(items: number[], point: Point) {
  let x = 1;
  const text = "a text";
  const map = new Map([["one", 1]]);
  x = x + items.length;
  total = x;
  return x + point.x + map.size + text.length;
}
tx.send("hello");
const items = Array.from({ length: 250 }, (_, i) => i);
spawn(() => work(items, new Point()), { name: "worker" }).join();
hits.fetchAdd(1);
using guard = lock.lock();
console.log(rx.recv(), total);
`;

export const VISITS = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
/** @shared */
let visits = 0;
const door = new Mutex(0);
function enter(name: string) {
  using inside = door.lock();
  visits = visits + 1;
  inside.value += name.length;
}
const guest = spawn(() => {
  enter("guest");
}, { name: "guest" });
enter("host");
guest.join();
console.log("visits", visits);
`;

/** Who prints when shows how threads take turns. */
export const TURNS = `// @threadloom
import "threadloom:std";
/** @thread */ function a() { for (let i = 0; i < 6; i++) console.log("a" + i); }
/** @thread */ function b() { for (let i = 0; i < 6; i++) console.log("b" + i); }
`;
