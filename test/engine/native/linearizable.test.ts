/**
 * The collections on real threads: what their calls came to, in whatever order the machine had them run, is what some order of
 * calls one after another comes to. Each call is between two readings of one clock, so that who returned before another
 * began comes before it. Exploring holds every order of few calls; here are many calls in the orders that happen.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, type Ordered } from "../../../src/explore/linearizability/search.ts";
import { Specification } from "../../../src/explore/linearizability/specification.ts";
import { Programs } from "./fixture.ts";

const programs = new Programs("native");

const THREADS = 3;
/** So many that the search, which is for 30 calls at most, has them all in one history. */
const CALLS = 8;
const ROUNDS = 150;

interface Subject<Model> {
  /** The structure, as the program has it, and its calls there. */
  readonly made: string;
  readonly model: () => Model;
  readonly calls: Readonly<Record<string, (model: Model) => unknown>>;
}

/** What each call of each round came to. */
async function historiesOf(subject: {
  readonly made: string;
  readonly calls: Readonly<Record<string, unknown>>;
}): Promise<Ordered[][]> {
  const { output, kinds } = await programs.run(`
    import { AtomicI32, Barrier, scope } from "threadloom:std";
    import { ConcurrentMap, ConcurrentQueue, ConcurrentStack, StripedCounter } from "threadloom:collections";
    const structures = Array.from({ length: ${ROUNDS} }, () => ${subject.made});
    const clock = new AtomicI32();
    const gate = new Barrier(${THREADS});
    const called = (s: typeof structures[0], call: number): unknown => {
      switch (call) {
        ${Object.keys(subject.calls)
          .map((text, call) => `case ${call}: return ${text};`)
          .join("\n")}
      }
    };
    const handles = scope((s) => Array.from({ length: ${THREADS} }, (_, thread) => s.spawn(() => {
      const rows: string[] = [];
      let chance = thread + 1;
      for (const structure of structures) {
        gate.wait();
        for (let n = 0; n < ${CALLS}; n++) {
          chance = (Math.imul(chance, 48271) + 11) >>> 0;
          const call = (chance >>> 8) % ${Object.keys(subject.calls).length};
          const first = clock.fetchAdd(1);
          const outcome = String(called(structure, call));
          rows.push([call, first, clock.fetchAdd(1), outcome].join());
        }
      }
      return rows;
    })));
    for (const handle of handles) console.log(handle.join().join(";"));
  `);
  assert.deepEqual(kinds, []);
  const lanes = output.map((line) => line.split(";"));
  return Array.from({ length: ROUNDS }, (_, round) =>
    lanes.flatMap((rows, thread) =>
      rows.slice(round * CALLS, (round + 1) * CALLS).map((row) => {
        const [call, first, last, outcome] = row.split(",");
        return { thread, call: Number(call), first: Number(first), last: Number(last), outcome };
      }),
    ),
  );
}

function isLinearizable<Model>(name: string, subject: Subject<Model>): void {
  test(`${name} is linearizable on real threads`, async (t) => {
    const made = Object.values(subject.calls);
    const inTurn = new Specification((calls) => {
      const model = subject.model();
      return calls.map((call) => String(made[call](model)));
    });
    const histories = await historiesOf(subject);
    assert.equal(histories.flat().length, ROUNDS * THREADS * CALLS);
    for (const history of histories) {
      const { holds } = explain(history, inTurn);
      assert.ok(
        holds,
        JSON.stringify(history.map((row) => ({ ...row, call: made[row.call].name }))),
      );
    }
    const isAmid = (one: Ordered, other: Ordered): boolean =>
      other.first < one.first && one.first < other.last;
    const overlapping = histories.flatMap((history) =>
      history.filter((one) => history.some((other) => isAmid(one, other))),
    );
    t.diagnostic(`${overlapping.length} calls began amid another`);
  });
}

isLinearizable<Map<number, number>>("ConcurrentMap", {
  made: "new ConcurrentMap<number, number>()",
  model: () => new Map(),
  calls: {
    "s.set(1, 10)": (map) => exchanged(map, 10),
    "s.set(1, 20)": (map) => exchanged(map, 20),
    "s.get(1)": (map) => map.get(1),
    "s.delete(1)": (map) => map.delete(1),
    "s.getOrInsert(1, () => 30)": (map) => map.get(1) ?? map.set(1, 30).get(1),
    "s.size": (map) => map.size,
  },
});

function exchanged(map: Map<number, number>, value: number): number | undefined {
  const before = map.get(1);
  map.set(1, value);
  return before;
}

isLinearizable<number[]>("ConcurrentQueue", {
  made: "new ConcurrentQueue<number>(2)",
  model: () => [],
  calls: {
    "s.push(1)": (queue) => queue.length < 2 && queue.push(1) > 0,
    "s.push(2)": (queue) => queue.length < 2 && queue.push(2) > 0,
    "s.pop()": (queue) => queue.shift(),
    "s.size": (queue) => queue.length,
  },
});

isLinearizable<number[]>("ConcurrentStack", {
  made: "new ConcurrentStack<number>()",
  model: () => [],
  calls: {
    "s.push(1)": (stack) => void stack.push(1),
    "s.push(2)": (stack) => void stack.push(2),
    "s.pop()": (stack) => stack.pop(),
  },
});

isLinearizable<{ sum: number }>("StripedCounter", {
  made: "new StripedCounter()",
  model: () => ({ sum: 0 }),
  calls: {
    "s.add()": (counter) => void counter.sum++,
    "s.add(-5)": (counter) => void (counter.sum -= 5),
    "s.sum()": (counter) => counter.sum,
  },
});
