import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { EventKind, RECORD_WORDS } from "../../src/trace/event.ts";
import { RingReader, RingWriter, ringWords } from "../../src/trace/ring.ts";

const memory = (words: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * words));
const never = (): number => assert.fail("the ring said that it was full");
const put = (writer: RingWriter, n: number): void =>
  writer.record(n, 1, EventKind.lock, n + 1, n + 2, -n, 7, 3);

function taken(reader: RingReader): number[] {
  const numbers: number[] = [];
  reader.drain((records) => {
    for (let at = 0; at < records.length; at += RECORD_WORDS) numbers.push(records[at]);
  });
  return numbers;
}

test("a record comes out of the ring as event.ts lays it down", () => {
  const words = memory(10 + ringWords(4));
  const writer = new RingWriter(words, 10, 4, never);
  const reader = new RingReader(words, 10, 4);
  writer.record(0x8000_0001, 0xab_cdef, EventKind.panic, 5, -1, -2, 0x3_ffff, 0x3fff);
  const slices: number[][] = [];
  assert.equal(
    reader.drain((records) => slices.push([...records])),
    1,
  );
  const kindWord = (EventKind.panic << 24) | 0xab_cdef;
  assert.deepEqual(slices, [[0x8000_0001 | 0, kindWord, 5, -1, -2, -1]]);
});

test("what goes in comes out once, in order, whatever the rhythm", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(4, 8, 32),
      fc.array(fc.record({ puts: fc.nat(40), drain: fc.boolean() })),
      (capacity, rounds) => {
        const words = memory(ringWords(capacity));
        const writer = new RingWriter(words, 0, capacity, never);
        const reader = new RingReader(words, 0, capacity);
        const got: number[] = [];
        let sent = 0;
        for (const { puts, drain } of rounds) {
          for (let i = 0; i < puts && reader.pending < capacity; i++) put(writer, sent++);
          if (drain) got.push(...taken(reader));
        }
        got.push(...taken(reader));
        assert.deepEqual(
          got,
          Array.from({ length: sent }, (_, i) => i),
        );
      },
    ),
  );
});

test("indices wrap around 2^32 without a trace", () => {
  const words = memory(ringWords(8));
  words[0] = words[16] = -3;
  const writer = new RingWriter(words, 0, 8, never);
  const reader = new RingReader(words, 0, 8);
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 7; i++) put(writer, round * 7 + i);
    assert.equal(reader.pending, 7);
    assert.deepEqual(
      taken(reader),
      [0, 1, 2, 3, 4, 5, 6].map((i) => round * 7 + i),
    );
  }
});

test("a full ring waits, loses nothing, and says for how long", () => {
  const words = memory(ringWords(4));
  const reader = new RingReader(words, 0, 4);
  const got: Int32Array[] = [];
  const drain = (): number => reader.drain((records) => got.push(records.slice()));
  let asked = 0;
  const writer = new RingWriter(words, 0, 4, (shared, index, seen) => {
    asked++;
    assert.ok(reader.threadWaits);
    assert.equal(Atomics.load(shared, index), seen);
    if (asked === 3) drain();
    return 10.2;
  });
  for (let n = 1; n <= 5; n++) put(writer, n);
  assert.ok(!reader.threadWaits);
  drain();
  const records = got.flatMap((slice) => {
    const rows = [];
    for (let at = 0; at < slice.length; at += RECORD_WORDS) {
      rows.push([slice[at], slice[at + 1] >>> 24, slice[at + 4]]);
    }
    return rows;
  });
  assert.deepEqual(records, [
    ...[1, 2, 3, 4].map((n) => [n, EventKind.lock, -n]),
    [5, EventKind.stall, 31],
    [5, EventKind.lock, -5],
  ]);
});

test("a sink that throws has taken nothing", () => {
  const words = memory(ringWords(4));
  const writer = new RingWriter(words, 0, 4, never);
  const reader = new RingReader(words, 0, 4);
  put(writer, 1);
  assert.throws(() =>
    reader.drain(() => {
      throw new Error("disk full");
    }),
  );
  assert.deepEqual(taken(reader), [1]);
});

test("a ring must be a power of two and fit", () => {
  for (const capacity of [0, 2, 3, 12, -8, 1.5, NaN])
    assert.throws(() => ringWords(capacity), RangeError);
  assert.throws(() => new RingWriter(memory(100), 60, 8, never), RangeError);
  assert.throws(() => new RingReader(memory(100), 60, 8), RangeError);
});

test("a real thread at full speed through a small ring loses nothing", async () => {
  const total = 200_000;
  const words = memory(ringWords(64));
  const worker = new Worker(
    `const { workerData } = require("node:worker_threads");
     import(workerData.ring).then(({ RingWriter }) => {
       const writer = new RingWriter(workerData.words, 0, 64, (words, index, seen) => {
         const from = performance.now();
         Atomics.wait(words, index, seen);
         return (performance.now() - from) * 1000;
       });
       for (let i = 0; i < workerData.total; i++) writer.record(i, 0, 16, 1, i, ~i, 0, 1);
     });`,
    {
      eval: true,
      workerData: { ring: new URL("../../src/trace/ring.ts", import.meta.url).href, words, total },
    },
  );
  const failed = new Promise<never>((_, reject) => worker.once("error", reject));
  const reader = new RingReader(words, 0, 64);
  let next = 0;
  let stalls = 0;
  const collect = async (): Promise<void> => {
    while (next < total) {
      reader.drain((records) => {
        for (let at = 0; at < records.length; at += RECORD_WORDS) {
          if (records[at + 1] >>> 24 === EventKind.stall) stalls++;
          else {
            assert.equal(records[at], next);
            assert.equal(records[at + 4], ~next);
            next++;
          }
        }
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.race([collect(), failed]);
  await worker.terminate();
  assert.equal(reader.pending, 0);
  assert.ok(stalls > 0, "a ring of 64 records was never full");
});
