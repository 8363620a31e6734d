/** The machine by itself: programs whose twins are written by hand, over the real state machines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../../src/base/brand.ts";
import { mutex, MutexOperation } from "../../../src/objects/mutex.ts";
import { EventKind } from "../../../src/trace/event.ts";
import { type Body, engine, perform, ran } from "./by-hand.ts";

function twoAtALock(): Parameters<typeof ran>[0] {
  let lock = 0 as Address;
  function* body(): Body {
    yield* perform(lock, MutexOperation.LOCK);
    yield* perform(lock, MutexOperation.UNLOCK);
    return undefined;
  }
  return {
    main: () => {
      lock = engine.create(mutex);
    },
    threads: { alice: body, bob: body },
  };
}

test("two threads take a lock, and the trace tells all of it", () => {
  const { ending, findings, trace } = ran(twoAtALock());
  assert.deepEqual([ending, findings], [{ kind: "finished" }, []]);
  assert.deepEqual(
    [...trace.threads.values()].map(({ name }) => name),
    ["main", "alice", "bob"],
  );
  const kinds = Array.from(trace.events.kind.subarray(0, trace.events.count));
  const count = (kind: EventKind) => kinds.filter((one) => one === kind).length;
  assert.deepEqual(
    [EventKind.lock, EventKind.unlock, EventKind.threadStart, EventKind.threadEnd].map(count),
    [2, 2, 3, 3],
  );
});

test("the same decisions give the same bytes", () => {
  assert.deepEqual(ran(twoAtALock()).bytes, ran(twoAtALock()).bytes);
});
