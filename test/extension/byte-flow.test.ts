import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteFlow, type Chunk } from "../../src/extension/byte-flow.ts";

test("every byte is sent once and in order, and never more than the window is under way", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("grow" as const), by: fc.nat(500) }),
    fc.record({ kind: fc.constant("took" as const), which: fc.nat() }),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.nat(200),
      fc.array(step),
      (chunk, more, steps) => {
        const window = chunk + more;
        const flow = new ByteFlow({ chunk, window });
        const underWay: Chunk[] = [];
        let [available, sent] = [0, 0];
        const pump = () => {
          for (let next; (next = flow.next());) {
            assert.equal(next.offset, sent);
            assert.ok(next.length > 0 && next.length <= chunk);
            sent += next.length;
            underWay.push(next);
            assert.ok(sent <= available);
            assert.ok(underWay.reduce((sum, one) => sum + one.length, 0) <= window);
          }
        };
        for (const one of steps) {
          if (one.kind === "grow") flow.grow((available += one.by));
          else if (underWay.length > 0) {
            const [taken] = underWay.splice(one.which % underWay.length, 1);
            assert.ok(flow.took(taken.offset));
          }
          pump();
        }
        while (underWay.length > 0) {
          assert.ok(flow.took(underWay.shift()!.offset));
          pump();
        }
        assert.equal(sent, available);
        assert.ok(flow.isIdle);
      },
    ),
  );
});

test("an acknowledgement of what was never sent changes nothing", () => {
  const flow = new ByteFlow({ chunk: 10, window: 10 });
  flow.grow(20);
  assert.deepEqual(flow.next(), { offset: 0, length: 10 });
  assert.equal(flow.took(5), false);
  assert.equal(flow.took(10), false);
  assert.equal(flow.next(), undefined);
  assert.equal(flow.took(0), true);
  assert.equal(flow.took(0), false);
  assert.deepEqual(flow.next(), { offset: 10, length: 10 });
});
