// Programs that the end-to-end tests trace: small, and sure of what they do.

/** `guest` waits at line 8 for `door`, which main took at line 5 and holds until the guest has waited a while. */
export const LOCK = `// @threadloom
import { channel, Mutex, sleep, spawn } from "threadloom:std";
const door = new Mutex(0);
const [knock, hear] = channel<string>();
const held = door.lock();
const guest = spawn(() => {
  knock.send("hello");
  using inside = door.lock();
  inside.value++;
}, { name: "guest" });
hear.recv();
sleep(150);
held.unlock();
guest.join();
console.log("the guest has left");
`;

export const ENDLESS = `// @threadloom
import { spawn } from "threadloom:std";
spawn(() => {
  for (let i = 0; ; i++) if (i < 0) break;
}, { name: "hamster" }).join();
`;

/** Two threads that are started by annotations alone, without any import; each has a variable that is nobody else's. */
export const ANNOTATED = `// @threadloom
/** @shared */ let counter = 0, other = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { other++; }
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
