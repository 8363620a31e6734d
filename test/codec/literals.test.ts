import type { Code } from "../../src/codec/externals.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Decoder } from "../../src/codec/decoder.ts";
import { Encoder } from "../../src/codec/encoder.ts";
import { crosses } from "./crossing.ts";
import { Box, Handle, SmallEngine } from "./small-engine.ts";

const adder = () => new SmallEngine().factory(0, ["by"], (by: number) => (x: number) => x + by);

test("a function arrives with what it captures", () => {
  const engine = adder();
  const arrived = crosses(engine.fn(0, 2), engine) as (x: number) => number;
  assert.equal(arrived(40), 42);
});

test("a function that is mentioned twice arrives once", () => {
  const engine = adder();
  const add = engine.fn(0, 1);
  const arrived = crosses({ a: add, list: [add, add] }, engine) as {
    a: Code;
    list: Code[];
  };
  assert.equal(arrived.a, arrived.list[0]);
  assert.equal(arrived.a, arrived.list[1]);
  assert.equal(engine.made, 1);
});

test("two functions that share a variable still share it", () => {
  const engine = new SmallEngine()
    .factory(0, ["count"], (count: Box) => () => ++(count as { v: number }).v)
    .factory(1, ["count"], (count: Box) => () => count.v);
  const count = Box.of(5);
  const both = [engine.fn(0, count), engine.fn(1, count)];
  const [increment, read] = crosses(both, engine) as (() => number)[];
  increment();
  assert.equal(read(), 6);
  assert.equal(count.v, 5);
});

test("a function that calls itself through its variable", () => {
  const engine = new SmallEngine().factory(
    0,
    ["factorial"],
    (self: { v: (n: number) => number }) => (n: number) => (n < 2 ? 1 : n * self.v(n - 1)),
  );
  const box = Box.of(undefined);
  box.v = engine.fn(0, box);
  const arrived = crosses(box.v, engine) as (n: number) => number;
  assert.equal(arrived(5), 120);
});

test("functions that call each other", () => {
  type Test = { v: (n: number) => boolean };
  const engine = new SmallEngine()
    .factory(0, ["odd"], (odd: Test) => (n: number) => n === 0 || odd.v(n - 1))
    .factory(1, ["even"], (even: Test) => (n: number) => n !== 0 && even.v(n - 1));
  const even = Box.of(undefined);
  const odd = Box.of(undefined);
  even.v = engine.fn(0, odd);
  odd.v = engine.fn(1, even);
  const arrived = crosses({ even: even.v, odd: odd.v }, engine) as Record<string, Test["v"]>;
  assert.equal(arrived["even"](10), true);
  assert.equal(arrived["odd"](10), false);
});

test("an object whose method captures the object", () => {
  const engine = new SmallEngine().factory(
    0,
    ["counter"],
    (counter: { n: number }) => () => ++counter.n,
  );
  const counter: { n: number; up?: Code } = { n: 1 };
  counter.up = engine.fn(0, counter);
  for (const value of [counter, { from: counter.up, counter }]) {
    const arrived = crosses(value, engine) as { n: number; up: () => number; counter?: never };
    const there = arrived.counter ?? arrived;
    assert.equal(there.up(), 2);
    assert.equal(there.n, 2);
  }
});

test("a variable that was never initialised arrives so", () => {
  const engine = new SmallEngine().factory(0, ["late"], (late: Box) => () => late);
  const arrived = crosses(engine.fn(0, new Box()), engine) as () => Box;
  assert.equal(arrived().empty, true);
  const other = crosses(engine.fn(0, Box.of(undefined)), engine) as () => Box;
  assert.equal(other().empty, false);
  assert.equal(other().v, undefined);
});

test("a function captures another by value, and both arrive in any order of mention", () => {
  const engine = adder().factory(1, ["f"], (f: (x: number) => number) => (x: number) => f(f(x)));
  const add = engine.fn(0, 3);
  const twice = engine.fn(1, add);
  for (const value of [
    [add, twice],
    [twice, add],
    [{ twice }, { add }],
  ]) {
    const [a, b] = (crosses(value, engine) as object[]).map((one) =>
      typeof one === "function" ? one : (Object.values(one)[0] as Code),
    ) as ((x: number) => number)[];
    assert.deepEqual([a(1), b(1)].sort(), [4, 7]);
  }
});

