import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunBuffer, RunMemory } from "../../../src/engine/native/memory.ts";
import { callRunner, Rounds } from "../../../src/engine/native/rounds.ts";

/** Rounds over a memory of its own, and what each was told; `during` is done in the first of them. */
function begin(during: (words: Int32Array) => void = () => undefined) {
  const { words } = new RunMemory(createRunBuffer(1 << 22));
  const told: boolean[] = [];
  let look: () => void = () => undefined;
  const rounds = new Rounds(words, (called) => {
    told.push(called);
    if (told.length === 1) during(words);
    look();
  });
  const until = (enough: () => boolean) =>
    new Promise<void>((resolve) => (look = () => enough() && resolve()));
  return { words, told, rounds, until };
}

test("rounds come by themselves, and are not taken for calls", async () => {
  const { told, rounds, until } = begin();
  await until(() => told.length === 3);
  rounds.stop();
  assert.deepEqual(told, [false, false, false]);
});

test("a call makes a round", async () => {
  const { words, told, rounds, until } = begin();
  await until(() => told.length > 0);
  callRunner(words);
  await until(() => told.includes(true));
  rounds.stop();
});

test("a call in the middle of a round makes another one", async () => {
  const { told, rounds, until } = begin((words) => callRunner(words));
  await until(() => told.length === 2);
  rounds.stop();
  assert.deepEqual(told, [false, true]);
});

test("every call is answered by a round that began after it", async () => {
  const { words, told, rounds, until } = begin();
  await until(() => told.length > 0);
  for (let call = 0; call < 20; call++) {
    const before = told.filter(Boolean).length;
    callRunner(words);
    await until(() => told.filter(Boolean).length > before);
  }
  rounds.stop();
});

test("there is no round after they were stopped, called for or not", async () => {
  const { words, told, rounds, until } = begin();
  await until(() => told.length > 0);
  rounds.stop();
  const { length } = told;
  callRunner(words);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(told.length, length);
});
