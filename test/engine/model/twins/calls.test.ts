/** Calls that stop: what is set aside, how deep calls may be, and what cannot be suspended. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { FrameStack, leftBehind, limits, pinned } from "../../../../src/engine/model/suspension.ts";
import { $t } from "../../../../src/engine/model/twins/runtime.ts";
import type { Twin } from "../../../../src/protocol/twins.ts";

type Body = Generator<unknown, unknown, unknown>;
type Down = (n: number) => number;

const { SUSPENDED } = $t;
const usual = { ...limits };
afterEach(() => {
  Object.assign(limits, usual);
});

/** A function whose twin is `body`. */
function twinned<F extends (...args: never[]) => unknown>(body: (...args: never[]) => Body): F {
  return $t.link((...args: never[]) => $t.run(body(...args)), body as Twin) as unknown as F;
}

const stops = twinned<() => unknown>(function* () {
  return yield 3;
});

/** Calls itself `n` times, then `last`. */
function downTo(last: () => unknown): Down {
  const down: Down = twinned(function* (n: number): Body {
    if (n === 0) {
      const end = $t.call0(last, undefined);
      return end === SUSPENDED ? yield 7 : end;
    }
    const below = $t.call1(down, undefined, n - 1);
    return ((below === SUSPENDED ? yield 9 : below) as number) + 1;
  });
  return down;
}

function stackOf(callee: unknown, ...args: unknown[]): FrameStack {
  const stack = new FrameStack();
  const begin = function* (): Body {
    const answer = $t.call(callee, undefined, args);
    return answer === SUSPENDED ? yield 1 : answer;
  };
  stack.begin(begin());
  return stack;
}

test("a call that does not stop sets nothing aside", () => {
  const stack = stackOf(
    downTo(() => 5),
    3,
  );
  assert.equal(stack.goOn(undefined), true);
  assert.deepEqual([stack.value, leftBehind()], [8, 0]);
});

test("frames that were set aside say where they stand, and are resumed from the innermost out", () => {
  const stack = stackOf(downTo(stops), 2);
  assert.equal(stack.goOn(undefined), false);
  assert.deepEqual(stack.points, [1, 9, 9, 7, 3]);
  assert.equal(stack.goOn(40), true);
  assert.equal(stack.value, 42);
});

test("what a resumed frame throws is thrown where it was called", () => {
  const fails = twinned(function* (): Body {
    yield 1;
    throw new RangeError("late");
  });
  const catches = twinned(function* (): Body {
    try {
      return $t.call0(fails, undefined) === SUSPENDED ? yield 2 : undefined;
    } catch (error) {
      return (error as Error).message;
    }
  });
  const stack = stackOf(catches);
  assert.equal(stack.goOn(undefined), false);
  assert.equal(stack.goOn(undefined), true);
  assert.equal(stack.value, "late");
});

test("recursion is bounded by a number of frames, and overflows as an error that can be caught", () => {
  const down = downTo(() => 0);
  limits.frames = 5000;
  const fits = stackOf(down, 4990);
  assert.equal(fits.goOn(undefined), true);
  assert.equal(fits.value, 4990);
  const overflows = stackOf(down, 5001);
  assert.throws(() => overflows.goOn(undefined), {
    name: "RangeError",
    message: "Maximum call stack size exceeded",
  });
  const catching = twinned(function* (): Body {
    try {
      const n = $t.call1(down, undefined, 100_000);
      return n === SUSPENDED ? yield 1 : n;
    } catch (error) {
      return (error as Error).name;
    }
  });
  const caught = stackOf(catching);
  assert.equal(caught.goOn(undefined), true);
  assert.equal(caught.value, "RangeError");
});

test("a hundred thousand frames are no matter of the native stack: called, stopped and resumed", () => {
  limits.frames = 200_000;
  const stack = stackOf(downTo(stops), 100_000);
  assert.equal(stack.goOn(undefined), false);
  assert.equal(stack.frames.length, 100_003);
  assert.equal(stack.goOn(1), true);
  assert.equal(stack.value, 100_001);
});

test("a plain call of a function that has to stop throws; one that does not, or only nests deeply, ends", () => {
  assert.throws(() => stops(), { message: /cannot be suspended.*\[TL2501\]/s });
  assert.equal(downTo(() => 1)(2000), 2001);
  assert.deepEqual([pinned.depth, leftBehind()], [0, 0]);
});

test("what is no function is called by nobody", () => {
  assert.throws(() => $t.call0(undefined, undefined), {
    name: "TypeError",
    message: "undefined is not a function",
  });
  assert.throws(() => $t.call2("a", undefined, 1, 2), { message: '"a" is not a function' });
  assert.throws(() => $t.construct({}, []), { name: "TypeError" });
  assert.throws(() => $t.construct([].map, []), { name: "TypeError" });
});