test("functions that capture one and the same arrive with one and the same", () => {
  const engine = adder()
    .factory(1, ["f"], (f: unknown) => () => f)
    .factory(2, ["a", "b"], (a: unknown, b: unknown) => () => [a, b]);
  const add = engine.fn(0, 3);
  const both = engine.fn(2, engine.fn(1, add), engine.fn(1, add));
  const [a, b] = (crosses(both, engine) as () => (() => unknown)[])();
  assert.equal(a(), b());
  assert.equal(engine.made, 4);
});

test("a literal that captures itself by value is a mistake of the engine's, and told", () => {
  const environment: unknown[] = [];
  const made = () => environment;
  environment.push(made);
  const engine = new SmallEngine();
  engine.outgoing = () => ({ kind: "function", module: 7, literal: 0, environment });
  assert.throws(() => crosses(made, engine), /captures itself/);
});

test("what a function captures may be anything: instances, views of one buffer, boxed values", () => {
  const engine = new SmallEngine()
    .factory(
      0,
      [],
      () =>
        class Point {
          x = 0;
        },
    )
    .factory(
      1,
      ["a", "b", "c", "d"],
      (...captured: unknown[]) =>
        () =>
          captured,
    );
  const Point = engine.class(0, 1) as new () => { x: number };
  const point = Object.assign(new Point(), { x: 3 });
  const bytes = new Uint8Array([1, 2, 3]);
  const made = engine.fn(1, point, bytes, new DataView(bytes.buffer), Object("boxed"));
  const [a, b, c, d] = (crosses(made, engine) as () => unknown[])();
  assert.ok(a instanceof Point);
  assert.deepEqual({ ...a }, { x: 3 });
  assert.deepEqual(b, bytes);
  assert.equal((c as DataView).buffer, (b as Uint8Array).buffer);
  assert.deepEqual(d, Object("boxed"));
});

test("an instance keeps its class, and no constructor runs", () => {
  let constructed = 0;
  const engine = new SmallEngine().factory(
    0,
    [],
    () =>
      class Account {
        balance = 0;
        constructor() {
          constructed++;
        }
        double() {
          return this.balance * 2;
        }
      },
  );
  const Account = engine.class(0, 1) as new () => { balance: number; double(): number };
  engine.hide(Account, {
    names: [],
    save: () => [],
    shell: () => Object.create(Account.prototype as object) as object,
    restore: () => undefined,
  });
  const account = new Account();
  account.balance = 21;
  const [one, two] = crosses([account, account], engine) as (typeof account)[];
  assert.equal(one, two);
  assert.ok(one instanceof Account);
  assert.equal(one.double(), 42);
  assert.equal(constructed, 1);
});

