// @threadloom
// @expect deadlock
//
// Alice moves money from checking to savings, Bob the other way round. Each takes the lock that the other wants next:
// from there on both lanes are hatched to the end, and the run says who waits for whom. They meet by way of a channel
// before they take their second lock, so that it goes wrong every time and not once in a thousand.
import { Mutex, spawn, syncChannel } from "threadloom:std";

const checking = new Mutex(100);
const savings = new Mutex(100);
const [nod, wait] = syncChannel<string>(0);

const alice = spawn(
  () => {
    using from = checking.lock();
    nod.send("alice holds checking");
    using to = savings.lock(); // held by bob
    from.value -= 10;
    to.value += 10;
  },
  { name: "alice" },
);

const bob = spawn(
  () => {
    using from = savings.lock();
    console.log(wait.recv());
    using to = checking.lock(); // held by alice
    from.value -= 20;
    to.value += 20;
  },
  { name: "bob" },
);

alice.join();
bob.join();
