/** Execution models: the same two threads on one core and on two, with and without a quantum, told by who runs where. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../../src/base/brand.ts";
import { cooperative } from "../../../src/engine/models/cooperative.ts";
import { green } from "../../../src/engine/models/green.ts";
import type { ExecutionModel } from "../../../src/engine/models/model.ts";
import { parallel } from "../../../src/engine/models/parallel.ts";
import { timesliced } from "../../../src/engine/models/timesliced.ts";
import { atomic, AtomicOperation } from "../../../src/objects/atomic.ts";
import { EventKind } from "../../../src/trace/event.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import {
  type Body,
  engine,
  type HandProgram,
  loop,
  perform,
  ran,
  sleep,
  yieldNow,
} from "./by-hand.ts";

/** Each thread adds to an atomic `times` times; `between` comes between two additions. */
function adding(times: number, between: () => Body): HandProgram {
  let at = 0 as Address;
  function* body(): Body {
    for (let i = 0; i < times; i++) {
      yield* perform(at, AtomicOperation.ADD, 1);
      yield* between();
    }
    return undefined;
  }
  return {
    main: () => {
      at = engine.create(atomic, 0);
    },
    threads: { a: body, b: body },
  };
}

// eslint-disable-next-line require-yield -- only the additions count
function* nothing(): Body {
  return undefined;
}

/** The order of the additions, and the times at which they were made. */
function additions({ events }: Trace): { order: string; times: number[] } {
  const rows = [...Array(events.count).keys()].filter(
    (row) => events.kind[row] === EventKind.update,
  );
  return {
    order: rows.map((row) => "mab"[events.thread[row]]).join(""),
    times: rows.map((row) => events.time[row]),
  };
}

const run = (program: HandProgram, model: ExecutionModel) =>
  ran(program, { scheduler: model }).trace;

test("cooperative: a thread keeps the core until it ends, or yields", () => {
  assert.equal(additions(run(adding(4, nothing), cooperative())).order, "aaaabbbb");
  assert.equal(additions(run(adding(4, yieldNow), cooperative())).order, "abababab");
});

test("time-sliced: a thread is interrupted where its quantum ends, in a loop too", () => {
  const { order } = additions(run(adding(6, nothing), timesliced(3)));
  assert.match(order, /^a{1,3}b{1,3}a{1,3}b/);
  const loops = additions(
    run(
      adding(3, () => loop(20)),
      timesliced(5),
    ),
  );
  assert.equal(loops.order, "ababab");
});

test("parallel: threads on two cores add at the same time", () => {
  const { order, times } = additions(
    run(
      adding(4, () => loop(10)),
      parallel(2),
    ),
  );
  assert.equal(order.length, 8);
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  assert.ok(
    gaps.every((gap) => gap >= 0),
    "in order of time",
  );
  assert.ok(times.at(-1)! - times[0] < 60, `${times.join()}: half of what one core would take`);
});

test("green: more threads than cores wait for one until somebody waits, yields or ends", () => {
  const one = additions(
    run(
      adding(3, () => loop(2000)),
      green(1),
    ),
  );
  assert.equal(one.order, "aaabbb");
  const two = additions(
    run(
      adding(3, () => loop(2000)),
      green(2),
    ),
  );
  assert.notEqual(two.order, "aaabbb");
});

test("a trace tells which core runs whom, and never two on one core at a time", () => {
  for (const model of [parallel(2), timesliced(4), cooperative(), green(2)]) {
    const { events } = run(
      adding(5, () => loop(7)),
      model,
    );
    const onCore = new Map<number, number>();
    for (let row = 0; row < events.count; row++) {
      const [kind, thread, core] = [events.kind[row], events.thread[row], events.argument[row]];
      if (kind === EventKind.onCore) {
        assert.ok(core < model.cores);
        onCore.set(thread, core);
      } else if (kind === EventKind.offCore) {
        assert.equal(onCore.get(thread), core);
        onCore.delete(thread);
      } else if (kind === EventKind.update) {
        assert.ok(onCore.has(thread), "who works has a core");
      }
    }
  }
});

