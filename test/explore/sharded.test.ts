/** The shards of a program together explore what one explorer does, and none of it is missing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dependence } from "../../src/explore/dependence.ts";
import { OptimalDpor } from "../../src/explore/dpor/dpor.ts";
import { ShardedDpor } from "../../src/explore/dpor/sharded.ts";
import { Execution } from "../../src/explore/execution.ts";
import { Order } from "../../src/explore/order.ts";
import type { Searching } from "../../src/explore/phases.ts";
import { modelOfSmall, type SmallProgram } from "./small-programs.ts";

const dependence = new Dependence({ perThreadOutput: false });

function tracesOf(program: SmallProgram, searching: Searching): Set<string> {
  const execution = new Execution(modelOfSmall(program).model);
  const order = new Order(dependence);
  const traces = new Set<string>();
  for (let another = true; another;) {
    const { deals } = searching;
    const result = execution.go(searching);
    order.read(execution.steps, execution.threads);
    if (result !== undefined && deals !== true) traces.add(order.hash());
    another =
      result === undefined ? searching.abandon!(execution) : searching.next(execution, order);
  }
  return traces;
}

const PROGRAMS: Readonly<Record<string, SmallProgram>> = {
  "memory and locks": {
    capacity: 1,
    threads: [
      [
        { do: "add", on: 0 },
        { do: "lock", on: 0, within: [{ do: "write", on: 0 }] },
        { do: "load", on: 1 },
      ],
      [
        { do: "lock", on: 0, within: [{ do: "read", on: 0 }] },
        { do: "add", on: 0 },
      ],
      [
        { do: "set", on: 1 },
        { do: "add", on: 0 },
      ],
    ],
  },
  "messages that may not come": {
    capacity: 1,
    threads: [
      [
        { do: "send", on: 0 },
        { do: "send", on: 1 },
      ],
      [
        { do: "recvFor", on: 0 },
        { do: "tryRecv", on: 1 },
      ],
      [{ do: "send", on: 0 }],
    ],
  },
  "nothing to deal out": {
    capacity: 1,
    threads: [[{ do: "read", on: 0 }], [{ do: "read", on: 1 }]],
  },
};

for (const [name, program] of Object.entries(PROGRAMS)) {
  for (const count of [1, 2, 3, 7]) {
    test(`${name}: ${count} shards have all traces between them`, () => {
      const whole = tracesOf(program, new OptimalDpor(dependence));
      const united = new Set<string>();
      for (let index = 1; index <= count; index++) {
        for (const trace of tracesOf(program, new ShardedDpor(dependence, { index, of: count }))) {
          united.add(trace);
        }
      }
      assert.deepEqual([...united].sort(), [...whole].sort());
    });
  }
}
