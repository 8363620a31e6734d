/** Exploring broadcasts: whoever came too late for a message may have come in time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../src/base/brand.ts";
import { broadcast, BroadcastOperation } from "../../src/objects/broadcast.ts";
import { END_WORDS } from "../../src/objects/ends.ts";
import { NODE_WORDS } from "../../src/objects/waiters.ts";
import { engine, modelOf, perform } from "../engine/model/by-hand.ts";
import { counted, DEPENDENCE } from "./counted.ts";
import { enumerate } from "./naive.ts";

const CAPACITY = 1;

function sendersAndOneThatReceives(messages: number) {
  let at = 0 as Address;
  let end = 0 as Address;
  let seen = "";
  const model = modelOf({
    main: function* () {
      at = engine.create(broadcast, CAPACITY, engine.allocate(CAPACITY));
      end = engine.allocate(END_WORDS);
      yield* perform(at, BroadcastOperation.SUBSCRIBE, end);
      seen = "";
      return undefined;
    },
    threads: {
      sends: function* () {
        for (let nth = 0; nth < messages; nth++) {
          yield* perform(at, BroadcastOperation.SEND, engine.allocate(NODE_WORDS + 1));
        }
        return undefined;
      },
      receives: function* () {
        const received = yield* perform(at, BroadcastOperation.RECEIVE, end, 1);
        seen = Number(received) > 0 ? "in time" : `missed ${engine.low}`;
        return undefined;
      },
    },
  });
  return { model, told: () => seen };
}

test("a subscriber that missed messages is also tried before each that pushed one out", () => {
  const { model, told } = sendersAndOneThatReceives(3);
  const found = counted(model, told);
  const all = enumerate(model, DEPENDENCE, told);
  assert.deepEqual([...found.told].toSorted(), ["in time", "missed 1", "missed 2"]);
  assert.deepEqual([...found.traces].toSorted(), [...all.traces.keys()].toSorted());
  assert.equal(found.executions, all.traces.size);
});
