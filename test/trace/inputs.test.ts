/** The stream of a thread's inputs: whatever was written is read again, and nothing that it holds can mislead its reader. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { InputLog } from "../../src/engine/outside/input-log.ts";
import {
  type ClockKind,
  environmentBytes,
  InputKind,
  InputReader,
} from "../../src/trace/inputs.ts";

type Asked =
  | { readonly kind: ClockKind; readonly time: number }
  | { readonly kind: typeof InputKind.bytes; readonly bytes: Uint8Array }
  | { readonly kind: typeof InputKind.data; readonly bytes: Uint8Array }
  | { readonly kind: typeof InputKind.environment; readonly name: string; readonly value?: string };

const clocks = [InputKind.wall, InputKind.performance, InputKind.hrtime, InputKind.timers] as const;
const asked: fc.Arbitrary<Asked> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constantFrom(...clocks), time: fc.nat(3) }), weight: 4 },
  fc.record({ kind: fc.constantFrom(...clocks), time: fc.maxSafeNat().map((n) => n % 2 ** 48) }),
  fc.record({
    kind: fc.constant(InputKind.bytes),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 1500 }),
  }),
  fc.record({ kind: fc.constant(InputKind.data), bytes: fc.uint8Array({ maxLength: 1500 }) }),
  fc.record(
    { kind: fc.constant(InputKind.environment), name: fc.string(), value: fc.string() },
    { requiredKeys: ["kind", "name"] },
  ),
);

function written(answers: readonly Asked[]): Uint8Array {
  const pieces: number[] = [];
  const log = new InputLog((piece) => pieces.push(...piece));
  for (const answer of answers) {
    if (answer.kind === InputKind.bytes) log.bytes(answer.bytes);
    else if (answer.kind === InputKind.data) log.answer(answer.kind, answer.bytes);
    else if (answer.kind === InputKind.environment)
      log.answer(answer.kind, environmentBytes(answer.name, answer.value));
    else log.clock(answer.kind, answer.time);
  }
  log.flush();
  return new Uint8Array(pieces);
}

test("what was given is given again, in its order, and then no more", () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 200 }), (answers) => {
      const reader = new InputReader(written(answers));
      const environment = new Map<string, string | undefined>();
      for (const answer of answers) {
        if (answer.kind === InputKind.environment) environment.set(answer.name, answer.value);
        else if (answer.kind === InputKind.data) assert.deepEqual(reader.data(), answer.bytes);
        else if (answer.kind === InputKind.bytes) {
          const target = new Uint8Array(answer.bytes.length);
          assert.equal(reader.fill(target), undefined);
          assert.deepEqual(target, answer.bytes);
        } else {
          assert.equal(reader.clock(answer.kind), answer.time);
        }
      }
      assert.equal(reader.clock(InputKind.wall), "more");
      assert.equal(reader.fill(new Uint8Array(1)), "more");
      assert.equal(reader.data(), "more");
      assert.deepEqual(reader.environment(), environment);
    }),
  );
});

test("whoever asks for something else is told so, and has taken nothing", () => {
  const reader = new InputReader(written([{ kind: InputKind.wall, time: 5 }]));
  assert.equal(reader.clock(InputKind.hrtime), "other");
  assert.equal(reader.fill(new Uint8Array(3)), "other");
  assert.equal(reader.data(), "other");
  assert.equal(reader.clock(InputKind.wall), 5);
});

test("a clock that is asked in a loop takes no room while it stands, and two bytes for each step of 40 ns", () => {
  const still = Array.from({ length: 1e5 }, () => ({ kind: InputKind.wall, time: 1.8e12 }));
  assert.ok(written(still).length <= 12);
  const runs = Array.from({ length: 1e4 }, (_, n) => ({
    kind: InputKind.performance,
    time: 40 * n,
  }));
  assert.ok(written(runs).length <= 2 * 1e4);
});

test("any bytes are read to some end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(4)), (bytes, questions) => {
      const reader = new InputReader(bytes);
      for (const question of questions) {
        if (question === 3) reader.fill(new Uint8Array(7));
        else if (question === 4) reader.data();
        else reader.clock(clocks[question]);
      }
      reader.environment();
    }),
  );
});
