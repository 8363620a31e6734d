/** Every state machine against the plain model of what it is, under random operations of three threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Address, ThreadId } from "../../src/base/brand.ts";
import { console_, CONSOLE_LIMIT, ConsoleOperation } from "../../src/objects/console.ts";
import { BLOCKED } from "../../src/objects/object.ts";
import { Prefer } from "../../src/objects/rwlock.ts";
import { AtomicModel } from "./models/atomic.ts";
import { AtomicRefModel } from "./models/atomic-ref.ts";
import { BarrierModel } from "./models/barrier.ts";
import { BroadcastModel } from "./models/broadcast.ts";
import { CellModel } from "./models/cell.ts";
import { ChannelModel } from "./models/channel.ts";
import { CounterModel, MapModel, QueueModel, StackModel } from "./models/collections.ts";
import { CondvarModel } from "./models/condvar.ts";
import { LatchModel, WaitGroupModel } from "./models/count.ts";
import { type Model, WAITS } from "./models/model.ts";
import { MutexModel } from "./models/mutex.ts";
import { NotifyModel } from "./models/notify.ts";
import { OneshotModel } from "./models/oneshot.ts";
import { OnceModel } from "./models/once.ts";
import { JobModel, PoolModel } from "./models/pool.ts";
import { RwLockModel } from "./models/rwlock.ts";
import { SemaphoreModel } from "./models/semaphore.ts";
import { ThreadModel } from "./models/thread.ts";
import { WatchModel } from "./models/watch.ts";
import { call, type Happening, SmallEngine } from "./small-engine.ts";
import { atomicSubject } from "./subjects/atomic.ts";
import { atomicRefSubject, valueSeen } from "./subjects/atomic-ref.ts";
import { barrierSubject, PARTIES } from "./subjects/barrier.ts";
import { broadcastSubject, subscribersOf } from "./subjects/broadcast.ts";
import { cellSubject } from "./subjects/cell.ts";
import { channelSubject, markOf } from "./subjects/channel.ts";
import { counterSubject, mapSubject, queueSubject, stackSubject } from "./subjects/collections.ts";
import { condvarSubject } from "./subjects/condvar.ts";
import { LATCH_COUNT, latchSubject, waitGroupSubject } from "./subjects/count.ts";
import { mutexSubject } from "./subjects/mutex.ts";
import { notifySubject } from "./subjects/notify.ts";
import { oneshotSubject } from "./subjects/oneshot.ts";
import { jobSubject } from "./subjects/job.ts";
import { onceSubject } from "./subjects/once.ts";
import { markOfJob, poolSubject } from "./subjects/pool.ts";
import { rwlockSubject } from "./subjects/rwlock.ts";
import { PERMITS, semaphoreSubject } from "./subjects/semaphore.ts";
import { threadSubject } from "./subjects/thread.ts";
import { watchSubject } from "./subjects/watch.ts";
import { type Subject, THREADS } from "./subject.ts";
import { begin, steering, walk } from "./walk.ts";

const GIVES_UP = "gives up";

/** The operation's arguments as they were before the step, which keeps its result in some of them. */
type Arguments = Parameters<Model["perform"]>[1];

function agrees(
  name: string,
  subject: Subject,
  makeModel: (engine: SmallEngine, choice: () => number, at: Address) => Model,
): void {
  test(name, () => {
    fc.assert(
      fc.property(steering, (picks) => {
        const stage = begin(subject);
        const { engine } = stage;
        let choice = 0;
        const model = makeModel(engine, () => choice, stage.at);
        const given = recordArguments(engine);
        walk(subject, stage, picks, (happened, { thread, name: taken }) => {
          choice = Number(/choosing (\d+)/.exec(taken)?.[1] ?? 0);
          for (const one of happened) {
            const told = subject.answer(engine, one);
            const asked = given(one);
            const timedOut = taken === GIVES_UP && one.thread === thread;
            const expected = timedOut
              ? model.givesUp(one.thread, asked)
              : model.perform(one.thread, asked);
            assert.deepEqual(told, expected, `${taken} of thread ${one.thread}`);
          }
          const standing = engine.standing(thread);
          if (standing.kind === "blocked") {
            const answer = model.perform(thread, standing.call);
            assert.equal(answer, WAITS, `${taken} is blocked and need not be`);
            model.waits?.(thread, standing.call);
          }
        });
      }),
      { numRuns: 300 },
    );
  });
}

/** Notes the arguments of each thread's operation as it begins. */
function recordArguments(engine: SmallEngine): (happening: Happening) => Arguments {
  const begun = new Map<ThreadId, Arguments>();
  const perform = engine.perform.bind(engine);
  engine.perform = (thread, wanted) => {
    begun.set(thread, wanted);
    return perform(thread, wanted);
  };
  return ({ thread }) => begun.get(thread)!;
}

