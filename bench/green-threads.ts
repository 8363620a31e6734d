/**
 * M:N beside 1:1: what a green thread takes on a real worker, against a worker of its own. The same program both times, without a
 * trace; of green threads there are more, as a few would be too little to measure.
 */
import { Bench } from "./programs/run.ts";
import { compared, type Row } from "./row.ts";

const REAL = 16;
const GREEN = 2000;

const program = (count: number): string => `
  import { channel, Latch, spawn, WaitGroup } from "threadloom:std";
  const figures: Record<string, number> = {};
  const memory = (): number => process.memoryUsage().rss / 2 ** 10;
  const held = (count: number): void => {
    const [up, down] = [new WaitGroup(), new Latch(1)];
    up.add(count);
    const before = memory();
    const all = Array.from({ length: count }, () => spawn(() => { up.done(); down.wait(); }));
    up.wait();
    figures.memory = (memory() - before) / count;
    down.countDown();
    for (const one of all) one.join();
  };
  const start = (count: number): void => {
    const began = performance.now();
    for (let i = 0; i < count; i++) spawn(() => 0).join();
    figures.start = (performance.now() - began) / count;
  };
  const turns = (count: number): void => {
    const [there, arrived] = channel<number>();
    const [back, returned] = channel<number>();
    const other = spawn(() => { for (const turn of arrived) back.send(turn); });
    const began = performance.now();
    for (let i = 0; i < count; i++) { there.send(i); returned.recv(); }
    figures.turn = (performance.now() - began) / count;
    there.drop();
    other.join();
  };
  held(${count});
  start(${count});
  turns(5000);
  console.log(JSON.stringify(figures));`;

export async function run(): Promise<Row[]> {
  await using bench = new Bench();
  const real = await bench.figures(program(REAL), false);
  const green = await bench.figures(program(GREEN), false, "green");
  const row = (what: string, name: string, unit: Row["unit"], scale = 1): Row =>
    compared(
      { name: `${what}: green`, median: green[name] * scale, unit },
      "a worker of its own",
      real[name] * scale,
    );
  return [
    row("start and end of one", "start", "µs", 1e3),
    row("there and back", "turn", "µs", 1e3),
    row("memory of one", "memory", "KB"),
  ];
}
