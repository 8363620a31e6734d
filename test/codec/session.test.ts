import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { idsOf, Session } from "../../src/codec/session.ts";
import { crosses, PLACE, Thread } from "./crossing.ts";
import { Decoder } from "../../src/codec/decoder.ts";
import { DATA_ONLY } from "../../src/codec/externals.ts";
import { graph } from "./graphs.ts";
import { difference } from "./same-graph.ts";
import { Box, SmallEngine } from "./small-engine.ts";

const threads = (count: number, engine?: SmallEngine): Thread[] =>
  Array.from({ length: count }, (_, index) => new Thread(new Session(idsOf(index)), engine));

/** A value that several threads hold in turn. */
interface Item {
  tag: number;
  links: Item[];
  byName: Map<string, Item>;
  all: Set<Item>;
  extra?: unknown;
}
let tags = 0;
const item = (): Item => ({ tag: tags++, links: [], byName: new Map(), all: new Set() });

/** Everything that a program can reach, by its tag and by how it is held. */
function reachable(root: Item): Map<string, object> {
  const found = new Map<string, object>();
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(`${next.tag}`)) continue;
    found.set(`${next.tag}`, next).set(`${next.tag}.links`, next.links);
    found.set(`${next.tag}.byName`, next.byName).set(`${next.tag}.all`, next.all);
    open.push(...next.links, ...next.byName.values(), ...next.all);
  }
  return found;
}

type Change = { at: number; to: number; how: number };
function change(root: Item, { at, to, how }: Change): void {
  const items = [...reachable(root).values()].filter((one): one is Item => "tag" in one);
  const here = items[at % items.length];
  const there = how % 2 === 0 ? items[to % items.length] : item();
  switch (how % 12) {
    case 0:
    case 1:
      here.links.push(there);
      return;
    case 2:
    case 3:
      here.links.unshift(there);
      return;
    case 4:
      here.links.reverse();
      return;
    case 5:
      here.links.shift();
      return;
    case 6:
    case 7:
      here.byName.set(`n${to % 3}`, there);
      return;
    case 8:
      here.byName.delete(`n${to % 3}`);
      return;
    case 9:
      here.all.add(there);
      return;
    case 10:
      here.all.clear();
      return;
    default:
      here.extra = to;
  }
}

const changes = fc.array(fc.record({ at: fc.nat(), to: fc.nat(), how: fc.nat() }), {
  maxLength: 6,
});

test("every thread sees what a new one would, and keeps every object that is still there", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), changes), { maxLength: 12 }), (turns) => {
      const three = threads(3);
      let words = three[0].puts(item());
      const before = [0, 1, 2].map(() => new Map<string, object>());
      for (const [who, list] of turns) {
        const thread = three[who];
        const root = thread.takes(words) as Item;
        const fresh = new Decoder(DATA_ONLY).decode(words, PLACE, words.length - PLACE - 1);
        assert.equal(difference(fresh, root), undefined);
        const now = reachable(root);
        for (const [name, object] of now) {
          const known = before[who].get(name);
          if (known !== undefined) assert.equal(object, known, name);
        }
        for (const one of list) change(root, one);
        words = thread.puts(root);
        before[who] = reachable(root);
        assert.equal(thread.session.size, before[who].size);
      }
    }),
    { numRuns: 150 },
  );
});

test("a graph that takes another's place is refreshed to just that", () => {
  fc.assert(
    fc.property(graph, graph, (first, second) => {
      const [a, b] = threads(2);
      b.takes(a.puts({ root: first }));
      const words = a.puts({ root: second });
      assert.equal(difference({ root: second }, b.takes(words)), undefined);
    }),
    { numRuns: 200 },
  );
});

test("a graph that comes back unchanged refreshes to itself, object by object", () => {
  fc.assert(
    fc.property(graph, (value) => {
      const [a, b] = threads(2);
      const root = { value };
      const theirs = b.takes(a.puts(root));
      const again = a.takes(b.puts(theirs)) as typeof root;
      assert.equal(again, root);
      assert.equal(again.value, value);
      assert.equal(difference(crosses(root), again), undefined);
    }),
    { numRuns: 200 },
  );
});

