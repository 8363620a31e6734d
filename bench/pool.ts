/**
 * A pool of two threads: what a job costs for which there is next to nothing to do, and how much faster real work is on two
 * threads than on one, beside `piscina` with as many. The speed-up is the machine's as well: it needs two cores that nobody
 * else uses.
 */
import { piscina } from "./peers/piscina.ts";
import { Bench } from "./programs/run.ts";
import { compared, type Row } from "./row.ts";

const ITEMS = 64;
/** Some eight milliseconds for each item: starting two threads must not be what is measured. */
const TURNS = 8_000_000;

const PROGRAM = `
  import { parallelMap, ThreadPool } from "threadloom:std";
  function work(turns: number): number {
    let x = 1;
    for (let i = 0; i < turns; i++) x = (Math.imul(x, 1103515245) + 12345) | 0;
    return x;
  }
  function middle(count: number, body: () => void): number {
    const times: number[] = [];
    for (let round = 0; round < 6; round++) {
      const began = performance.now();
      body();
      times.push((performance.now() - began) / count);
    }
    return times.slice(2).sort((a, b) => a - b)[2];
  }
  const pool = new ThreadPool(2);
  const job = 1e3 * middle(500, () => {
    const jobs = Array.from({ length: 500 }, () => pool.submit(() => work(1)));
    for (const one of jobs) one.join();
  });
  pool.shutdown();
  const items = Array.from({ length: ${ITEMS} }, () => ${TURNS});
  const one = middle(1, () => void parallelMap(items, work, { threads: 1 }));
  const two = middle(1, () => void parallelMap(items, work, { threads: 2 }));
  console.log(JSON.stringify({ job, one, two }));`;

export async function run(): Promise<Row[]> {
  await using bench = new Bench();
  const free = await bench.figures(PROGRAM, false);
  const peer = await piscina(ITEMS, TURNS);
  const seen = await bench.figures(PROGRAM, true);
  const job = { name: "ThreadPool(2): submit, join", median: free.job, unit: "µs" } as const;
  const map = { name: `parallelMap of ${ITEMS} items, 2 threads`, unit: "ms" } as const;
  return [
    compared(job, "piscina, 2 threads", peer.job),
    compared({ ...job, name: `${job.name}; traced`, median: seen.job }, "untraced", free.job),
    compared({ ...map, median: free.two, goal: "≤ 0.56 ×" }, "on 1 thread", free.one),
    compared({ ...map, median: free.two }, "piscina, 2 threads", peer.items),
    compared({ ...map, name: `${map.name}; traced`, median: seen.two }, "untraced", free.two),
  ];
}
