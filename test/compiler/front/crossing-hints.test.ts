/** What an editor is told of what crosses to other threads: it moves, is copied or is shared. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { crossingHints } from "../../../src/compiler/crossing-hints.ts";
import { load } from "./check.ts";

const HEAD = `// @threadloom
import { channel, spawn, AtomicI32, Mutex, Process, pipe, type Sender } from "threadloom:std";
`;

/** Each as `line: moves …; copies …; shares …`, without what is empty. */
function told(text: string): string[] {
  const { loaded } = load(HEAD + text);
  assert.ok(loaded);
  return crossingHints(loaded).map(({ line, moved, copied, shared, to }) => {
    const parts = [
      ["moves", moved],
      ["copies", copied],
      ["shares", shared],
    ] as const;
    const said = parts.flatMap(([way, names]) =>
      names.length > 0 ? [`${way} ${names.join(", ")}`] : [],
    );
    return `${line - 2}${to === "thread" ? "" : ` ${to}`}: ${said.join("; ")}`;
  });
}

test("a body tells what it takes along, each by its own way", () => {
  assert.deepEqual(
    told(`const [tx, rx] = channel<number>();
const total = new Mutex(0), hits = new AtomicI32(0);
const limits = { most: 3 };
/** @shared */ let done = false;
spawn(() => { using g = total.lock(); g.value += limits.most; hits.fetchAdd(1); tx.send(1); done = true; });
for (const n of rx) console.log(n);
`),
    ["5: moves tx; copies limits; shares total, hits, done"],
  );
});

test("what a function that the body calls uses is taken along, and functions themselves are no data", () => {
  assert.deepEqual(
    told(`const prices = new Map([["apple", 3]]);
function priceOf(name: string) { return prices.get(name); }
spawn(() => priceOf("apple"));
`),
    ["3: copies prices"],
  );
});

test("a list of channel ends moves as they do", () => {
  assert.deepEqual(
    told(`const [tx] = channel<number>();
const all: Sender<number>[] = [tx.clone()];
spawn(() => all.forEach((one) => one.send(1)));
`),
    ["3: moves all"],
  );
});

test("a value that is sent or locked tells it where it has a name", () => {
  assert.deepEqual(
    told(`const [tx] = channel<unknown>();
const order = { id: 1 };
const [inner] = channel<number>();
tx.send(order);
tx.send(inner);
tx.send({ id: 2 });
tx.send(order.id);
const plain = 3;
tx.send(plain);
new Mutex(order);
`),
    ["4: copies order", "5: moves inner", "10: copies order"],
  );
});

test("into a process nothing is shared: shared variables are copied, ends of pipes move, locks are refused elsewhere", () => {
  assert.deepEqual(
    told(`/** @shared */ let counter = 1;
const [writer] = pipe();
const lock = new Mutex(0);
Process.spawn(() => { counter++; writer.close(); lock.lock(); });
`),
    ["4 process: moves writer; copies counter"],
  );
});

test("where nothing crosses, nothing is told", () => {
  assert.deepEqual(told(`spawn(() => console.log("alone"));\n`), []);
});
