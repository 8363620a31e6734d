/**
 * Controlled native: what it costs that a scheduler decides each step, beside what it costs the machine to hand over from one
 * thread to another and back by parking. The program takes its own time, so the start of workers is not in it.
 */
import { parkAndWake } from "./peers/machine.ts";
import { Bench } from "./programs/run.ts";
import { compared, median, type Row } from "./row.ts";

const STEPS = 20_000;
const ROUNDS = 5;

/** Two threads, each with as many steps; nanoseconds a step, as main sees it. */
const TWO_THREADS = `
  import { AtomicI32, spawn } from "threadloom:std";
  const n = new AtomicI32();
  const work = () => { for (let i = 0; i < ${STEPS / 2}; i++) n.fetchAdd(1); };
  const began = performance.now();
  const one = spawn(work), other = spawn(work);
  one.join(); other.join();
  console.log((performance.now() - began) * 1e6 / ${STEPS});
`;

export async function run(): Promise<Row[]> {
  await using bench = new Bench();
  const program = await bench.compile(TWO_THREADS);
  const onward: number[] = [];
  const random: number[] = [];
  const parked: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    onward.push(await bench.measure(program, true, { kind: "onward" }));
    random.push(await bench.measure(program, true, { kind: "random", seed: round }));
    parked.push(await parkAndWake());
  }
  const peer = "park and wake, there and back";
  return [
    compared(
      { name: "a step, the same thread goes on", median: median(onward), unit: "ns" },
      peer,
      median(parked),
    ),
    compared(
      { name: "a step, any thread goes on", median: median(random), unit: "ns" },
      peer,
      median(parked),
    ),
  ];
}
