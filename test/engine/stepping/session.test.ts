/** Stepping a modelled run: any way forwards, back, and into branches; the same moment is always the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Address } from "../../../src/base/brand.ts";
import { Onward } from "../../../src/engine/schedule/onward.ts";
import type { ModelRun } from "../../../src/engine/model/run.ts";
import { SteppingSession } from "../../../src/engine/stepping/session.ts";
import type { MomentId } from "../../../src/protocol/step.ts";
import { channel, ChannelOperation } from "../../../src/objects/channel.ts";
import { condvar, CondvarOperation } from "../../../src/objects/condvar.ts";
import { mutex, MutexOperation } from "../../../src/objects/mutex.ts";
import { type Body, engine, type HandProgram, modelOf, perform, sleep } from "../model/by-hand.ts";

function sessionOf(program: HandProgram): SteppingSession<ModelRun> {
  const model = modelOf(program);
  return new SteppingSession((scheduler) => model.begin({ scheduler: () => scheduler }));
}

/** Onward, until `until` is true of what is offered. Answers how many steps were made. */
function advance(session: SteppingSession<ModelRun>, until: (offered: number) => boolean): number {
  const onward = new Onward();
  return session.go({
    pick: (candidates, count) => (until(count) ? -1 : onward.pick(candidates, count)),
    choose: () => 0,
    stopsAt: () => false,
  }).length;
}

/** Locks, a condition whose notification chooses, a rendezvous and a sleep. */
function everything(): HandProgram {
  let [lock, condition, line] = [0, 0, 0] as Address[];
  return {
    main() {
      lock = engine.create(mutex);
      condition = engine.create(condvar);
      line = engine.create(channel, 0);
    },
    threads: {
      *alice(): Body {
        yield* perform(lock, MutexOperation.LOCK);
        yield* perform(condition, CondvarOperation.WAIT, lock, engine.node);
        yield* perform(condition, CondvarOperation.AWAIT, engine.node);
        return undefined;
      },
      *bob(): Body {
        yield* perform(lock, MutexOperation.LOCK);
        yield* perform(condition, CondvarOperation.WAIT, lock, engine.node);
        yield* perform(condition, CondvarOperation.AWAIT, engine.node);
        return undefined;
      },
      *carol(): Body {
        yield* sleep(5);
        yield* perform(condition, CondvarOperation.NOTIFY_ONE);
        yield* perform(line, ChannelOperation.RECEIVE, engine.node);
        return undefined;
      },
      *dave(): Body {
        yield* perform(line, ChannelOperation.SEND, engine.allocate(8));
        return undefined;
      },
    },
  };
}

const seen = (session: SteppingSession<ModelRun>): string =>
  JSON.stringify([session.offered, session.run.machine.steps, session.result?.ending]);

const endingOf = (session: SteppingSession<ModelRun>): unknown => session.result?.ending;

const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("step" as const), n: fc.nat() }) },
  fc.record({ kind: fc.constant("undo" as const), n: fc.nat() }),
  fc.record({ kind: fc.constant("redo" as const), n: fc.nat() }),
  fc.record({ kind: fc.constant("go" as const), n: fc.nat() }),
);

test("a moment is the same each time, whichever way one comes to it", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 50 }), (commands) => {
      const session = sessionOf(everything());
      const moments = new Map<MomentId, string>([[session.here.id, seen(session)]]);
      for (const { kind, n } of commands) {
        if (kind === "step" && session.offered.length > 0) {
          const { thread, timesOut } = session.offered[n % session.offered.length];
          session.step(thread, timesOut, [n % 2]);
        }
        if (kind === "undo") session.undo();
        if (kind === "redo") session.redo();
        if (kind === "go") session.goTo((n % session.tree.size) as MomentId);
        const now = seen(session);
        assert.equal(moments.get(session.here.id) ?? now, now);
        moments.set(session.here.id, now);
        assert.equal(session.here.depth, session.run.machine.steps);
      }
    }),
  );
});

test("what is not offered is not done", () => {
  const session = sessionOf(everything());
  const before = seen(session);
  const nobody = session.offered.length + 9;
  assert.equal(session.step(nobody as never), undefined);
  assert.equal(session.step(session.offered[0].thread, true), undefined);
  assert.equal(seen(session), before);
  assert.equal(session.undo(), undefined);
});

test("a run goes on by itself to its end, and comes back from there", () => {
  const session = sessionOf(everything());
  const steps = advance(session, () => false);
  assert.deepEqual(endingOf(session), { kind: "stuck" }); // one of the two is never notified
  assert.equal(session.here.depth, steps);
  session.undo();
  assert.equal(endingOf(session), undefined);
  assert.equal(session.offered.length > 0, true);
  session.redo();
  assert.deepEqual(endingOf(session), { kind: "stuck" });
});

test("two futures of one moment stand side by side in the tree", () => {
  const session = sessionOf(everything());
  advance(session, (offered) => offered >= 3);
  const fork = session.here;
  const [one, other] = session.offered.map(({ thread }) => thread);
  const first = session.step(one)!;
  session.goTo(fork.id);
  const second = session.step(other)!;
  assert.deepEqual(session.tree.after(fork.id), [first.id, second.id]);
  assert.equal(session.tree.fork(first.id, second.id).id, fork.id);
});
