/**
 * Exploring: executions of the published programs, as many as was published and how many a second; how many there are without
 * any reduction; and after how many each strategy meets a bug.
 */
import type { Model } from "../src/engine/model/model.ts";
import { OptimalDpor } from "../src/explore/dpor/dpor.ts";
import { Execution, type Strategy } from "../src/explore/execution.ts";
import { Order } from "../src/explore/order.ts";
import { ProbabilisticConcurrencyTesting } from "../src/explore/strategies/pct.ts";
import { PartialOrderSampling } from "../src/explore/strategies/pos.ts";
import { RandomWalk } from "../src/explore/strategies/random-walk.ts";
import { counted, DEPENDENCE } from "../test/explore/counted.ts";
import { enumerate } from "../test/explore/naive.ts";
import {
  fileSystem,
  indexer,
  lastZero,
  philosophers,
  readers,
} from "../test/explore/published-programs.ts";
import { BUGGY } from "./programs/buggy.ts";
import { compared, median, type Row } from "./row.ts";

/** With how many executions were published; the philosophers' are ours. */
const PUBLISHED: readonly (readonly [string, Model, number | undefined])[] = [
  ["readers(13)", readers(13), 8192],
  ["last-zero(10)", lastZero(10), 3328],
  ["indexer(15)", indexer(15), 4096],
  ["file system(18)", fileSystem(18), 32],
  ["philosophers(3)", philosophers(3), undefined],
  ["philosophers(4)", philosophers(4), undefined],
];

const SMALL: readonly (readonly [string, Model])[] = [
  ["readers(2)", readers(2)],
  ["last-zero(1)", lastZero(1)],
  ["philosophers(2)", philosophers(2)],
];

/** The largest of them that anybody has told of. */
const LARGEST = 15;
const LARGEST_COUNT = 147_456;

const SEEDS = 20;
/** A bug that is not met in so many executions counts as met then. */
const PATIENCE = 5000;

function published(name: string, model: Model, count: number | undefined): Row[] {
  const began = process.cpuUsage();
  const { executions, wasted, traces } = counted(model);
  const { user, system } = process.cpuUsage(began);
  if (wasted > 0 || traces.size < executions) throw new Error(`${name}: executions in vain`);
  const all = { name, median: executions, unit: "executions" as const };
  return [
    count === undefined ? all : compared({ ...all, goal: "exactly" }, "published", count),
    { name: `${name}, rate`, median: executions / ((user + system) / 1e6), unit: "executions/s" },
  ];
}

/** The execution in which something goes wrong, from 1. */
function firstBug(model: Model, strategy: Strategy, dpor?: OptimalDpor): number {
  const execution = new Execution(model);
  const order = new Order(DEPENDENCE);
  for (let executions = 1; executions < PATIENCE; executions++) {
    const result = execution.go(strategy);
    if (result?.findings.some(({ severity }) => severity === "error")) return executions;
    order.read(execution.steps, execution.threads);
    if (dpor?.next(execution, order) === false) throw new Error("there is no bug to be met");
  }
  return PATIENCE;
}

const SAMPLERS: Readonly<Record<string, (seed: number) => Strategy>> = {
  random: (seed) => new RandomWalk(seed),
  POS: (seed) => new PartialOrderSampling(seed),
  "PCT(3)": (seed) => new ProbabilisticConcurrencyTesting(seed, 3),
};

function bugs(name: string, model: Model): Row[] {
  const dpor = new OptimalDpor(DEPENDENCE);
  const unit = "executions";
  const rows: Row[] = [
    { name: `first bug, ${name}: DPOR`, median: firstBug(model, dpor, dpor), unit },
  ];
  for (const [sampler, make] of Object.entries(SAMPLERS)) {
    const seeds = Array.from({ length: SEEDS }, (_, seed) => firstBug(model, make(seed + 1)));
    rows.push({ name: `first bug, ${name}: ${sampler}`, median: median(seeds), unit });
  }
  return rows;
}

function largest(): Row {
  const began = process.cpuUsage();
  const { executions } = counted(lastZero(LARGEST));
  const { user, system } = process.cpuUsage(began);
  if (executions !== LARGEST_COUNT) throw new Error(`last-zero(${LARGEST}): ${executions}`);
  const name = `last-zero(${LARGEST}), all of it`;
  return { name, median: (user + system) / 1000, unit: "ms", goal: "≤ 10 s" };
}

export function run(): Promise<Row[]> {
  const rows = PUBLISHED.flatMap(([name, model, count]) => published(name, model, count));
  rows.push(largest());
  for (const [name, model] of SMALL) {
    const all = enumerate(model, DEPENDENCE);
    const { executions } = counted(model);
    rows.push(
      compared({ name, median: executions, unit: "executions" }, "all orders", all.executions),
    );
  }
  for (const [name, model] of Object.entries(BUGGY)) rows.push(...bugs(name, model));
  return Promise.resolve(rows);
}
