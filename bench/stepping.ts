/**
 * Stepping: what a step costs on each engine, in plain and debug builds, with calls nested 1, 5 and 50 deep; and how long it takes
 * to step, and to step back where 100,000 steps lie behind. Through the real doors: a runner process, and its messages.
 */
import { tmpdir } from "node:os";
import path from "node:path";
import type { ThreadId } from "../src/base/brand.ts";
import type { Form } from "../src/compiler/compile.ts";
import { RunnerHost } from "../src/engine/native/host.ts";
import { NativeStepChannel } from "../src/engine/native/stepped/channel.ts";
import type { Control } from "../src/protocol/run.ts";
import { STEP_PROTOCOL, type Going, type StepState } from "../src/protocol/step.ts";
import { compiled } from "../test/compiler/fixture.ts";
import { median, type Row } from "./row.ts";

const RUNNER = path.resolve(import.meta.dirname, "../dist/runner.mjs");
const ROUNDS = 5;
const DEPTHS = [1, 5, 50];

/** Two threads, each of which makes so many additions, with calls nested so deep. */
const adding = (depth: number, additions: number): string => `// @threadloom
import { AtomicI32, spawn } from "threadloom:std";
const sum = new AtomicI32(0);
const nested = (depth: number): void => {
  if (depth > 1) {
    nested(depth - 1);
    return;
  }
  for (let i = 0; i < ${additions}; i++) sum.fetchAdd(1);
};
const all = [spawn(() => nested(${depth})), spawn(() => nested(${depth}))];
for (const one of all) one.join();`;

/** Seconds that a run takes, its start included. */
async function seconds(
  host: RunnerHost,
  text: string,
  form: Form,
  control: Control,
): Promise<number> {
  const program = compiled(text, form);
  const began = performance.now();
  await host.run(program, {
    control,
    timeLimitMs: 120_000,
    memoryLimitBytes: 1 << 30,
    outputLimitLines: 100,
    argv: [],
    cwd: tmpdir(),
  }).ended;
  return (performance.now() - began) / 1000;
}

/** Steps a second: what the second half of the steps takes, so that starting counts for nothing. */
async function rate(
  host: RunnerHost,
  form: Form,
  depth: number,
  additions: number,
): Promise<number> {
  const control: Control = { kind: "random", seed: 1 };
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const once = await seconds(host, adding(depth, additions), form, control);
    const twice = await seconds(host, adding(depth, additions * 2), form, control);
    rates.push((2 * additions) / Math.max(twice - once, 1e-6));
  }
  return median(rates);
}

async function stepRates(): Promise<Row[]> {
  using host = new RunnerHost({ runnerPath: RUNNER });
  const rows: Row[] = [];
  for (const [engine, form, additions] of [
    ["model, plain build", "model", 200_000],
    ["model, debug build", "debug", 200_000],
    ["controlled native", "native", 10_000],
  ] as const) {
    for (const depth of DEPTHS) {
      const steps = await rate(host, form, depth, additions);
      rows.push({
        name: `${engine}: steps at random, calls ${depth} deep`,
        median: steps / 1e6,
        unit: "million/s",
      });
    }
  }
  return rows;
}

/** A session that has been let go on to its end. */
class Session {
  readonly #channel = new NativeStepChannel({ runnerPath: RUNNER });
  state!: StepState;

  static async of(text: string): Promise<Session> {
    const session = new Session();
    session.#channel.onEvent((event) => {
      if (event.kind === "moment") session.state = event.state;
    });
    await session.#channel.request({
      kind: "begin",
      protocol: STEP_PROTOCOL,
      program: compiled(text, "debug"),
      argv: [],
      memoryLimitBytes: 1 << 30,
    });
    return session;
  }

  /** Milliseconds until the answer, when the new state has been told. */
  async timed(request: Parameters<NativeStepChannel["request"]>[0]): Promise<number> {
    const began = performance.now();
    await this.#channel.request(request);
    return performance.now() - began;
  }

  go(how: Going): Promise<number> {
    return this.timed({ kind: "go", how });
  }

  [Symbol.dispose](): void {
    this.#channel.dispose();
  }
}

async function sessions(): Promise<Row[]> {
  using session = await Session.of(`// @threadloom
/** @shared */ let counter = 0;
for (let i = 0; i < 50_000; i++) counter++;`);
  const whole = await session.go({ kind: "continue" });
  const steps = session.state.depth;
  const [back, forth]: number[][] = [[], []];
  for (let round = 0; round < ROUNDS * 2; round++) {
    back.push(await session.timed({ kind: "undo" }));
    const how = { kind: "operation", thread: 0 as ThreadId, timesOut: false } as const;
    forth.push(await session.go(how));
  }
  const statement: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    statement.push(await session.timed({ kind: "back", thread: 0 as ThreadId, to: "statement" }));
  }
  return [
    { name: `a run of ${steps} steps in a session`, median: whole, unit: "ms" },
    { name: "one step back from its end", median: median(back), unit: "ms", goal: "≤ 100 ms" },
    { name: "one step forth", median: median(forth), unit: "ms" },
    { name: "one statement back", median: median(statement), unit: "ms" },
  ];
}

export async function run(): Promise<Row[]> {
  return [...(await sessions()), ...(await stepRates())];
}
