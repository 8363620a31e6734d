import type { Code } from "../../src/codec/externals.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { crosses } from "./crossing.ts";
import { difference } from "./same-graph.ts";
import { Box, SmallEngine } from "./small-engine.ts";

const DEEP = 100_000;

test("a list of a hundred thousand nodes crosses", () => {
  interface Node {
    index: number;
    next: Node | null;
  }
  let list: Node | null = null;
  for (let index = 0; index < DEEP; index++) list = { index, next: list };
  let length = 0;
  for (let node = crosses(list) as typeof list; node !== null; node = node.next) {
    assert.equal(node.index, DEEP - 1 - length++);
  }
  assert.equal(length, DEEP);
});

test("so do nests of arrays, maps, sets, causes and boxed errors", () => {
  let nest: unknown = "core";
  for (let index = 0; index < 20_000; index++) {
    switch (index % 4) {
      case 0:
        nest = [nest];
        break;
      case 1:
        nest = new Map([[nest, index]]);
        break;
      case 2:
        nest = new Set([nest]);
        break;
      default:
        nest = Object.assign(Object.create(null) as object, { nest });
    }
  }
  assert.equal(difference(nest, crosses(nest)), undefined);
});

test("a chain of causes", () => {
  let error = new Error("core");
  error.stack = "";
  for (let index = 0; index < 10_000; index++) {
    error = new Error("outer", { cause: error });
    error.stack = "";
  }
  assert.equal(difference(error, crosses(error)), undefined);
});

test("a composition of a hundred thousand functions, each captured by the next", () => {
  const engine = new SmallEngine()
    .factory(0, [], () => (x: number) => x)
    .factory(1, ["inner"], (inner: (x: number) => number) =>
      Object.assign((x: number) => x + 1, { inner }),
    );
  let composed = engine.fn(0);
  for (let index = 0; index < DEEP; index++) composed = engine.fn(1, composed);
  let arrived = crosses(composed, engine) as Code & { inner?: Code };
  let length = 0;
  for (; arrived.inner !== undefined; arrived = arrived.inner) length++;
  assert.equal(length, DEEP);
});

test("and one where boxes lie between", () => {
  const engine = new SmallEngine()
    .factory(0, [], () => () => 0)
    .factory(1, ["box"], (box: Box) => Object.assign(() => 1, { box }));
  let chain = engine.fn(0);
  for (let index = 0; index < DEEP; index++) chain = engine.fn(1, Box.of(chain));
  let arrived = crosses(chain, engine) as Code & { box?: { v: Code } };
  let length = 0;
  for (; arrived.box !== undefined; arrived = arrived.box.v) length++;
  assert.equal(length, DEEP);
});
