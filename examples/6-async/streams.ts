// @threadloom
//
// A stream is asked for its values: nobody makes more than somebody wants (back-pressure). Two readings are under way at once, and
// still come in order.
import { Stream, sleep } from "threadloom:async";

async function* sensor(name: string, values: readonly number[]): AsyncGenerator<number> {
  try {
    for (const value of values) {
      await sleep(2);
      yield value;
    }
  } finally {
    console.log(`${name} is off`);
  }
}

const calibrated = Stream.from(sensor("north", [19, 21, 40, 23, 22, 18]))
  .filter((degrees) => degrees < 30)
  .map(async (degrees) => {
    await sleep(degrees === 21 ? 9 : 3); // a slow one holds up nobody but those behind it
    return degrees + 0.5;
  })
  .buffer(2)
  .take(4);
for await (const degrees of calibrated) console.log(degrees);

const ticks = Stream.interval(5).take(3).throttle(5);
console.log(await ticks.merge(Stream.from([10, 20])).collect());
