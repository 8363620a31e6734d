/** The lowered `using` against the language's own, and what it adds: whether an exception passes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { installTasksFreely } from "./free-thread.ts";
import { passing, UsesBlock } from "../../src/std/uses.ts";

installTasksFreely({});

/** A resource that notes its disposal, and may throw in it. */
interface Plan {
  readonly name: string;
  readonly throws: boolean;
}

const plans = fc.array(fc.record({ name: fc.string({ maxLength: 2 }), throws: fc.boolean() }), {
  maxLength: 5,
});

function make(plan: Plan, log: string[]): Disposable {
  return {
    [Symbol.dispose](): void {
      log.push(plan.name);
      if (plan.throws) throw new Error(`disposing ${plan.name}`);
    },
  };
}

/** An error as nested names: what suppressed what. */
function shape(error: unknown): unknown {
  return error instanceof SuppressedError
    ? { error: shape(error.error), suppressed: shape(error.suppressed) }
    : (error as Error).message;
}

function outcome(run: () => void): unknown {
  try {
    run();
    return "no error";
  } catch (error) {
    return shape(error);
  }
}

function lowered(some: readonly Plan[], bodyThrows: boolean, log: string[]): void {
  const block = new UsesBlock();
  try {
    for (const plan of some) block.add(make(plan, log));
    log.push("body");
    if (bodyThrows) throw new Error("body");
  } catch (error) {
    block.fail(error);
  } finally {
    block.end();
  }
}

function own(some: readonly Plan[], bodyThrows: boolean, log: string[]): void {
  using stack = new DisposableStack();
  for (const plan of some) stack.use(make(plan, log));
  log.push("body");
  if (bodyThrows) throw new Error("body");
}

test("resources are disposed of in reverse, and errors suppress each other as in the language", () => {
  fc.assert(
    fc.property(plans, fc.boolean(), (some, bodyThrows) => {
      const [mine, theirs]: string[][] = [[], []];
      const given = outcome(() => lowered(some, bodyThrows, mine));
      const failing = some.filter(({ throws }) => throws).toReversed();
      const errors = [
        ...(bodyThrows ? ["body"] : []),
        ...failing.map(({ name }) => `disposing ${name}`),
      ];
      const expected = errors.reduce<unknown>(
        (before, error) => (before === undefined ? error : { error, suppressed: before }),
        undefined,
      );
      assert.deepEqual(given, expected ?? "no error");
      outcome(() => own(some, bodyThrows, theirs));
      assert.deepEqual(mine, theirs);
    }),
  );
});

test("null and undefined are allowed, anything else without a dispose method is refused", () => {
  const block = new UsesBlock();
  assert.equal(block.add(null), null);
  assert.equal(block.add(undefined), undefined);
  for (const value of [5, {}, "x", { [Symbol.dispose]: 1 }]) {
    assert.throws(() => block.add(value), TypeError);
  }
  block.end();
});

test("a disposal knows whether an exception passes, its own block's alone", () => {
  const told: boolean[] = [];
  const asks = (): Disposable => ({ [Symbol.dispose]: () => void told.push(passing()) });
  const outer = new UsesBlock();
  outer.add({
    [Symbol.dispose](): void {
      const inner = new UsesBlock();
      inner.add(asks());
      inner.end();
      told.push(passing());
    },
  });
  outer.add(asks());
  outer.fail(new Error("passes"));
  assert.throws(() => outer.end(), /passes/);
  assert.deepEqual(told, [true, false, true]);
  assert.equal(passing(), false);
  const block = new UsesBlock();
  block.add(asks());
  block.end();
  assert.deepEqual(told.at(-1), false);
});

test("an exception in one disposal is passing for those after it", () => {
  const told: boolean[] = [];
  const block = new UsesBlock();
  block.add({ [Symbol.dispose]: () => void told.push(passing()) });
  block.add(make({ name: "x", throws: true }, []));
  assert.throws(() => block.end(), /disposing x/);
  assert.deepEqual(told, [true]);
});

test("asynchronous resources are awaited in reverse, with ordinary ones between", async () => {
  const log: string[] = [];
  const block = new UsesBlock();
  block.addAsync({
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.resolve();
      log.push("first");
    },
  });
  block.addAsync(make({ name: "second", throws: false }, log));
  block.addAsync(null);
  await block.endAsync();
  assert.deepEqual(log, ["second", "first"]);
});