test("times of one thread never go back, and those of one object follow its versions", () => {
  for (const model of [parallel(2), timesliced(4), cooperative(), green(3)]) {
    const { events } = run(
      adding(5, () => loop(7)),
      model,
    );
    const last = new Map<number, number>();
    const versions = new Map<number, { version: number; time: number }>();
    for (let row = 0; row < events.count; row++) {
      const [time, thread] = [events.time[row], events.thread[row]];
      assert.ok(time >= (last.get(thread) ?? 0), `row ${row}`);
      last.set(thread, time);
      if (events.kind[row] !== EventKind.update) continue;
      const [object, version] = [events.object[row], events.version[row]];
      const before = versions.get(object);
      if (before !== undefined) {
        assert.equal(version, before.version + 1);
        assert.ok(time >= before.time);
      }
      versions.set(object, { version, time });
    }
  }
});

test("the same program under the same model gives the same bytes", () => {
  for (const make of [() => parallel(2), () => timesliced(4), cooperative, () => green(2)]) {
    const [one, other] = [make(), make()];
    const program = () => adding(5, () => loop(7));
    assert.deepEqual(
      ran(program(), { scheduler: one }).bytes,
      ran(program(), { scheduler: other }).bytes,
    );
  }
});

test("a yield lets the next thread on at once: what is worked after it is worked on the next core", () => {
  const body = (): Body =>
    (function* () {
      yield* perform(at, AtomicOperation.ADD, 1);
      yield* yieldNow();
      yield* loop(50);
      yield* perform(at, AtomicOperation.ADD, 1);
      return undefined;
    })();
  let at = 0 as Address;
  const program: HandProgram = {
    main: () => {
      at = engine.create(atomic, 0);
    },
    threads: { a: body, b: body },
  };
  const { events } = run(program, cooperative());
  const off = [...Array(events.count).keys()].find((row) => events.kind[row] === EventKind.offCore);
  const yielded = [...Array(events.count).keys()].find(
    (row) => events.kind[row] === EventKind.yield,
  );
  assert.equal(events.time[off!], events.time[yielded!] + 1);
});

test("who is given a core tells how long it had waited for one", () => {
  const { events } = run(
    adding(6, () => loop(10)),
    timesliced(7),
  );
  const left = new Map<number, number>();
  let told = 0;
  for (let row = 0; row < events.count; row++) {
    const [time, thread, kind] = [events.time[row], events.thread[row], events.kind[row]];
    if (kind === EventKind.offCore) left.set(thread, time);
    if (kind !== EventKind.onCore || !left.has(thread)) continue;
    assert.equal(events.version[row], time - left.get(thread)!);
    left.delete(thread);
    told++;
  }
  assert.ok(told > 3);
});

/** One sleeps and then says so; the other looks until it has, and calls `between` each time. */
function lookingForSleeper(between: () => Body): HandProgram {
  let at = 0 as Address;
  return {
    main: () => {
      at = engine.create(atomic, 0);
    },
    threads: {
      *sleeper(): Body {
        yield* sleep(5);
        yield* perform(at, AtomicOperation.STORE, 1);
        return undefined;
      },
      *looker(): Body {
        while ((yield* perform(at, AtomicOperation.LOAD)) === 0) yield* between();
        return undefined;
      },
    },
  };
}

test("who waits by looking for what a sleeper does sees it, since time passes meanwhile", () => {
  for (const make of [() => parallel(2), () => timesliced(4), cooperative, () => green(2)]) {
    const { ending } = ran(lookingForSleeper(yieldNow), { scheduler: make() });
    assert.equal(ending.kind, "finished");
  }
  for (const make of [() => parallel(2), () => timesliced(4)]) {
    const { ending } = ran(lookingForSleeper(nothing), { scheduler: make() });
    assert.equal(ending.kind, "finished");
  }
});

test("cooperative: who looks without yielding keeps the core for ever, whatever time it is", () => {
  const { ending } = ran(lookingForSleeper(nothing), {
    scheduler: cooperative(),
    stepLimit: 20_000,
  });
  assert.equal(ending.kind, "step-limit");
});
