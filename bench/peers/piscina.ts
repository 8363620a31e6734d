/** The npm package `piscina`, with two threads that are kept warm. Milliseconds. */
import { Piscina } from "piscina";
import { median } from "../row.ts";

export interface Jobs {
  /** Microseconds a job of which there is next to nothing to do. */
  readonly job: number;
  /** Milliseconds for so many items of work, each a job. */
  readonly items: number;
}

export async function piscina(items: number, work: number): Promise<Jobs> {
  const pool = new Piscina({
    filename: new URL("./piscina-job.ts", import.meta.url).href,
    minThreads: 2,
    maxThreads: 2,
  });
  const all = (count: number, job: number): Promise<number[]> =>
    Promise.all(Array.from({ length: count }, () => pool.run(job) as Promise<number>));
  const timed = async (count: number, job: number): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 6; round++) {
      const began = performance.now();
      await all(count, job);
      times.push(performance.now() - began);
    }
    return median(times.slice(2));
  };
  try {
    return { job: ((await timed(500, 1)) * 1e3) / 500, items: await timed(items, work) };
  } finally {
    await pool.destroy();
  }
}