/** The other thread changes the value; this one refreshes it. */
function refreshed<T>(value: T, by: (theirs: T) => void, engine?: SmallEngine): T {
  const [a, b] = threads(2, engine);
  const theirs = b.takes(a.puts(value)) as T;
  by(theirs);
  return a.takes(b.puts(theirs)) as T;
}

test("an element that moved keeps its object", () => {
  const value = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const [one, two, three] = value;
  const after = refreshed(value, (list) => {
    list.reverse();
    list.splice(1, 0, { n: 4 });
    list[0].n = 30;
  });
  assert.equal(after, value);
  assert.equal(after[0], three);
  assert.equal(after[2], two);
  assert.equal(after[3], one);
  assert.deepEqual(after, [{ n: 30 }, { n: 4 }, { n: 2 }, { n: 1 }]);
});

test("fields come in the order that the last holder gave them, and what it deleted is gone", () => {
  const value: Record<string, number> = { a: 1, b: 2, c: 3 };
  const after = refreshed(value, (one) => {
    delete one["b"];
    one["d"] = 4;
    one["b"] = 5;
  });
  assert.equal(after, value);
  assert.deepEqual(Object.entries(after), [
    ["a", 1],
    ["c", 3],
    ["d", 4],
    ["b", 5],
  ]);
});

test("arrays shrink and grow and get holes in place", () => {
  const value = [[1, 2, 3, 4], [1], [1, 2, 3]] as unknown[][];
  const [shrunk, grown, holed] = value;
  refreshed(value, ([a, b, c]) => {
    a.length = 1;
    b.push(2, 3);
    Reflect.deleteProperty(c, 1);
    c.length = 100;
  });
  assert.deepEqual(shrunk, [1]);
  assert.deepEqual(grown, [1, 2, 3]);
  assert.deepEqual(Object.keys(holed), ["0", "2"]);
  assert.equal(holed.length, 100);
});

test("dates, errors, bytes and regular expressions are refreshed in place", () => {
  const value = {
    date: new Date(0),
    error: new Error("old", { cause: 1 }),
    bytes: new Uint8Array([1, 2, 3]),
    pattern: /x/g,
    boxed: Object(1) as object,
  };
  const { date, error, bytes, pattern, boxed } = value;
  const after = refreshed(value, (theirs) => {
    theirs.date.setTime(5);
    theirs.error.message = "new";
    delete theirs.error.cause;
    theirs.bytes[1] = 9;
    theirs.pattern.lastIndex = 4;
  });
  assert.deepEqual({ ...after }, { date, error, bytes, pattern, boxed });
  assert.ok(after.date === date && after.error === error && after.bytes === bytes);
  assert.ok(after.pattern === pattern && after.boxed === boxed);
  assert.equal(date.getTime(), 5);
  assert.equal(error.message, "new");
  assert.equal("cause" in error, false);
  assert.deepEqual([...bytes], [1, 9, 3]);
  assert.equal(pattern.lastIndex, 4);
});

test("a buffer of another length is another buffer, and its view another view", () => {
  const value = { bytes: new Uint8Array([1]) };
  const after = refreshed(value, (theirs) => (theirs.bytes = new Uint8Array([1, 2])));
  assert.deepEqual([...after.bytes], [1, 2]);
});

