// @threadloom
//
// A channel of capacity 0 holds nothing: sender and receiver meet, and both go on from there. Look at the arrows: each
// is short, and the runner who comes first is blocked until the other one is there. Alice is slow in odd laps and Bob in
// even ones, so that they take turns in waiting.
import { sleep, spawn, syncChannel } from "threadloom:std";

const LAPS = 4;
const [hand, catching] = syncChannel<string>(0);

const alice = spawn(
  () => {
    for (let lap = 1; lap <= LAPS; lap++) {
      sleep(lap % 2 === 1 ? 4 : 1);
      hand.send(`baton of lap ${lap}`);
    }
  },
  { name: "alice" },
);

const bob = spawn(
  () => {
    for (let lap = 1; lap <= LAPS; lap++) {
      sleep(lap % 2 === 1 ? 1 : 4);
      console.log(`bob has the ${catching.recv()}`);
    }
  },
  { name: "bob" },
);

alice.join();
bob.join();
