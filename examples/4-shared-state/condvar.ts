// @threadloom
//
// A buffer for three parcels between two packers and one courier: a mutex for the shelf, and two conditions to wait on.
// Look for the dotted waits: packers wait for `notFull` while the shelf is full, the courier for `notEmpty` while it is
// empty; each wait gives the lock of `shelf` back and takes it again when it ends.
import { assert, Condvar, Mutex, spawn } from "threadloom:std";

const CAPACITY = 3;
const PARCELS_EACH = 6;

const shelf = new Mutex<string[]>([]);
const notFull = new Condvar();
const notEmpty = new Condvar();

for (const name of ["packer-1", "packer-2"]) {
  spawn(
    () => {
      for (let i = 1; i <= PARCELS_EACH; i++) {
        using guard = shelf.lock();
        notFull.waitWhile(guard, (parcels) => parcels.length === CAPACITY);
        guard.value.push(`parcel ${i} of ${name}`);
        notEmpty.notifyOne();
      }
    },
    { name },
  );
}

const courier = spawn(
  () => {
    const delivered: string[] = [];
    while (delivered.length < 2 * PARCELS_EACH) {
      using guard = shelf.lock();
      notEmpty.waitWhile(guard, (parcels) => parcels.length === 0);
      delivered.push(guard.value.shift()!);
      notFull.notifyOne();
    }
    return delivered;
  },
  { name: "courier" },
);

const delivered = courier.join();
console.log(`${delivered.length} parcels, the last one: ${delivered.at(-1)}`);
assert(new Set(delivered).size === 2 * PARCELS_EACH);
