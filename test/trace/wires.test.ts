/** Bytes between threads, and what was polled, as a timeline tells them. */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { EventKind } from "../../src/trace/event.ts";
import { bytesUnderWay, type Parcels, parcelsOf } from "../../src/trace/timeline/parcels.ts";
import { ReadyFor } from "../../src/trace/timeline/readiness.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import type { StepColumns } from "../../src/trace/timeline/steps.ts";
import { idOf, timelineOf } from "./told.ts";

const told = (parcels: Parcels): string[] =>
  Array.from({ length: parcels.count }, (_, row) => {
    const { sent, received, from, to, bytes } = parcels;
    return `${bytes[row]} from w${from[row]} at ${sent[row] / 1000} to w${to[row]} at ${received[row] / 1000}`;
  });

const steps = ({ count, time, value }: StepColumns): string =>
  Array.from({ length: count }, (_, at) => `${time[at] / 1000}:${value[at]}`).join(" ");

const spans = (of: Spans): string[] =>
  Array.from({ length: of.count }, (_, row) => {
    const name = Object.entries(ReadyFor).find(([, value]) => value === of.value[row])![0];
    return `${of.start[row] / 1000}-${of.end[row] / 1000} ${name}`;
  });

test("a read that takes what two writes brought, and a write that two reads take, are two parcels each", () => {
  const timeline = timelineOf(`
    0  main create pipe p a.ts:1
    1  main bytesWritten p 3
    2  main bytesWritten p 5
    4  w1   bytesRead p 4
    6  w1   bytesRead p 5
    7  main writerClosed p 0
    9  w1   bytesRead p 5
    10 ends finished
  `);
  const parcels = timeline.parcels(idOf(timeline, "p"));
  assert.deepEqual(told(parcels), [
    "3 from w0 at 1 to w1 at 4",
    "1 from w0 at 2 to w1 at 4",
    "1 from w0 at 2 to w1 at 6",
    "0 from w0 at 7 to w1 at 9",
  ]);
  assert.equal(steps(bytesUnderWay(parcels)), "1:3 2:5 4:1 6:0");
});

test("what nobody reads stays under way, and a reset is seen as the end", () => {
  const timeline = timelineOf(`
    0  main create connection c a.ts:1
    1  main bytesWritten c 3
    2  main writerClosed c 1
    4  w1   readRefused c 1
    10 ends finished
  `);
  const parcels = timeline.parcels(idOf(timeline, "c"));
  assert.deepEqual(told(parcels), [
    "3 from w0 at 1 to w-1 at Infinity",
    "0 from w0 at 2 to w1 at 4",
  ]);
});

test("a source is ready from what made it so until that is used up, and remembers who was told", () => {
  const timeline = timelineOf(`
    0  main create connection c a.ts:1
    1  w1   bytesWritten c 3
    3  main ready c 3
    4  main bytesRead c 3
    5  w1   bytesWritten c 5
    6  main ready c 1
    7  w1   writerClosed c 0
    8  main bytesRead c 5
    9  main bytesRead c 5
    10 main readerClosed c 0
    12 ends finished
  `);
  const { reading, writing, told: rows } = timeline.readiness(idOf(timeline, "c"));
  assert.deepEqual(spans(reading), ["1-4 reading", "5-7 reading", "7-10 end"]);
  assert.deepEqual(spans(writing), ["3-7 writing"]);
  assert.equal(rows.length, 2);
});

test("a listener is ready while somebody waits to be accepted, and its connections are its messages", () => {
  const timeline = timelineOf(`
    0  main create listener l a.ts:1
    1  w1   connect l 1
    2  w1   connect l 2
    3  main ready l 1
    4  main accept l 1
    5  main accept l 2
    8  w1   connect l 3
    9  ends finished
  `);
  const listener = idOf(timeline, "l");
  assert.deepEqual(spans(timeline.readiness(listener).reading), ["1-5 reading", "8-9 reading"]);
  const { count, sent, received } = timeline.messages(listener);
  assert.deepEqual([...sent.subarray(0, count)], [1000, 2000, 8000]);
  assert.deepEqual([...received.subarray(0, count)], [4000, 5000, Infinity]);
});

test("each byte is in one parcel, in order, wherever writes and reads cut and totals wrap", () => {
  const moves = fc.array(fc.record({ writes: fc.boolean(), count: fc.nat(9) }), { maxLength: 40 });
  fc.assert(
    fc.property(moves, fc.constantFrom(0, 2 ** 31 - 5, 2 ** 32 - 5), (all, before) => {
      const kind: number[] = [];
      const argument: number[] = [];
      let written = 0;
      let read = 0;
      const record = (what: number, total: number): void => {
        kind.push(what);
        argument.push((before + total) | 0);
      };
      // What came before is one write and one read.
      record(EventKind.bytesWritten, 0);
      record(EventKind.bytesRead, 0);
      for (const { writes, count } of all) {
        if (writes) record(EventKind.bytesWritten, (written += count));
        else record(EventKind.bytesRead, (read += Math.min(count, written - read)));
      }
      const rows = Int32Array.from(kind, (_, row) => row);
      const parcels = parcelsOf(
        {
          time: Float64Array.from(rows),
          thread: new Uint16Array(rows.length),
          kind: Uint8Array.from(kind),
          argument: Int32Array.from(argument),
        },
        rows,
      );
      let unread = 0;
      let sum = 0;
      for (let row = 0; row < parcels.count; row++) {
        const bytes = parcels.bytes[row];
        assert.ok(bytes > 0);
        sum += bytes;
        if (parcels.to[row] < 0) unread += bytes;
        else assert.ok(parcels.received[row] > parcels.sent[row]);
        if (row > 0) assert.ok(parcels.sent[row] >= parcels.sent[row - 1]);
      }
      assert.equal(sum, before + written);
      assert.equal(unread, written - read);
      assert.ok(parcels.count <= rows.length);
    }),
  );
});
