// @threadloom
//
// One thread for each processor, each with a part of the numbers; the results come back through `join`, so that nothing
// is shared and nothing can wait but main. Look at how far the lanes overlap: that is the time that was won. What comes
// before the first worker runs is the price: parts are copied into their threads.
import { assert, availableParallelism, spawn } from "threadloom:std";

const COUNT = 100_000;
const numbers = Float64Array.from({ length: COUNT }, (_, i) => i + 1);

const workers = Math.min(availableParallelism(), 8);
const size = Math.ceil(COUNT / workers);

const parts = Array.from({ length: workers }, (_, i) => {
  const part = numbers.slice(i * size, (i + 1) * size); // capture the part, not the whole: what is captured is copied
  return spawn(() => part.reduce((sum, n) => sum + Math.sqrt(n) ** 2, 0), {
    name: `part-${i + 1}`,
  });
});

const sum = parts.reduce((total, part) => total + part.join(), 0);
const expected = (COUNT * (COUNT + 1)) / 2;
console.log(`${workers} workers say ${Math.round(sum)}`);
assert(Math.abs(sum - expected) < 1);
