/** Values as a tag and two words, and the live value under a lock, on one thread. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { packed, packs, unpack } from "../../src/std/cargo.ts";
import { Mutex } from "../../src/std/mutex.ts";
import { reachable } from "../../src/std/ownership.ts";
import { installOneThread } from "./one-thread.ts";

const engine = installOneThread();

const simple = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(undefined, null, true, false, -0, NaN, Infinity, 2 ** 31, -(2 ** 31) - 1),
);

test("numbers, booleans, null and undefined are packed without a block, each as it was", () => {
  fc.assert(
    fc.property(simple, (value) => {
      assert.equal(packs(value), true);
      const { tag, low, high } = packed;
      assert.ok(
        Object.is(
          unpack(tag, low, high, () => assert.fail("no block")),
          value,
        ),
      );
    }),
  );
});

test("texts, bigints, symbols, functions and objects need one", () => {
  for (const value of ["", 1n, Symbol.iterator, () => 1, {}, []]) assert.equal(packs(value), false);
});

const kept = fc.oneof(
  simple,
  fc.string(),
  fc.bigInt(),
  fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 4 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 4 }),
);

test("a lock keeps what was last stored under it, whatever stood there before", () => {
  fc.assert(
    fc.property(fc.array(kept, { minLength: 1, maxLength: 8 }), (values) => {
      const lock = new Mutex<unknown>(values[0]);
      for (const value of values) {
        const guard = lock.lock();
        guard.value = value;
        guard.unlock();
        const again = lock.lock();
        assert.deepStrictEqual(again.value, value);
        again.unlock();
      }
    }),
  );
});

test("what was changed through the value is stored as well, and takes no more memory each time", () => {
  const lock = new Mutex<{ text: string; list: number[] }>({ text: "", list: [] });
  const round = (i: number): void => {
    const guard = lock.lock();
    guard.value.text = "x".repeat(i % 100);
    guard.value.list = [i, i + 1];
    guard.unlock();
  };
  for (let i = 0; i < 300; i++) round(i);
  const used = engine.usedWords();
  for (let i = 0; i < 5000; i++) round(i);
  assert.equal(engine.usedWords(), used);
  assert.deepEqual(lock.lock().value.list, [4999, 5000]);
});

test("what module variables hold is found through plain data, in circles too, without calling getters", () => {
  const [deep, key, member] = [{}, {}, {}];
  const root: Record<string, unknown> = {
    list: [{ deep }],
    map: new Map([[key, 1]]),
    set: new Set([member]),
    get trap(): never {
      return assert.fail("a getter was called");
    },
  };
  root["self"] = root;
  let chain: unknown = member;
  for (let i = 0; i < 100_000; i++) chain = { chain };
  root["chain"] = chain;
  const found = reachable([root, 5, null, "text"]);
  for (const value of [deep, key, member, root]) assert.ok(found.has(value));
});
