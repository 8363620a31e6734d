// @threadloom
//
// A clerk listens to three sides at once: orders come in, a courier takes parcels when he is there, and a bell ends the
// day. `select` takes whichever can go first. Look at the clerk's lane: there is one wait for all of them, and from it
// arrows to and from every channel. At the rendezvous with the courier the clerk's offer stands until the courier comes;
// where an order comes first, it is withdrawn, and made anew.
import { assert, channel, select, sleep, spawn, syncChannel, timeout } from "threadloom:std";

const ORDERS = 6;
const [orders, inbox] = channel<number>();
const [handing, taking] = syncChannel<string>(0);
const [bell, rung] = channel<void>();

const customer = spawn(
  () => {
    for (let order = 1; order <= ORDERS; order++) {
      sleep(order % 2);
      orders.send(order);
    }
  },
  { name: "customer" },
);

const courier = spawn(
  () => {
    const taken: string[] = [];
    for (const parcel of taking) {
      taken.push(parcel);
      sleep(2);
    }
    bell.send();
    return taken;
  },
  { name: "courier" },
);

const clerk = spawn(
  () => {
    const shelf: string[] = [];
    let accepting = true;
    while (accepting || shelf.length > 0) {
      const listening = inbox.case((order) => {
        if (order.kind === "value") shelf.push(`parcel ${order.value}`);
        else accepting = false;
      });
      const next = shelf[0];
      const offering = next === undefined ? [] : [handing.case(next, () => void shelf.shift())];
      const bored = timeout(1000, () => console.log("a quiet day"));
      select([...(accepting ? [listening] : []), ...offering, bored]);
    }
  },
  { name: "clerk" },
);

customer.join();
clerk.join();
const taken = courier.join();
rung.recv();
console.log(`${taken.length} parcels, the last one ${taken.at(-1)}`);
assert(taken.length === ORDERS);