agrees("a mutex: one holder, barging, poison until it is cleared", mutexSubject, () => {
  return new MutexModel();
});
agrees(
  "a condition: wakes whom it was told to, all of them, or nobody",
  condvarSubject,
  (_, choice) => {
    return new CondvarModel(choice);
  },
);
agrees("an atomic of 32 bits wraps around as `| 0` does", atomicSubject(false), () => {
  return new AtomicModel(32);
});
agrees("an atomic of 64 bits wraps around as BigInt.asIntN does", atomicSubject(true), () => {
  return new AtomicModel(64);
});
agrees(
  "a thread: any number of joins, all told the same; one token for its parking",
  threadSubject,
  (_, choice) => new ThreadModel(choice),
);
agrees("a cell: the value that was written last", cellSubject, (engine) => {
  return new CellModel((block) => markOf(engine.words, block));
});
agrees(
  "a reference: exchanged where `===` says that it is what was expected",
  atomicRefSubject(),
  (engine) => {
    return new AtomicRefModel((low, high) => valueSeen(engine.words, { low, high }));
  },
);
agrees("a map: what was set last, for each key", mapSubject, (engine) => {
  return new MapModel(() => engine.words);
});
for (const capacity of [-1, 1, 3]) {
  const subject = queueSubject(capacity);
  agrees(`${subject.name}: in order, and never more than fit`, subject, (engine) => {
    return new QueueModel(capacity, (block) => markOf(engine.words, block));
  });
}
agrees("a stack: the last one first", stackSubject, (engine) => {
  return new StackModel((block) => markOf(engine.words, block));
});
agrees(
  "a counter: the sum, which wraps around at 64 bits",
  counterSubject,
  () => new CounterModel(),
);
agrees("a semaphore: never more permits than there are", semaphoreSubject, () => {
  return new SemaphoreModel(PERMITS);
});
agrees("a notify: wakes those who have come, or whoever comes next", notifySubject, () => {
  return new NotifyModel();
});
agrees("a barrier: all pass when all are there, the lowest thread leads", barrierSubject, () => {
  return new BarrierModel(PARTIES);
});
agrees("a latch: opens once it is counted down", latchSubject, () => new LatchModel(LATCH_COUNT));
agrees("a wait group: as many done as were added", waitGroupSubject, () => new WaitGroupModel());
for (const [prefer, number] of [
  ["fair", Prefer.FAIR],
  ["readers", Prefer.READERS],
  ["writers", Prefer.WRITERS],
] as const) {
  agrees(
    `a lock for reading and writing, ${prefer}: whoever comes first, and whoever is preferred`,
    rwlockSubject(prefer, number),
    () => new RwLockModel(prefer),
  );
}
agrees(
  "what is done once: by one thread, or again if it fails",
  onceSubject,
  () => new OnceModel(),
);
agrees("a pool: jobs in order, each taken once, none after it is closed", poolSubject, (engine) => {
  return new PoolModel((node) => markOfJob(engine, node));
});
agrees("a job: any number of joins, all told the same", jobSubject, () => new JobModel());
for (const capacity of [-1, 2, 1, 0]) {
  const subject = channelSubject(capacity);
  agrees(`${subject.name}: in order, each message once, closed at the end`, subject, (engine) => {
    return new ChannelModel(capacity, THREADS.length, (at) => markOf(engine.words, at));
  });
}

agrees("a one-shot: one message, and both ends used up by it", oneshotSubject, (engine) => {
  return new OneshotModel((at) => markOf(engine.words, at));
});

agrees("a watch: the newest value, and each receiver told once", watchSubject, (engine) => {
  return new WatchModel((at) => markOf(engine.words, at), 1, THREADS.length - 1);
});
for (const capacity of [1, 3]) {
  const subject = broadcastSubject(capacity);
  agrees(
    `${subject.name}: everything to everybody, but what was missed`,
    subject,
    (engine, _, at) => {
      const { words } = engine;
      const own = subscribersOf(words, at);
      return new BroadcastModel(capacity, 2, own, (block) => markOf(words, block));
    },
  );
}

test("a console takes lines in order, and holds writers back that are too fast for it", () => {
  const engine = new SmallEngine();
  const at = engine.create(console_);
  const line = engine.node();
  const thread = THREADS[0];
  for (let i = 0; i < CONSOLE_LIMIT; i++) {
    assert.equal(engine.perform(thread, call(at, ConsoleOperation.WRITE, line)), i);
  }
  assert.equal(engine.perform(thread, call(at, ConsoleOperation.WRITE, line)), BLOCKED);
});
