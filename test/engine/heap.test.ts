/** The heap of a run: blocks of its shared memory, for several threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Address } from "../../src/base/brand.ts";
import { Heap } from "../../src/engine/heap.ts";
import { RunWord } from "../../src/engine/native/layout.ts";
import { createRunBuffer, RunMemory, SharedMemoryLimit } from "../../src/engine/native/memory.ts";

const MB = 1 << 20;

/** Heaps of so many threads over one memory, each with a view of its own. */
function heaps(count: number, limitBytes = 256 * MB): { memory: RunMemory; heap: Heap }[] {
  const buffer = createRunBuffer(limitBytes);
  return Array.from({ length: count }, () => {
    const memory = new RunMemory(buffer);
    return { memory, heap: new Heap(memory) };
  });
}

function usedWords({ words }: RunMemory): number {
  return words[RunWord.TOP];
}

const sizes = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 64 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 5000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 200_000 }) },
);

/** Who does it; a size to allocate, or which block to release. */
const steps = fc.array(
  fc.record({
    who: fc.nat({ max: 2 }),
    what: fc.oneof(fc.record({ allocate: sizes }), fc.record({ release: fc.nat({ max: 1000 }) })),
  }),
  { maxLength: 200 },
);

interface Block {
  readonly at: Address;
  readonly size: number;
  /** What its first and last words are filled with. */
  readonly mark: number;
}

test("blocks are as long as was asked for and keep what is written in them, whoever has and frees them", () => {
  fc.assert(
    fc.property(steps, (script) => {
      const threads = heaps(3);
      const blocks: Block[] = [];
      let marks = 0;
      const check = (
        { at, size, mark }: Block,
        { memory, heap }: (typeof threads)[number],
      ): void => {
        memory.refresh();
        assert.ok(heap.capacity(at) >= size);
        assert.equal(memory.words[at], mark);
        assert.equal(memory.words[at + size - 1], mark);
      };
      for (const { who, what } of script) {
        const thread = threads[who];
        if ("allocate" in what) {
          const block = {
            at: thread.heap.allocate(what.allocate),
            size: what.allocate,
            mark: ++marks,
          };
          thread.memory.words[block.at] = block.mark;
          thread.memory.words[block.at + block.size - 1] = block.mark;
          blocks.push(block);
        } else if (blocks.length > 0) {
          const [block] = blocks.splice(what.release % blocks.length, 1);
          check(block, thread);
          thread.heap.release(block.at);
        }
      }
      for (const block of blocks) check(block, threads[0]);
    }),
    { numRuns: 60 },
  );
});

test("blocks in use never overlap", () => {
  fc.assert(
    fc.property(fc.array(sizes, { maxLength: 100 }), (asked) => {
      const [one, other] = heaps(2);
      const ranges = asked.map((size, index) => {
        const { heap } = index % 2 === 0 ? one : other;
        const at = heap.allocate(size);
        return { from: at, to: at + size };
      });
      ranges.sort((a, b) => a.from - b.from);
      ranges.forEach(({ from }, index) => {
        if (index > 0) assert.ok(ranges[index - 1].to <= from);
      });
    }),
    { numRuns: 60 },
  );
});

test("at most a fifth of a block is wasted, but for the smallest", () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 1 << 20 }), (size) => {
      const [{ heap }] = heaps(1);
      const capacity = heap.capacity(heap.allocate(size));
      assert.ok(capacity >= size && capacity * 0.8 <= size, `${capacity} for ${size}`);
    }),
  );
});

test("a block that was freed is used again", () => {
  const [{ memory, heap }] = heaps(1);
  heap.release(heap.allocate(1000));
  const used = usedWords(memory);
  for (let i = 0; i < 10_000; i++) heap.release(heap.allocate(900 + (i % 100)));
  assert.equal(usedWords(memory), used);
});

for (const size of [4, 60, 3000, 50_000]) {
  test(`what one thread allocates and another frees comes back: blocks of ${size} words`, () => {
    const [producer, consumer] = heaps(2);
    const inFlight: Address[] = [];
    let used = 0;
    for (let i = 0; i < 4000; i++) {
      inFlight.push(producer.heap.allocate(size));
      consumer.memory.refresh();
      if (inFlight.length > 5) consumer.heap.release(inFlight.shift()!);
      if (i === 1000) used = usedWords(producer.memory);
    }
    assert.equal(usedWords(producer.memory), used, "memory is bounded");
  });
}

test("a thread whose view is too short reads what another wrote beyond it, after a refresh", () => {
  const [one, other] = heaps(2);
  const before = other.memory.words.length;
  const at = one.heap.allocate(3 * MB);
  one.memory.words[at + 3 * MB - 1] = 42;
  assert.equal(other.memory.words.length, before);
  other.memory.refresh();
  assert.equal(other.memory.words[at + 3 * MB - 1], 42);
});

test("two threads that grow the memory in turn both keep what they have", () => {
  const [one, other] = heaps(2);
  const first = one.heap.allocate(2 * MB);
  const second = other.heap.allocate(2 * MB);
  one.memory.words[first] = 1;
  other.memory.words[second] = 2;
  assert.ok(second >= first + 2 * MB || first >= second + 2 * MB);
  assert.equal(one.memory.words[first], 1);
});

test("at the limit an allocation fails with an error, and what fits still succeeds", () => {
  const [{ memory, heap }] = heaps(1, 16 * MB);
  const used = usedWords(memory);
  for (let i = 0; i < 40; i++) assert.throws(() => heap.allocate(100 * MB), SharedMemoryLimit);
  assert.equal(usedWords(memory), used, "what failed took nothing");
  assert.ok(heap.allocate(MB) > 0);
  assert.ok(heap.allocate(10) > 0);
});

test("a value too large for any memory is refused as such", () => {
  const [{ heap }] = heaps(1);
  assert.throws(() => heap.allocate(2 ** 30), RangeError);
});

test("memory that another thread has grown, and not told yet, is told before it is used", () => {
  const buffer = createRunBuffer(64 * MB);
  const [here, there] = [new RunMemory(buffer), new RunMemory(buffer)];
  buffer.grow(32 * MB);
  const at = new Heap(here).allocate(3 * MB);
  here.words[at] = 7;
  there.refresh();
  assert.equal(there.words[at], 7);
});
