/** fast-check's `scheduler()` on the race that `bench/model.ts` runs: two tasks, each adds five times. */
import fc from "fast-check";

const RUNS = 500;

/** Runs a second, by the processor's time: other programs on the machine do not count. */
export async function schedulerRunsPerSecond(): Promise<number> {
  await manyRuns();
  const began = process.cpuUsage();
  let runs = 0;
  for (let round = 0; round < 6; round++) runs += await manyRuns();
  const { user, system } = process.cpuUsage(began);
  return runs / ((user + system) / 1e6);
}

async function manyRuns(): Promise<number> {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      runs++;
      let value = 0;
      const body = async (): Promise<void> => {
        for (let i = 0; i < 5; i++) {
          await scheduler.schedule(Promise.resolve());
          value++;
        }
      };
      const both = Promise.all([body(), body()]);
      await scheduler.waitAll();
      await both;
      if (value !== 10) throw new Error(`${value} additions of 10`);
    }),
    { numRuns: RUNS },
  );
  return runs;
}
