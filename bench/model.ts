/**
 * The model engine's machine: what a step costs, and how many runs of a small program it makes a second, beside fast-check's
 * `scheduler()` on the same race. Twins are written by hand here: what compiled code adds is the compiler's to measure.
 */
import type { Address } from "../src/base/brand.ts";
import type { Model } from "../src/engine/model/model.ts";
import { Onward } from "../src/engine/schedule/onward.ts";
import { RandomOrder } from "../src/engine/schedule/random.ts";
import type { Scheduler } from "../src/engine/scheduler.ts";
import { atomic, AtomicOperation } from "../src/objects/atomic.ts";
import { type Body, engine, modelOf } from "../test/engine/model/by-hand.ts";
import { SUSPENDED } from "../src/engine/model/suspension.ts";
import { schedulerRunsPerSecond } from "./peers/fast-check-scheduler.ts";
import { compared, median, type Row } from "./row.ts";

const ROUNDS = 9;

/** `threads` threads, each with so many additions to one atomic. */
function adding(threads: number, additions: number): Model {
  let at = 0 as Address;
  function* body(): Body {
    for (let i = 0; i < additions; i++) {
      const answer: unknown = engine.perform(at, AtomicOperation.ADD, 1);
      if (answer === SUSPENDED) yield 0;
    }
    return undefined;
  }
  return modelOf({
    main: () => {
      at = engine.create(atomic, 0);
    },
    threads: { adder: body },
    count: threads,
  });
}

/** Runs and steps a second, by the processor's time. */
function rates(model: Model, runs: number, scheduler: Scheduler): { runs: number; steps: number } {
  const all: { runs: number; steps: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    let steps = 0;
    for (let i = 0; i < runs; i++) {
      const run = model.begin({ scheduler: () => scheduler, exploring: true });
      run.go();
      steps += run.machine.steps;
    }
    const { user, system } = process.cpuUsage(began);
    const seconds = (user + system) / 1e6;
    if (round >= 2) all.push({ runs: runs / seconds, steps: steps / seconds });
  }
  return { runs: median(all.map((one) => one.runs)), steps: median(all.map((one) => one.steps)) };
}

export async function run(): Promise<Row[]> {
  const long = adding(2, 500);
  const onward = rates(long, 300, new Onward());
  const random = rates(long, 300, new RandomOrder(1));
  const short = rates(adding(2, 5), 10_000, new RandomOrder(1));
  const peer = await schedulerRunsPerSecond();
  const million = (rate: number): number => rate / 1e6;
  return [
    {
      name: "steps, the same thread goes on",
      median: million(onward.steps),
      unit: "million/s",
      goal: "≥ 5 million/s",
    },
    {
      name: "steps, a random thread goes on",
      median: million(random.steps),
      unit: "million/s",
      goal: "≥ 5 million/s",
    },
    compared(
      {
        name: "runs of 2 threads × 5 operations",
        median: million(short.runs),
        unit: "million/s",
        goal: "≥ 10 ×",
      },
      "fast-check scheduler()",
      million(peer),
    ),
  ];
}
