/** The machine by itself: programs whose twins are written by hand, over the real state machines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../../src/base/brand.ts";
import { Onward } from "../../../src/engine/schedule/onward.ts";
import { RandomOrder } from "../../../src/engine/schedule/random.ts";
import { channel, ChannelOperation } from "../../../src/objects/channel.ts";
import { condvar, CondvarOperation } from "../../../src/objects/condvar.ts";
import { mutex, MutexOperation } from "../../../src/objects/mutex.ts";
import { NODE_WORDS } from "../../../src/objects/waiters.ts";
import { EventKind } from "../../../src/trace/event.ts";
import {
  type Body,
  engine,
  type HandProgram,
  modelOf,
  perform,
  performFor,
  ran,
  sleep,
  yieldNow,
} from "./by-hand.ts";

function twoAtALock(): HandProgram {
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

test("the same decisions give the same bytes, in the next run of a model too", () => {
  const { bytes } = ran(twoAtALock(), { scheduler: new RandomOrder(7) });
  assert.deepEqual(ran(twoAtALock(), { scheduler: new RandomOrder(7) }).bytes, bytes);
  const model = modelOf(twoAtALock());
  for (let again = 0; again < 3; again++) {
    assert.deepEqual(ran(model, { scheduler: new RandomOrder(7) }).bytes, bytes);
  }
});

test("a thread whose operation would merely wait is not offered, and one that is picked goes through", () => {
  const offered: string[] = [];
  const onward = new Onward();
  const names = ["main", "alice", "bob"];
  const { ending } = ran(twoAtALock(), {
    scheduler: {
      pick(candidates, count) {
        const all = candidates.slice(0, count);
        offered.push(all.map(({ thread }) => names[thread]).join());
        // Both begin, then bob goes wherever he can.
        const begins = all.findIndex(({ thread, operation }) => thread > 0 && operation === 1);
        const bob = all.findIndex(({ thread }) => thread === 2);
        if (begins >= 0) return begins;
        return bob >= 0 ? bob : onward.pick(candidates, count);
      },
      choose: () => 0,
    },
  });
  assert.equal(ending.kind, "finished");
  // Once bob holds the lock, alice at her `lock` is no choice; after that she is the only one.
  const alone = offered.filter((who) => who === "bob");
  assert.ok(alone.length >= 1, offered.join(" "));
});

test("while the scheduler picks the same thread nothing is suspended", () => {
  let suspensions = 0;
  function* body(): Body {
    const lock = engine.create(mutex);
    for (let i = 0; i < 100; i++) {
      for (const operation of [MutexOperation.LOCK, MutexOperation.UNLOCK]) {
        const answer: unknown = engine.perform(lock, operation);
        if (typeof answer === "number") continue;
        suspensions++;
        yield 0;
      }
    }
    return undefined;
  }
  ran({ threads: { alice: body, bob: body } });
  assert.ok(suspensions <= 2, `${suspensions} of 400`);
});

test("a scheduler that picks nobody stops the run, which goes on later as if nothing had been", () => {
  const whole = ran(twoAtALock());
  const model = modelOf(twoAtALock());
  const onward = new Onward();
  let asked = 0;
  const run = model.begin({
    scheduler: () => ({
      pick: (candidates, count) => (asked++ % 2 === 0 ? -1 : onward.pick(candidates, count)),
      choose: () => 0,
    }),
  });
  let stops = 0;
  for (let result = run.go(); result === undefined; result = run.go()) stops++;
  assert.equal(stops, whole.run.machine.steps);
  assert.equal(run.go()?.threads, whole.threads);
  assert.equal(run.machine.steps, whole.run.machine.steps);
});

/** What comes out of a channel: `count` messages by each of two senders. */
function sending(capacity: number, count: number, received: number[]): HandProgram {
  let at = 0 as Address;
  const sender = (from: number) =>
    function* (): Body {
      for (let i = 0; i < count; i++) {
        const message = engine.allocate(NODE_WORDS);
        engine.words[message + 3] = from + i;
        assert.equal(yield* perform(at, ChannelOperation.SEND, message), 0);
      }
      return undefined;
    };
  return {
    main: () => {
      at = engine.create(channel, capacity);
    },
    threads: {
      one: sender(100),
      two: sender(200),
      *sink(): Body {
        for (let i = 0; i < 2 * count; i++) {
          const message = yield* perform(at, ChannelOperation.RECEIVE, engine.node);
          received.push(engine.words[message + 3]);
        }
        return undefined;
      },
    },
  };
}

