// @threadloom
//
// A broadcast keeps its newest messages only: whoever is too slow misses some, and is told how many. That is the price of a
// sender that never waits; a channel with a bound would hold up everybody for the slowest. A channel whose receivers have gone
// says so as well, at the next send.
import { assert, broadcast, channel, ChannelClosedError, LaggedError } from "threadloom:std";
import { Latch, spawn } from "threadloom:std";

const KEPT = 4;
const ticker = broadcast<number>(KEPT);
const prices = ticker.subscribe();
const closing = new Latch(1);

const slow = spawn(
  () => {
    const seen: number[] = [];
    let missed = 0;
    closing.wait(); // comes to it when all is over
    for (;;) {
      try {
        seen.push(prices.recv());
      } catch (error) {
        if (error instanceof ChannelClosedError) return { seen, missed };
        if (!(error instanceof LaggedError)) throw error;
        missed += error.missed;
      }
    }
  },
  { name: "slow" },
);

for (let price = 1; price <= 10; price++) ticker.send(price);
ticker.drop();
closing.countDown();
const { seen, missed } = slow.join();
console.log(`missed ${missed}, then saw ${seen.join(", ")}`);
assert(missed === 10 - KEPT && seen.length === KEPT);

const [tx, rx] = channel<string>();
rx.drop();
console.log(`nobody hears: ${tx.trySend("hello")}`);