test("hidden state crosses, with cycles through it", () => {
  const engine = new SmallEngine();
  let bare = false;
  class Node {
    #next: unknown;
    constructor(next?: unknown) {
      if (!bare) this.#next = next;
    }
    static save = (node: Node) => [node.#next];
    static restore = (node: Node, next: unknown) => void (node.#next = next);
    get next() {
      return this.#next;
    }
    set next(to: unknown) {
      this.#next = to;
    }
  }
  engine.factory(0, [], () => Node);
  engine.class(0, 1);
  engine.hide(Node, {
    names: ["#next"],
    save: (node) => Node.save(node as Node),
    shell: () => {
      bare = true;
      const shell = new Node();
      bare = false;
      return shell;
    },
    restore: (node, [next]) => Node.restore(node as Node, next),
  });
  const first = new Node();
  first.next = { back: first, other: new Node(first) };
  const arrived = crosses(first, engine) as Node;
  const next = arrived.next as { back: Node; other: Node };
  assert.equal(next.back, arrived);
  assert.equal(next.other.next, arrived);
});

test("a class that captures a variable which holds its own instance", () => {
  const engine = new SmallEngine().factory(
    0,
    ["root"],
    (root: Box) =>
      class Tree {
        name = "";
        static root = () => root.v;
      },
  );
  const box = Box.of(undefined);
  const Tree = engine.class(0, 1, box) as { new (): { name: string }; root(): unknown };
  box.v = Object.assign(new Tree(), { name: "top" });
  const other = new SmallEngine().factory(
    0,
    ["root"],
    (root: Box) =>
      class Tree {
        static root = () => root.v;
      },
  );
  const encoded = new Encoder(engine).encode(box.v, "value");
  const words = encoded.words.slice(0, encoded.length);
  const arrived = decodeWith(other, words) as { name: string };
  const There = arrived.constructor as unknown as typeof Tree;
  assert.notEqual(There, Tree);
  assert.equal(There.root(), arrived);
  assert.equal(arrived.name, "top");
});

test("instances of classes that extend the language's own are what they extend", () => {
  const engine = new SmallEngine()
    .factory(0, [], () => class Stack extends Array<unknown> {})
    .factory(1, [], () => class Registry extends Map<unknown, unknown> {})
    .factory(2, [], () => class Tags extends Set<unknown> {})
    .factory(3, [], () => class Day extends Date {})
    .factory(4, [], () => class NotFound extends RangeError {});
  const [Stack, Registry, Tags, Day, NotFound] = [0, 1, 2, 3, 4].map((n) => engine.class(n, n)) as [
    typeof Array,
    typeof Map,
    typeof Set,
    typeof Date,
    typeof RangeError,
  ];
  const value = {
    stack: Object.assign(Stack.from([1, { a: 2 }]), { limit: 3 }),
    registry: Object.assign(new Registry([["k", new Tags([1])]]), { owner: "me" }),
    day: new Day(86_400_000),
    error: Object.assign(new NotFound("gone"), { code: 404 }),
  };
  const arrived = crosses(value, engine) as typeof value;
  assert.ok(arrived.stack instanceof Stack);
  assert.deepEqual([...arrived.stack], [1, { a: 2 }]);
  assert.equal(arrived.stack.limit, 3);
  assert.ok(arrived.registry instanceof Registry);
  assert.equal(arrived.registry.owner, "me");
  assert.ok(arrived.registry.get("k") instanceof Tags);
  assert.equal(arrived.day.getTime(), 86_400_000);
  assert.ok(arrived.error instanceof NotFound);
  assert.equal(arrived.error.message, "gone");
  assert.equal(arrived.error.stack, value.error.stack);
  assert.equal(arrived.error.code, 404);
});

test("a field of an instance is put back past a setter of the same name", () => {
  const engine = new SmallEngine().factory(
    0,
    [],
    () =>
      class Odd {
        set x(_value: number) {
          throw new Error("the setter ran");
        }
      },
  );
  const Odd = engine.class(0, 1) as new () => { x: number };
  const value = Object.defineProperty(new Odd(), "x", { value: 1, enumerable: true });
  assert.equal((crosses(value, engine) as { x: number }).x, 1);
});

test("handles arrive as themselves, and are listed once, in order", () => {
  const engine = new SmallEngine();
  const [first, second] = [new Handle(1), new Handle(2)];
  const encoded = new Encoder(engine).encode([second, { first, again: second }], "value");
  assert.deepEqual(encoded.handles, [second, first]);
  engine.handles.set(1, first).set(2, second);
  const arrived = crosses([second, { first, again: second }], engine) as [
    Handle,
    { first: Handle },
  ];
  assert.equal(arrived[0], second);
  assert.equal(arrived[1].first, first);
});

test("a value without handles lists none, also after one that had some", () => {
  const encoder = new Encoder(new SmallEngine());
  encoder.encode([new Handle(1)], "value");
  assert.deepEqual(encoder.encode([1], "value").handles, []);
});

test("what making a function throws comes through", () => {
  const engine = adder();
  const other = new SmallEngine();
  const encoded = new Encoder(engine).encode([engine.fn(0, 1)], "value");
  assert.throws(() => decodeWith(other, encoded.words.slice(0, encoded.length)), /no literal 0/);
});

test("an array that a getter changes while its contents are still to come arrives as it is then", () => {
  const engine = new SmallEngine().factory(0, ["list"], (list: number[]) => () => list);
  const list = [1];
  const value = {
    captured: engine.fn(0, list),
    get grown() {
      return list.push(2);
    },
  };
  const arrived = crosses(value, engine) as { captured: () => number[] };
  assert.deepEqual(arrived.captured(), [1, 2]);
});

test("a getter may itself encode and decode with the coder that calls it", () => {
  const encoder = new Encoder(new SmallEngine());
  const value = {
    before: "b",
    get inner() {
      const { words, length } = encoder.encode({ nested: [1, 2] }, "inner");
      return [...words.subarray(0, length)];
    },
    after: "a",
  };
  const plain = { before: "b", inner: value.inner, after: "a" };
  const wordsOfPlain = copy(encoder.encode(plain, "value"));
  assert.deepEqual(copy(encoder.encode(value, "value")), wordsOfPlain);
});

const copy = ({ words, length }: { words: Int32Array; length: number }) => words.slice(0, length);

function decodeWith(engine: SmallEngine, words: Int32Array): unknown {
  return new Decoder(engine).decode(words, 0, words.length);
}
