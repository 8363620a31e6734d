import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteFlow } from "../../src/extension/byte-flow.ts";

test("every byte is sent once and in order, and never more than the window is under way", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("grow" as const), by: fc.nat(500) }),
    fc.record({
      kind: fc.constant("took" as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.nat(200),
      fc.array(step),
      (chunk, more, steps) => {
        const window = chunk + more;
        const flow = new ByteFlow({ chunk, window });
        let [available, sent, taken] = [0, 0, 0];
        const pump = () => {
          for (let next; (next = flow.next());) {
            assert.equal(next.offset, sent);
            assert.ok(next.length > 0 && next.length <= chunk);
            sent += next.length;
            assert.ok(sent <= available && sent - taken <= window);
          }
        };
        for (const one of steps) {
          if (one.kind === "grow") flow.grow((available += one.by));
          else flow.took((taken += Math.floor((sent - taken) * one.share)));
          pump();
        }
        for (; sent < available; pump()) flow.took((taken = sent));
        assert.ok(flow.isSent);
      },
    ),
  );
});

test("an acknowledgement of what was never sent, or was taken before, changes nothing", () => {
  const flow = new ByteFlow({ chunk: 10, window: 10 });
  flow.grow(30);
  assert.deepEqual(flow.next(), { offset: 0, length: 10 });
  flow.took(20);
  flow.took(0);
  assert.equal(flow.next(), undefined);
  flow.took(10);
  assert.deepEqual(flow.next(), { offset: 10, length: 10 });
  flow.took(5);
  assert.equal(flow.next(), undefined);
});

test("a file that seems to shrink is not sent again", () => {
  const flow = new ByteFlow({ chunk: 10, window: 100 });
  flow.grow(10);
  flow.next();
  flow.grow(4);
  assert.ok(flow.isSent);
  assert.equal(flow.next(), undefined);
});