for (const capacity of [-1, 0, 1, 3]) {
  test(`messages of each sender come in order, all of them, at capacity ${capacity}`, () => {
    for (let seed = 1; seed <= 20; seed++) {
      const received: number[] = [];
      const { ending } = ran(sending(capacity, 5, received), {
        scheduler: new RandomOrder(seed),
      });
      assert.equal(ending.kind, "finished");
      const expected = [100, 101, 102, 103, 104];
      assert.deepEqual(
        received.filter((value) => value < 200),
        expected,
      );
      assert.deepEqual(
        received.filter((value) => value >= 200),
        expected.map((value) => value + 100),
      );
    }
  });
}

test("who waits with a condition is woken by a notification, whatever the order", () => {
  for (let seed = 1; seed <= 30; seed++) {
    let [lock, ready, isReady] = [0 as Address, 0 as Address, false];
    const { ending, kinds } = ran(
      {
        main: () => {
          lock = engine.create(mutex);
          ready = engine.create(condvar);
          isReady = false;
        },
        threads: {
          *waiter(): Body {
            yield* perform(lock, MutexOperation.LOCK);
            while (!isReady) {
              const { node } = engine;
              yield* perform(ready, CondvarOperation.WAIT, lock, node);
              yield* perform(ready, CondvarOperation.AWAIT, node);
              yield* perform(lock, MutexOperation.LOCK);
            }
            yield* perform(lock, MutexOperation.UNLOCK);
            return undefined;
          },
          *notifier(): Body {
            yield* perform(lock, MutexOperation.LOCK);
            isReady = true;
            yield* perform(ready, CondvarOperation.NOTIFY_ONE);
            yield* perform(lock, MutexOperation.UNLOCK);
            return undefined;
          },
        },
      },
      { scheduler: new RandomOrder(seed) },
    );
    assert.deepEqual([ending.kind, kinds], ["finished", []]);
  }
});

function timedLock(): { program: HandProgram; log: string[] } {
  const log: string[] = [];
  let lock = 0 as Address;
  return {
    log,
    program: {
      main: () => {
        lock = engine.create(mutex);
      },
      threads: {
        *holder(): Body {
          yield* perform(lock, MutexOperation.LOCK);
          yield* sleep(50);
          yield* perform(lock, MutexOperation.UNLOCK);
          return undefined;
        },
        *hasty(): Body {
          yield* sleep(1);
          const result = yield* performFor(lock, MutexOperation.LOCK, 0, 0, 10);
          log.push(result === 2 ? "gave up" : "held");
          return undefined;
        },
        *patient(): Body {
          yield* sleep(1);
          const result = yield* performFor(lock, MutexOperation.LOCK, 0, 0, 1000);
          log.push(result === 2 ? "gave up" : "held");
          return undefined;
        },
      },
    },
  };
}

test("time moves when nothing else can, to the earliest deadline", () => {
  const { program, log } = timedLock();
  const { run, ending } = ran(program);
  assert.equal(ending.kind, "stuck" === ending.kind ? "stuck" : "finished");
  assert.deepEqual(log, ["gave up", "held"]);
  assert.equal(run.virtualTime, 50e6);
});

test("who explores may let patience end at any step, but only of what cannot go through, and then always", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 200; seed++) {
    const { program, log } = timedLock();
    ran(program, { scheduler: new RandomOrder(seed), exploring: true });
    seen.add(log.toSorted().join());
  }
  // Whoever holds it keeps it: the other one, though it came to a free lock, gives up in the end.
  assert.deepEqual([...seen].toSorted(), ["gave up,gave up", "gave up,held"]);
});