test("instances keep their identity, hidden state included", () => {
  const engine = new SmallEngine();
  class Account {
    owner = "ann";
    #balance = 1;
    static save = (account: Account) => [account.#balance];
    static restore = (account: Account, balance: number) => void (account.#balance = balance);
    add(amount: number) {
      this.#balance += amount;
    }
    get balance() {
      return this.#balance;
    }
  }
  engine.factory(0, [], () => Account);
  engine.class(0, 1);
  engine.hide(Account, {
    names: ["#balance"],
    save: (one) => Account.save(one as Account),
    shell: () => new Account(),
    restore: (one, [balance]) => Account.restore(one as Account, balance as number),
  });
  const account = new Account();
  const value = { account };
  refreshed(
    value,
    (theirs) => {
      assert.notEqual(theirs.account, account);
      theirs.account.add(41);
      theirs.account.owner = "bob";
    },
    engine,
  );
  assert.equal(value.account, account);
  assert.equal(account.balance, 42);
  assert.equal(account.owner, "bob");
});

test("functions and the variables they share keep their identity", () => {
  const engine = new SmallEngine().factory(
    0,
    ["count"],
    (count: Box) => () => ++(count as { v: number }).v,
  );
  const count = Box.of(1);
  const value = { next: engine.fn(0, count) };
  const { next } = value;
  refreshed(value, (theirs) => (theirs.next as () => number)(), engine);
  assert.equal(value.next, next);
  assert.equal(count.v, 2);
});

test("an own getter without a setter becomes the data that arrives", () => {
  const value = {
    list: [1, 2],
    get size(): number {
      return this.list.length;
    },
  };
  const after = refreshed(value, (theirs) => theirs.list.push(3));
  assert.equal(after, value);
  assert.equal(value.size, 2);
  assert.deepEqual(value.list, [1, 2, 3]);
});

test("what is frozen stays what it is, and what it holds is refreshed", () => {
  const value = Object.freeze({ name: "x", inner: { n: 1 }, list: Object.freeze([{ n: 1 }]) });
  const { inner } = value;
  const after = refreshed(value, (theirs) => {
    assert.ok(Object.isFrozen(theirs));
    theirs.inner.n = 2;
    theirs.list[0].n = 3;
  });
  assert.equal(after, value);
  assert.equal(inner.n, 2);
  assert.deepEqual(value.list, [{ n: 3 }]);
});

test("an object that one thread froze is another object to those who knew it unfrozen", () => {
  const value = { part: { n: 1 } };
  const { part } = value;
  refreshed(value, (theirs) => {
    theirs.part.n = 2;
    Object.freeze(theirs.part);
  });
  assert.deepEqual(value.part, { n: 2 });
  assert.ok(Object.isFrozen(value.part));
  assert.notEqual(value.part, part);
  assert.deepEqual(part, { n: 1 });
});

test("an object that becomes one of another kind is another object", () => {
  const value = { part: { n: 1 } };
  const { part } = value;
  refreshed(value, (theirs) => void Object.setPrototypeOf(theirs.part, null));
  assert.equal(Object.getPrototypeOf(value.part), null);
  assert.equal(Object.getPrototypeOf(part), Object.prototype);
});

test("a new root takes the place of the old one", () => {
  const [a, b] = threads(2);
  const first = { n: 1 };
  b.takes(a.puts(first));
  const second = b.takes(a.puts({ n: 2 }));
  assert.deepEqual(second, { n: 2 });
  assert.equal(a.session.size, 1);
  assert.equal(b.session.size, 1);
});

test("what left the graph is forgotten, and is not kept alive", () => {
  const [a, b] = threads(2);
  const list: object[] = [];
  for (let round = 0; round < 50; round++) {
    list.push({ round }, { round });
    if (list.length > 4) list.splice(0, 2);
    b.takes(a.puts(list));
    assert.equal(a.session.size, list.length + 1);
    assert.equal(b.session.size, list.length + 1);
  }
  a.puts(1);
  assert.equal(a.session.size, 0);
});

test("ids of different threads never meet", () => {
  const [a, b, c] = threads(3);
  const fromA = a.takes(a.puts([{ by: "a" }])) as object[];
  const inB = b.takes(a.puts(fromA)) as object[];
  inB.push({ by: "b" });
  const inC = c.takes(b.puts(inB)) as object[];
  inC.push({ by: "c" });
  assert.deepEqual(a.takes(c.puts(inC)), [{ by: "a" }, { by: "b" }, { by: "c" }]);
});

test("ids count on far beyond what 32 bits hold", () => {
  const source = idsOf(16_383);
  source.next += 2 ** 38;
  const far = new Thread(new Session(source));
  const near = threads(1)[0];
  const value = [{ n: 1 }];
  const theirs = near.takes(far.puts(value)) as typeof value;
  theirs[0].n = 2;
  assert.equal(far.takes(near.puts(theirs)), value);
  assert.equal(value[0].n, 2);
});

test("words of a session can be read without one", () => {
  const [a] = threads(1);
  const words = a.puts({ list: [{ n: 1 }] });
  const plain = new Decoder(DATA_ONLY).decode(words, PLACE, words.length - PLACE - 1);
  assert.deepEqual(plain, { list: [{ n: 1 }] });
});

test("a session that forgets makes everything anew", () => {
  const [a, b] = threads(2);
  const words = a.puts({ n: 1 });
  const first = b.takes(words);
  b.session.forget();
  assert.notEqual(b.takes(words), first);
});
