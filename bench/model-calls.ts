/**
 * What twins cost: a call that does not stop against a plain call and against `yield*`, and stopping and going on at depth
 * 1, 5 and 50 against nested `yield*`, which resumes every frame each time, and against resuming one bare generator.
 */
import { FrameStack } from "../src/engine/model/suspension.ts";
import { $t } from "../src/engine/model/twins/runtime.ts";
import type { Twin } from "../src/protocol/twins.ts";
import { compared, median, type Row } from "./row.ts";

type Body = Generator<unknown, unknown, unknown>;

const { SUSPENDED } = $t;
const SAMPLES = 25;
const CALLS = 20_000;

/** Nanoseconds for each of `CALLS` repetitions, as a median of samples; the first ones warm up. */
function measure(run: () => unknown): number {
  for (let i = 0; i < 10; i++) run();
  const samples = Array.from({ length: SAMPLES }, () => {
    const from = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - from) / CALLS;
  });
  return median(samples);
}

function finish(frame: Body): unknown {
  const stack = new FrameStack();
  stack.begin(frame);
  while (!stack.goOn(undefined));
  return stack.value;
}

let $r: unknown;

const add = $t.link((a: number, b: number): unknown => $t.run(addTwin(a, b)), addTwin as Twin);
// eslint-disable-next-line require-yield
function* addTwin(a: number, b: number): Body {
  return a + b;
}
function* callingTwins(): Body {
  let sum: unknown = 0;
  for (let i = 0; i < CALLS; i++)
    sum = ($r = $t.call2(add, undefined, sum, i)) === SUSPENDED ? yield 1 : $r;
  return sum;
}
function* callingNested(): Body {
  let sum: unknown = 0;
  for (let i = 0; i < CALLS; i++) sum = yield* addTwin(sum as number, i);
  return sum;
}
const plainAdd = (a: number, b: number): number => a + b;
function callingPlain(): number {
  let sum = 0;
  for (let i = 0; i < CALLS; i++) sum = [plainAdd, Math.max][i === -1 ? 1 : 0](sum, i);
  return sum;
}

/** Stops `CALLS` times at the bottom of `depth` calls. */
const stopping = $t.link(
  (depth: number): unknown => $t.run(stoppingTwin(depth)),
  stoppingTwin as Twin,
);
function* stoppingTwin(depth: number): Body {
  if (depth > 1)
    return ($r = $t.call1(stopping, undefined, depth - 1)) === SUSPENDED ? yield 1 : $r;
  for (let i = 0; i < CALLS; i++) yield 1;
  return depth;
}
function* nested(depth: number): Body {
  if (depth > 1) return yield* nested(depth - 1);
  for (let i = 0; i < CALLS; i++) yield 1;
  return depth;
}
/** Leaves and enters all of `depth` calls each time: the operation stops in a call of its own. */
function* diving(depth: number): Body {
  for (let i = 0; i < CALLS; i++) if ($t.call1(once, undefined, depth) === SUSPENDED) yield 1;
  return depth;
}
const once = $t.link((depth: number): unknown => $t.run(onceTwin(depth)), onceTwin as Twin);
function* onceTwin(depth: number): Body {
  if (depth > 1) return ($r = $t.call1(once, undefined, depth - 1)) === SUSPENDED ? yield 1 : $r;
  return yield 1;
}
function* divingNested(depth: number): Body {
  for (let i = 0; i < CALLS; i++) yield* onceNested(depth);
  return depth;
}
function* onceNested(depth: number): Body {
  if (depth > 1) return yield* onceNested(depth - 1);
  return yield 1;
}
const drain = (frame: Body): void => {
  while (frame.next().done !== true);
};

export async function run(): Promise<Row[]> {
  const rows: Row[] = [];
  const call = { name: "a call that does not stop", median: 0, unit: "ns" as const };
  const twin = measure(() => finish(callingTwins()));
  rows.push(
    compared(
      { ...call, median: twin },
      "yield*",
      measure(() => drain(callingNested())),
    ),
  );
  rows.push(compared({ ...call, median: twin }, "plain call", measure(callingPlain)));
  const bare = measure(() => drain(nested(1)));
  for (const depth of [1, 5, 50]) {
    const name = `stop and go on, ${depth} deep`;
    const resumed = measure(() => finish(stoppingTwin(depth)));
    const byNesting = measure(() => drain(nested(depth)));
    rows.push(compared({ name, median: resumed, unit: "ns" }, "nested yield*", byNesting));
    rows.push(compared({ name, median: resumed, unit: "ns" }, "bare generator", bare));
    const dived = measure(() => finish(diving(depth)));
    const divedNested = measure(() => drain(divingNested(depth)));
    rows.push(
      compared(
        { name: `call ${depth} deep, stop, return`, median: dived, unit: "ns" },
        "nested yield*",
        divedNested,
      ),
    );
  }
  return rows;
}