test("a lock that is taken again by its holder is a deadlock, told with its place in the chain", () => {
  const { ending, findings } = ran({
    *main(): Body {
      const lock = engine.create(mutex);
      yield* perform(lock, MutexOperation.LOCK);
      yield* perform(lock, MutexOperation.LOCK);
      return undefined;
    },
  });
  assert.equal(ending.kind, "stuck");
  assert.equal(findings[0].kind, "deadlock");
  assert.match(findings[0].message, /main waits for `mutex 3`, held by itself|main waits for/);
});

test("two locks in two orders deadlock only where the threads meet in between", () => {
  const outcomes = new Set<string>();
  for (let seed = 1; seed <= 40; seed++) {
    let locks: Address[] = [];
    const body = (first: number) =>
      function* (): Body {
        yield* perform(locks[first], MutexOperation.LOCK);
        yield* perform(locks[1 - first], MutexOperation.LOCK);
        yield* perform(locks[1 - first], MutexOperation.UNLOCK);
        yield* perform(locks[first], MutexOperation.UNLOCK);
        return undefined;
      };
    const { kinds } = ran(
      {
        main: () => {
          locks = [engine.create(mutex), engine.create(mutex)];
        },
        threads: { alice: body(0), bob: body(1) },
      },
      { scheduler: new RandomOrder(seed) },
    );
    outcomes.add(kinds.join());
  }
  assert.deepEqual([...outcomes].sort(), ["", "deadlock"]);
});

test("a panic that nobody joins for is told, and a thread that throws ends", () => {
  const { findings, ending } = ran({
    threads: {
      // eslint-disable-next-line require-yield -- throws before it could
      *carol(): Body {
        throw new RangeError("no room");
      },
    },
  });
  assert.equal(ending.kind, "finished");
  assert.deepEqual(
    findings.map(({ kind }) => kind),
    ["panic"],
  );
  assert.match(findings[0].message, /carol panicked: RangeError: no room/);
});

test("an endless loop ends at the limit of steps, at the same place each time", () => {
  const program = (): HandProgram => ({
    threads: {
      *spinner(): Body {
        for (;;) yield* yieldNow();
      },
    },
  });
  const first = ran(program(), { stepLimit: 1000 });
  assert.deepEqual(first.ending, { kind: "step-limit", limit: 1000 });
  assert.deepEqual(first.kinds, ["limit"]);
  assert.deepEqual(ran(program(), { stepLimit: 1000 }).bytes, first.bytes);
});

test("an invariant is looked at after each step that may break it", () => {
  let [lock, value] = [0 as Address, 0];
  const { findings } = ran({
    main: () => {
      lock = engine.create(mutex);
      value = 0;
    },
    invariant: () => value < 3,
    threads: {
      *counter(): Body {
        for (let i = 0; i < 10; i++) {
          yield* perform(lock, MutexOperation.LOCK);
          value++;
          yield* perform(lock, MutexOperation.UNLOCK);
        }
        return undefined;
      },
    },
  });
  assert.deepEqual(
    findings.map(({ kind }) => kind),
    ["assertion"],
  );
  assert.match(findings[0].message, /@invariant invariant.*after counter/);
  assert.equal(value, 3);
});

test("a final condition is looked at when all have ended normally", () => {
  const failing = ran({ final: () => false });
  assert.deepEqual(failing.kinds, ["assertion"]);
  assert.deepEqual(ran({ final: () => true }).kinds, []);
});

test("two thousand threads run", () => {
  let lock = 0 as Address;
  let count = 0;
  function* body(): Body {
    yield* perform(lock, MutexOperation.LOCK);
    count++;
    yield* perform(lock, MutexOperation.UNLOCK);
    return undefined;
  }
  const { ending, threads } = ran({
    main: () => {
      lock = engine.create(mutex);
    },
    threads: { worker: body },
    count: 2_000,
  });
  assert.deepEqual([ending.kind, threads, count], ["finished", 2_001, 2_000]);
});
