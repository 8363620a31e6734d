/** Programs that fail in some orders only: for how many executions each strategy takes to meet one. */
import type { Address } from "../../src/base/brand.ts";
import type { Model } from "../../src/engine/model/model.ts";
import { atomic, AtomicOperation } from "../../src/objects/atomic.ts";
import { type Body, engine, modelOf, perform } from "../../test/engine/model/by-hand.ts";
import { philosophers } from "../../test/explore/published-programs.ts";

/** Two threads that load, then store what is one more. */
function lostUpdate(): Model {
  let at = 0 as Address;
  function* body(): Body {
    const seen = yield* perform(at, AtomicOperation.LOAD);
    yield* perform(at, AtomicOperation.STORE, seen + 1);
    return undefined;
  }
  return modelOf({
    main: () => {
      at = engine.create(atomic, 0);
    },
    threads: { adder: body },
    count: 2,
    final: () => engine.perform(at, AtomicOperation.LOAD) === 2,
  });
}

/** Fails where a reader meets one of ten values, and a later one at its second look: three constraints on the order. */
function needle(): Model {
  let at = 0 as Address;
  return modelOf({
    main: () => {
      at = engine.create(atomic, 0);
    },
    threads: {
      *writer(): Body {
        for (let value = 1; value <= 10; value++) {
          yield* perform(at, AtomicOperation.STORE, value);
        }
        return undefined;
      },
      *reader(): Body {
        const first = yield* perform(at, AtomicOperation.LOAD);
        const second = yield* perform(at, AtomicOperation.LOAD);
        if (first === 5 && second > 5) throw new Error("found");
        return undefined;
      },
    },
  });
}

/** Fails where half-done work is seen, among six threads that have nothing to do with it. */
function crowd(): Model {
  const cells: Address[] = [];
  return modelOf({
    main: () => {
      cells.length = 0;
      for (let i = 0; i < 8; i++) cells.push(engine.create(atomic, 0));
    },
    threads: {
      *first(): Body {
        yield* perform(cells[0], AtomicOperation.STORE, 1);
        yield* perform(cells[1], AtomicOperation.STORE, 1);
        return undefined;
      },
      *second(): Body {
        const begun = yield* perform(cells[0], AtomicOperation.LOAD);
        const done = yield* perform(cells[1], AtomicOperation.LOAD);
        if (begun === 1 && done === 0) throw new Error("found");
        return undefined;
      },
      ...Object.fromEntries(
        [2, 3, 4, 5, 6, 7].map((id) => [
          `worker${id}`,
          function* (): Body {
            for (let i = 0; i < 5; i++) yield* perform(cells[id], AtomicOperation.ADD, 1);
            return undefined;
          },
        ]),
      ),
    },
  });
}

export const BUGGY: Readonly<Record<string, Model>> = {
  "lost update": lostUpdate(),
  "4 philosophers": philosophers(4),
  "one value of ten, then a later one": needle(),
  "half-done work seen in a crowd": crowd(),
};
