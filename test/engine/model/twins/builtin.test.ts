/** The twins of the language's own methods do what these do: same calls back, same answer, whatever the callback does. */
/* eslint-disable @typescript-eslint/unbound-method -- functions are taken as values, and called with the `this` they need */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameStack } from "../../../../src/engine/model/suspension.ts";
import { $t } from "../../../../src/engine/model/twins/runtime.ts";
import type { Twin } from "../../../../src/protocol/twins.ts";

type Body = Generator<unknown, unknown, unknown>;
type Callback = (...args: unknown[]) => unknown;

/** A function that stops each time before it does what `callback` does. */
function stopping(callback: Callback): Callback {
  const plain: Callback = function (this: unknown, ...args) {
    return callback.apply(this, args);
  };
  const twin = function* (this: unknown, ...args: unknown[]): Body {
    yield 1;
    return callback.apply(this, args);
  };
  return $t.link(plain, twin as Twin);
}

/** What a call comes to by twins: its value, or the error's name. */
function modelled(callee: unknown, self: unknown, args: readonly unknown[]): unknown {
  const stack = new FrameStack();
  const begin = function* (): Body {
    const answer = $t.call(callee, self, args);
    return answer === $t.SUSPENDED ? yield 1 : answer;
  };
  stack.begin(begin());
  try {
    while (!stack.goOn(undefined));
    return { value: stack.value };
  } catch (error) {
    return { thrown: (error as Error).name };
  }
}

function native(callee: Callback, self: unknown, args: readonly unknown[]): unknown {
  try {
    return { value: callee.apply(self, [...args]) };
  } catch (error) {
    return { thrown: (error as Error).name };
  }
}

/** Calls a method natively and by its twin, with a callback that is told of each call and may meddle with the array. */
function sameCalls(
  make: () => unknown,
  name: string,
  answer: (call: number, ...args: unknown[]) => unknown,
  meddle: (self: unknown, call: number) => void,
  rest: readonly unknown[],
): void {
  const told: unknown[][] = [[], []];
  const outcomes = [false, true].map((byTwin) => {
    const self = make();
    let calls = 0;
    const log = told[Number(byTwin)];
    const callback: Callback = function (this: unknown, ...args) {
      log.push([this, ...args.map((one) => (one === self ? "self" : one))]);
      meddle(self, calls);
      return answer(calls++, ...args);
    };
    const method = (self as Record<string, Callback>)[name];
    const outcome = byTwin
      ? modelled(method, self, [stopping(callback), ...rest])
      : native(method, self, [callback, ...rest]);
    return { outcome, self };
  });
  assert.deepEqual(outcomes[1], outcomes[0], name);
  assert.deepEqual(told[1], told[0], name);
}

const METHODS =
  "forEach map filter some every find findIndex findLast findLastIndex reduce reduceRight flatMap".split(
    " ",
  );

const anArray = fc.oneof(
  fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 8 }),
  fc.sparseArray(fc.integer({ min: -9, max: 9 }), { maxNumElements: 6, maxLength: 9 }),
);
const meddling = fc.constantFrom<((self: unknown[], call: number) => void)[]>(
  () => undefined,
  (self, call) => call === 0 && void self.push(7),
  (self, call) => call === 1 && void (self.length = 1),
  (self, call) => call === 0 && void Reflect.deleteProperty(self, 1),
  (self) => void self.shift(),
);

test("methods of arrays", () => {
  const answers = fc.array(fc.oneof(fc.boolean(), fc.integer(), fc.array(fc.nat())), {
    minLength: 1,
  });
  fc.assert(
    fc.property(
      anArray,
      fc.constantFrom(...METHODS),
      answers,
      meddling,
      fc.array(fc.constant({ self: 1 }), { maxLength: 1 }),
      (array, name, list, meddle, rest) => {
        sameCalls(
          () => array.slice(),
          name,
          (call) => list[call % list.length],
          meddle as (self: unknown, call: number) => void,
          rest,
        );
      },
    ),
  );
});

test("methods of typed arrays", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 8 }),
      fc.constantFrom(...METHODS.filter((name) => name !== "flatMap")),
      (array, name) => {
        sameCalls(
          () => Int16Array.from(array),
          name,
          (call, value) => (call % 2 === 0 ? Number(value) + 1 : 0),
          () => undefined,
          [],
        );
      },
    ),
  );
});

test("sorting gives the same order, stable, undefined ones last", () => {
  const values = fc.array(fc.record({ key: fc.nat(5), id: fc.nat() }), { maxLength: 40 });
  const compare = (a: unknown, b: unknown): number =>
    (a as { key: number }).key - (b as { key: number }).key;
  fc.assert(
    fc.property(values, fc.constantFrom("sort", "toSorted"), (list, name) => {
      const withUndefined = [undefined, ...list];
      const expected = withUndefined.slice().sort((a, b) => compare(a, b));
      const self = withUndefined.slice();
      const outcome = modelled((self as never as Record<string, unknown>)[name], self, [
        stopping(compare),
      ]) as { value: unknown[] };
      assert.deepEqual(outcome.value, expected);
    }),
  );
});

test("replacing by a function", () => {
  const patterns = [/a/, /a/g, /(a)(b)?/g, /(?<x>b)/, "a", "", /$/g];
  fc.assert(
    fc.property(fc.stringMatching(/^[abc]*$/), fc.constantFrom(...patterns), (text, pattern) => {
      const by = (...args: unknown[]): string => `<${JSON.stringify(args)}>`;
      const method = String.prototype.replace as Callback;
      const args = [pattern, stopping(by)];
      assert.deepEqual(modelled(method, text, args), native(method, text, [pattern, by]));
    }),
  );
});

test("what is made from an iterable, and functions that call functions", () => {
  const double: Callback = (x) => Number(x) * 2;
  const self = { k: 3 };
  const withSelf: Callback = function (this: unknown, ...args) {
    return [this, ...args];
  };
  const cases: [callee: Callback, self: unknown, args: (f: Callback) => unknown[]][] = [
    [Array.from as Callback, Array, () => [new Set([1, 2]), stopping(double)]],
    [Array.from as Callback, Array, () => [{ length: 2, 0: 4 }, stopping(double)]],
    [Array.from as Callback, Array, () => ["ab"]],
    [Array.from as Callback, Array, () => [undefined]],
    [
      (Object as unknown as { groupBy: Callback }).groupBy,
      Object,
      () => [[1, 2, 3], stopping((x) => Number(x) % 2)],
    ],
    [Function.prototype.call as Callback, stopping(withSelf), () => [self, 1, 2]],
    [Function.prototype.apply as Callback, stopping(withSelf), () => [self, [1, 2]]],
    [Reflect.apply as Callback, Reflect, () => [stopping(withSelf), self, [1]]],
  ];
  for (const [callee, of, args] of cases)
    assert.deepEqual(modelled(callee, of, args(double)), native(callee, of, args(double)));
  const bound = Function.prototype.bind.call(stopping(withSelf), self, 1) as Callback;
  assert.deepEqual(modelled(bound, undefined, [2]), { value: [self, 1, 2] });
});
